import type { EventEmitter } from 'node:events'
import pg from 'pg'
import { clientConfig, type Session, type Statement } from './connection.ts'

export interface Hints {
  /** Tells other processes that there is something to look for; soon, and once for many calls. */
  announce(): void
  /** Calls back when another process announced. Answers a function that stops it. */
  listen(callback: () => void): () => void
  /** What the store's contract says of these. */
  broadcast(message: string): void
  onBroadcast(callback: (message: string) => void): () => void
  close(): Promise<void>
}

export interface HintsOptions {
  /** Where LISTEN works: not behind a pooler that hands connections on after each transaction. */
  listenUrl: string
  /** Says NOTIFY here. */
  session: Session
  /** Of this process alone: it does not need to hear itself. */
  sender: string
}

const channel = 'hookline'
/** NOTIFY takes a lock of the whole database at its commit. */
const announceEveryMs = 10
const reconnectFirstMs = 250
const reconnectLastMs = 30_000

/** A message carries its sender in front, lest that hear itself. */
const broadcastChannel = 'hookline_broadcast'
const sendBroadcast: Statement = {
  name: 'hints_broadcast',
  text: `SELECT pg_notify('${broadcastChannel}', $1)`,
}

const notify: Statement = { name: 'hints_notify', text: `SELECT pg_notify('${channel}', $1)` }

/** Resolves when it listens, or when the first try to listen has failed; it goes on trying. */
export async function openHints({ listenUrl, session, sender }: HintsOptions): Promise<Hints> {
  const callbacks = new Set<() => void>()
  const hearers = new Set<(message: string) => void>()
  const call = () => callbacks.forEach((callback) => callback())
  let closed = false
  let client: pg.Client | undefined
  let reconnect: NodeJS.Timeout | undefined
  let announcing: NodeJS.Timeout | undefined
  let announceAgain = false
  let reconnectMs = reconnectFirstMs

  async function connect(again: boolean): Promise<void> {
    const candidate = new pg.Client(clientConfig(listenUrl))
    client = candidate
    let lost = false
    const onLost = () => {
      if (lost || closed) return
      lost = true
      candidate.end().catch(() => {})
      reconnect = setTimeout(() => void connect(true), reconnectMs)
      reconnect.unref()
      reconnectMs = Math.min(reconnectMs * 2, reconnectLastMs)
    }
    // Typed as an emitter: the typings of `pg` know only some of its events.
    const emitter: EventEmitter = candidate
    emitter.on('error', onLost).on('end', onLost)
    candidate.on('notification', ({ channel: from, payload = '' }) => {
      if (from === channel) {
        if (payload !== sender) call()
      } else if (!payload.startsWith(sender)) {
        const message = payload.slice(sender.length)
        hearers.forEach((hear) => hear(message))
      }
    })
    try {
      await candidate.connect()
      await candidate.query(`LISTEN ${channel}`)
      await candidate.query(`LISTEN ${broadcastChannel}`)
      reconnectMs = reconnectFirstMs
      // What was announced while nobody listened is made up for.
      if (again) call()
    } catch {
      onLost()
    }
  }

  function announce(): void {
    if (closed) return
    if (announcing) {
      announceAgain = true
      return
    }
    // Only a hint: where it fails, the others find the work when they next look.
    session.ask(notify, [sender]).catch(() => {})
    announcing = setTimeout(() => {
      announcing = undefined
      if (!announceAgain) return
      announceAgain = false
      announce()
    }, announceEveryMs)
    announcing.unref()
  }

  await connect(false)
  return {
    announce,
    listen(callback) {
      // Its own function, so that a callback that is given twice is called, and stopped, twice.
      const own = () => callback()
      callbacks.add(own)
      return () => void callbacks.delete(own)
    },
    broadcast(message) {
      if (!closed) session.ask(sendBroadcast, [sender + message]).catch(() => {})
    },
    onBroadcast(callback) {
      const own = (message: string) => callback(message)
      hearers.add(own)
      return () => void hearers.delete(own)
    },
    async close() {
      closed = true
      clearTimeout(reconnect)
      clearTimeout(announcing)
      callbacks.clear()
      hearers.clear()
      await client?.end().catch(() => {})
    },
  }
}
