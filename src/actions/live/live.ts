/**
 * What happens, as it happens: events, decisions and attempts, told to whoever looks at an account right now.
 *
 * Every process tells its own readers. Readers in other processes on the same PostgreSQL are told through NOTIFY: a process
 * with readers says now and then which accounts they look at, and only what concerns those is sent. Where nobody looks,
 * nothing is done. What is told is a view, not a log: it may have gaps, which readers are told of, and the lists have it all.
 */
import { randomBytes } from 'node:crypto'
import { Problem } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Store } from '../../store/store.ts'
import type { StoreWatcher } from '../../store/watched.ts'
import { itemOfAttempt, itemsOfEvent, type LiveItem } from './items.ts'
import { makeOutbox, type Outbox, readMail } from './outbox.ts'

/** Somebody who looks. */
export interface LiveReader {
  /** Takes one message in the form of server-sent events; what it cannot take at once it must bound itself. */
  tell(message: string): void
  /** The server stops. */
  end(): void
}

export interface Live extends StoreWatcher {
  /**
   * Tells the reader from now on. With the id of the last message that it saw, what came since is told first, where this
   * process still has it; else `missed`. Answers a function that stops it.
   * @throws Problem `too_many` where as many look as may, `unavailable` once it is closed
   */
  open(accountId: string, lastId: string | null, reader: LiveReader): () => void
  /** How many look. */
  readers(): number
  close(): void
}

/** An account that somebody looks at, or did a moment ago. */
interface Watched {
  readers: Set<LiveReader>
  /** The last messages, for readers that come back. */
  kept: { number: number; message: string }[]
  keptBytes: number
  /** Without readers it is forgotten then. */
  until: number
}

/** How long a reader may be away and find what it missed. */
const resumeMs = 60_000
/** How often it is said who is looked at, and how long that holds: two may get lost. */
const announceMs = 10_000
const announcedMs = 35_000

export function makeLive({
  store,
  clock,
  readersMax,
  bufferBytesMax,
}: {
  store: Pick<Store, 'broadcast' | 'onBroadcast'>
  clock: Clock
  readersMax: number
  /** What is kept of an account for readers that come back. */
  bufferBytesMax: number
}): Live {
  /** Of this process and this start alone: numbers mean nothing to another one. */
  const epoch = randomBytes(6).toString('hex')
  const watched = new Map<string, Watched>()
  /** Accounts that other processes have readers of, and until when that holds. */
  const elsewhere = new Map<string, number>()
  const outbox: Outbox = makeOutbox((mail) => store.broadcast(mail))
  let readers = 0
  let lastNumber = 0
  let closed = false

  const stopHearing = store.onBroadcast((text) => {
    const mail = readMail(text)
    if (mail.ask) announce()
    for (const accountId of mail.look ?? []) elsewhere.set(accountId, clock() + announcedMs)
    for (const [accountId, kind, data] of mail.items ?? []) tellHere(accountId, kind, JSON.stringify(data))
    for (const accountId of mail.missed ?? []) tellHere(accountId, 'missed', '{}')
  })
  const ticking = setInterval(() => {
    const now = clock()
    for (const [accountId, until] of elsewhere) if (until <= now) elsewhere.delete(accountId)
    for (const [accountId, { readers, until }] of watched)
      if (readers.size === 0 && until <= now) watched.delete(accountId)
    announce()
  }, announceMs)
  ticking.unref()
  // A process that starts learns at once who is looked at.
  outbox.ask()

  function announce(): void {
    if (!closed && watched.size > 0) outbox.look([...watched.keys()])
  }

  function tellHere(accountId: string, kind: string, data: string): void {
    const account = watched.get(accountId)
    if (!account) return
    const number = ++lastNumber
    const message = `id: ${epoch}-${number}\nevent: ${kind}\ndata: ${data}\n\n`
    account.kept.push({ number, message })
    account.keptBytes += message.length
    while (account.keptBytes > bufferBytesMax) account.keptBytes -= account.kept.shift()!.message.length
    for (const reader of account.readers) reader.tell(message)
  }

  function publish(item: LiveItem): void {
    const { account_id, kind, data } = item
    if (watched.has(account_id)) tellHere(account_id, kind, JSON.stringify(data))
    if (elsewhere.has(account_id)) outbox.put(item)
  }

  /** What was told since, or null where that is not known here. */
  function since(account: Watched, lastId: string): string[] | null {
    const [ofEpoch, text = ''] = lastId.split('-')
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (ofEpoch !== epoch || !(number <= lastNumber)) return null
    const index = account.kept.findIndex((one) => one.number === number)
    return index < 0 ? null : account.kept.slice(index + 1).map(({ message }) => message)
  }

  return {
    watching: () => watched.size > 0 || elsewhere.size > 0,
    onEvents(events) {
      for (const recorded of events) {
        const { account_id } = recorded.event
        if (watched.has(account_id) || elsewhere.has(account_id)) itemsOfEvent(recorded).forEach(publish)
      }
    },
    onAttempts(records, late) {
      const found = new Set(late)
      for (const record of records) {
        const { account_id, delivery_id } = record
        if (!watched.has(account_id) && !elsewhere.has(account_id)) continue
        const item = itemOfAttempt(record, found.has(delivery_id))
        if (item) publish(item)
      }
    },
    open(accountId, lastId, reader) {
      if (closed) throw new Problem('unavailable', 'The server is stopping.')
      if (readers >= readersMax) {
        const message = `${readersMax} live connections are open already. Close one, or raise HOOKLINE_LIVE_MAX.`
        throw new Problem('too_many', message, { retryAfterS: 5 })
      }
      readers++
      let account = watched.get(accountId)
      if (!account) {
        watched.set(accountId, (account = { readers: new Set(), kept: [], keptBytes: 0, until: 0 }))
        announce()
      }
      const missed = lastId === null ? [] : since(account, lastId)
      reader.tell(`retry: 2000\nevent: ready\ndata: {}\n\n`)
      if (missed) for (const message of missed) reader.tell(message)
      else reader.tell('event: missed\ndata: {}\n\n')
      account.readers.add(reader)
      return () => {
        if (!account.readers.delete(reader)) return
        readers--
        account.until = clock() + resumeMs
      }
    },
    readers: () => readers,
    close() {
      closed = true
      clearInterval(ticking)
      stopHearing()
      outbox.close()
      for (const { readers } of watched.values()) for (const reader of readers) reader.end()
      watched.clear()
      elsewhere.clear()
    },
  }
}
