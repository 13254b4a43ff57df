import { useEffect, useEffectEvent } from 'react'
import { checkReachable } from './connection.ts'
import type { Outcome } from './deliveries.ts'

/** What the server tells as it happens; each is short and names the ids under which the whole is read. */
export interface LiveEvent {
  id: string
  type: string
  /** `name`: what the event calls it; null where it knows no name. */
  record: { kind: string; id: string; name: string | null }
  occurred_at: string
  received_at: string
}

export interface LiveDecisions {
  event_id: string
  event_type: string
  fired: number
  skipped: number
  items: { webhook_id: string; verdict: 'fired' | 'skipped'; reason: string; delivery_id: string | null }[]
}

export interface LiveAttempt {
  id: string
  delivery_id: string
  webhook_id: string
  event_id: string
  event_type: string
  number: number
  outcome: Outcome
  reason: string | null
  status_code: number | null
  duration_ms: number
  started_at: string
  state: string | null
}

export interface LiveReaders {
  event?: (event: LiveEvent) => void
  decisions?: (decisions: LiveDecisions) => void
  attempt?: (attempt: LiveAttempt) => void
  /** Something was left out, or the connection broke: read the lists again. */
  missed?: () => void
}

type Kind = keyof LiveReaders
type Subscriber = (kind: Kind, data: unknown) => void

const subscribers = new Set<Subscriber>()
let stream: EventSource | null = null
/** A refused stream is not asked for again by the browser; we do, after so long. */
const reopenMs = 5000

/** All pages share one connection: a browser has few to one server. */
function subscribe(subscriber: Subscriber): () => void {
  subscribers.add(subscriber)
  stream ??= open()
  return () => {
    subscribers.delete(subscriber)
    if (subscribers.size > 0) return
    close()
  }
}

function close(): void {
  stream?.close()
  stream = null
}

/** `broken`: it takes the place of one that ended, and something may have been missed between the two. */
function open(broken = false): EventSource {
  const source = new EventSource('/v1/live')
  const tell = (kind: Kind, data: unknown) => {
    for (const subscriber of subscribers) subscriber(kind, data)
  }
  for (const kind of ['event', 'decisions', 'attempt'] as const) {
    source.addEventListener(kind, (message: MessageEvent<string>) => tell(kind, JSON.parse(message.data)))
  }
  source.addEventListener('missed', () => tell('missed', null))
  source.addEventListener('error', () => {
    broken = true
    void checkReachable()
    if (source.readyState === EventSource.CLOSED) setTimeout(reopen, reopenMs, source)
  })
  source.addEventListener('ready', () => {
    if (broken) tell('missed', null)
    broken = false
  })
  return source
}

function reopen(ended: EventSource): void {
  if (stream === ended) stream = open(true)
}

/** Calls the readers as things happen, while the component is shown. */
export function useLive(readers: LiveReaders): void {
  const read = useEffectEvent((kind: Kind, data: unknown) => {
    const reader = readers[kind] as ((data: unknown) => void) | undefined
    reader?.(data)
  })
  useEffect(() => subscribe((kind, data) => read(kind, data)), [])
}
