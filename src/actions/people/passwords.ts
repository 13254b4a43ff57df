import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../../model/index.ts'

/** Keeps passwords as argon2id, and compares with what was kept. */
export interface Passwords {
  /** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, with a salt of its own each time. */
  hash(password: string): Promise<string>
  /** Takes as long where there is nothing to compare with (null): it answers false then. */
  verify(password: string, kept: string | null): Promise<boolean>
  /** It was kept with other parameters than are used now. */
  isOutdated(kept: string): boolean
}

interface Cost {
  memoryKiB: number
  passes: number
  lanes: number
}

/**
 * What OWASP's cheat sheet asks at least for argon2id; about 45 ms here.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const costDefault: Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 }
/** They run on Node's four threads, which files and names in DNS need, too. */
const atOnceDefault = 2
/** Each takes 20 MiB while it runs, and nothing while it waits. */
const waitingMaxDefault = 100

const saltBytes = 16
const hashBytes = 32
const keptForm = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const derive = promisify(argon2)

/** @throws Problem `too_many` from `hash` and `verify` where too many wait already */
export function makePasswords({
  cost = costDefault,
  atOnce = atOnceDefault,
  waitingMax = waitingMaxDefault,
} = {}): Passwords {
  const nothing = keptText(cost, randomBytes(saltBytes), randomBytes(hashBytes))
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < atOnce) running++
    else {
      if (waiting.length >= waitingMax)
        throw new Problem('too_many', 'Too many people sign in at this moment. Try again.', {
          retryAfterS: 2,
        })
      // Whoever ends hands its place over.
      await new Promise<void>((resolve) => void waiting.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  const run = (password: string, salt: Uint8Array, { memoryKiB, passes, lanes }: Cost, length: number) =>
    inTurn(() =>
      derive('argon2id', {
        message: normalisePassword(password),
        nonce: salt,
        memory: memoryKiB,
        passes,
        parallelism: lanes,
        tagLength: length,
      }),
    )

  return {
    async hash(password) {
      const salt = randomBytes(saltBytes)
      return keptText(cost, salt, await run(password, salt, cost, hashBytes))
    },
    async verify(password, kept) {
      const { cost: keptCost, salt, hash } = readKept(kept ?? nothing)
      const derived = await run(password, salt, keptCost, hash.length)
      return timingSafeEqual(derived, hash) && kept !== null
    },
    isOutdated(kept) {
      const { cost: keptCost } = readKept(kept)
      return costText(keptCost) !== costText(cost)
    },
  }
}

/** The same password from every keyboard: some compose letters, some write them in parts. */
export function normalisePassword(text: string): string {
  return text.normalize('NFKC')
}

function costText({ memoryKiB, passes, lanes }: Cost): string {
  return `m=${memoryKiB},t=${passes},p=${lanes}`
}

function keptText(cost: Cost, salt: Uint8Array, hash: Uint8Array): string {
  return `$argon2id$v=19$${costText(cost)}$${base64(salt)}$${base64(hash)}`
}

function readKept(kept: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, lanes, salt = '', hash = ''] = keptForm.exec(kept) ?? []
  if (hash === '') throw new Error('A password is kept in a form that this version does not know.')
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}
