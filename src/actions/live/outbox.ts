import { broadcastBytesMax } from '../../store/store.ts'
import type { LiveItem } from './items.ts'

/** What processes tell each other, as JSON. */
interface Mail {
  /** Who are you looking at? */
  ask?: true
  /** Accounts that the sender has readers of. */
  look?: string[]
  items?: [accountId: string, kind: string, data: unknown][]
  /** Accounts of which something was left out. */
  missed?: string[]
}

/** Gathers for a moment and sends few, full messages: NOTIFY takes a lock of the whole database. */
export interface Outbox {
  put(item: LiveItem): void
  look(accountIds: string[]): void
  ask(): void
  close(): void
}

const gatherMs = 100
/** Twenty a second and process; what is more is left out, and readers are told. */
const mailsPerRound = 2
/** Ids of 30 characters with quotes and commas. */
const accountsPerMail = 200
/** `{"items":[]}` around the items. */
const frameBytes = 20

export function makeOutbox(send: (mail: string) => void): Outbox {
  let mails: string[][] = []
  let bytes = 0
  const missed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function post(mail: Mail): void {
    send(JSON.stringify(mail))
  }

  function flush(): void {
    timer = undefined
    for (const items of mails.splice(0)) send(`{"items":[${items.join(',')}]}`)
    bytes = 0
    if (missed.size > 0) postIds('missed', [...missed])
    missed.clear()
  }

  function postIds(key: 'look' | 'missed', accountIds: string[]): void {
    for (let at = 0; at < accountIds.length; at += accountsPerMail)
      post({ [key]: accountIds.slice(at, at + accountsPerMail) })
  }

  return {
    put({ account_id, kind, data }) {
      timer ??= setTimeout(flush, gatherMs).unref()
      const text = JSON.stringify([account_id, kind, data])
      const size = Buffer.byteLength(text) + 1
      if (mails.length === 0 || bytes + size > broadcastBytesMax - frameBytes) {
        if (mails.length >= mailsPerRound || size > broadcastBytesMax - frameBytes) {
          missed.add(account_id)
          return
        }
        mails.push([])
        bytes = 0
      }
      mails.at(-1)!.push(text)
      bytes += size
    },
    look: (accountIds) => postIds('look', accountIds),
    ask: () => post({ ask: true }),
    close() {
      clearTimeout(timer)
      mails = []
    },
  }
}

/** Another version of the program may say what this one does not understand: then nothing. */
export function readMail(text: string): Mail {
  try {
    return JSON.parse(text) as Mail
  } catch {
    return {}
  }
}
