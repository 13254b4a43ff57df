import { randomFillSync } from 'node:crypto'

/** Crockford's base 32 in lower case: sorts like the numbers it writes, has no I, L, O, U to misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const valueOf = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, alphabet.indexOf(String.fromCharCode(code))),
)
const timeDigits = 10
const randomDigits = 16

export type IdPrefix =
  | 'acc'
  | 'tok'
  | 'evt'
  | 'whk'
  | 'dlv'
  | 'att'
  | 'ins'
  | 'req'
  | 'rec'
  | 'src'
  | 'imp'
  | 'rpl'
  | 'bkt'
  | 'aud'
  | 'ers'
  | 'shr'
  | 'mem'

const pool = new Uint8Array(8192)
let poolUsed = pool.length

function drawDigits(digits: Uint8Array): void {
  if (poolUsed + randomDigits > pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  for (let index = 0; index < randomDigits; index++) digits[index] = pool[poolUsed++]! & 31
}

/** Counts the random part up by one, so that ids of one millisecond sort in the order in which they were made. */
function countUp(digits: Uint8Array): void {
  for (let index = randomDigits - 1; index >= 0; index--) {
    if (digits[index]! < 31) {
      digits[index]!++
      return
    }
    digits[index] = 0
  }
}

function timePart(ms: number): string {
  let rest = ms
  let text = ''
  for (let index = 0; index < timeDigits; index++) {
    text = alphabet[rest % 32]! + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Makes an id: the noun, 48 bits of time in ms, 80 random bits; 26 digits after the prefix, like a ULID. */
export type NewId = (prefix: IdPrefix, nowMs: number) => string

/** Ids that sort strictly in the order in which they were made, among themselves. */
export function makeIds(): NewId {
  const digits = new Uint8Array(randomDigits)
  let lastMs = -1
  let lastTimePart = ''
  return (prefix, nowMs) => {
    if (nowMs > lastMs) {
      lastMs = nowMs
      lastTimePart = timePart(nowMs)
      drawDigits(digits)
    } else {
      countUp(digits)
    }
    let text = `${prefix}_${lastTimePart}`
    for (let index = 0; index < randomDigits; index++) text += alphabet[digits[index]!]
    return text
  }
}

/** The ids of this process. A past that is written down afterwards takes ids of its own, from `makeIds`. */
export const newId: NewId = makeIds()

/** The least id that a moment can have: ids from then on are not below it, ids before it are. */
export function firstIdAt(prefix: IdPrefix, ms: number): string {
  return `${prefix}_${timePart(ms)}${'0'.repeat(randomDigits)}`
}

/** When an id was made, in ms. */
export function timeOfId(id: string): number {
  let ms = 0
  for (let index = 4; index < 4 + timeDigits; index++) ms = ms * 32 + valueOf[id.charCodeAt(index)]!
  return ms
}
