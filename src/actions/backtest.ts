/**
 * A draft over past events: how often it would have fired, why not, and when. It reads pages of events through the store's
 * reads and lets everything else take its turn between two pages, so that neither writing nor sending waits for it.
 */
import type { CrmEvent, DecisionReason, Json, RecordRef, Webhook } from '../model/index.ts'
import { hasLimits, lockFirings } from '../record-events/index.ts'
import type { EventReads } from '../store/store.ts'
import { type Calendar, makeCalendar } from './calendar.ts'
import type { DraftedWebhook } from './draft-webhook.ts'
import { makeTrier } from './test-webhook.ts'

/** What is asked about: the newest `eventsMax` events from `since` on; `until` is when it was asked. Times in ms. */
export interface BacktestBounds {
  since: number
  until: number
  eventsMax: number
}

export interface BacktestExample {
  event_id: string
  type: string
  record: RecordRef
  received_at: string
}

export interface BacktestResult {
  /** Events looked at. */
  evaluated: number
  /** How many of them would have been sent. */
  fired: number
  /** By reason, `fired` among them. */
  reasons: Partial<Record<DecisionReason, number>>
  /** The newest that would have been sent. */
  examples: BacktestExample[]
  /** Every day of the span in the account's time zone, oldest first. */
  days: { date: string; evaluated: number; fired: number }[]
  /** The oldest moment that was reached: later than `since` where `eventsMax` was. */
  reached: number
}

const pageSize = 200
const examplesMax = 20

/** What is remembered of an event that fires as far as it alone tells it: a hundred thousand of these must be small. */
interface Candidate extends BacktestExample {
  at: number
  correlation_id: string
  contact_id: Json
}

/**
 * Asks the webhook about every event in the bounds. `onPage` is told how far it is, from 0 to 1; a `signal` that aborts
 * makes it throw the signal's reason. Limits are counted from the start of the span, as if nothing had fired before.
 */
export async function backtest(
  { webhook, account, schema }: DraftedWebhook,
  bounds: BacktestBounds,
  { events, signal, onPage }: { events: EventReads; signal: AbortSignal; onPage(progress: number): void },
): Promise<BacktestResult> {
  const trier = makeTrier(webhook, account, schema)
  const calendar = makeCalendar(account.time_zone)
  const days = emptyDays(bounds, calendar)
  const reasons: BacktestResult['reasons'] = {}
  const candidates: Candidate[] = []
  let read = 0
  let evaluated = 0
  let reached = bounds.until
  let after: string | undefined

  for (;;) {
    signal.throwIfAborted()
    const limit = Math.min(pageSize, bounds.eventsMax - read)
    // Newest first: what comes after the first page was read is never seen, so the span needs no other end.
    const page = await events.list(account.id, { since: bounds.since }, { limit, after })
    for (const { event } of page) {
      const at = Date.parse(event.received_at)
      // Ids never go back in time, also where a clock does.
      if (at < bounds.since) continue
      evaluated++
      const reason = trier.reason(event)
      if (reason === 'fired') candidates.push(candidateOf(event, at))
      else reasons[reason] = (reasons[reason] ?? 0) + 1
      const day = days.get(calendar.dayOf(at))
      if (day) day.evaluated++
      reached = at
    }
    read += page.length
    after = page.at(-1)?.event.id
    if (page.length < limit || read >= bounds.eventsMax) break
    onPage(Math.max(read / bounds.eventsMax, (bounds.until - reached) / (bounds.until - bounds.since)))
    await turn()
  }

  if (read < bounds.eventsMax) reached = bounds.since
  const fired = await firedOf(webhook, candidates.reverse(), reasons)
  for (const { at } of fired) {
    const day = days.get(calendar.dayOf(at))
    if (day) day.fired++
  }
  reasons.fired = fired.length
  const examples = fired.slice(-examplesMax).reverse().map(exampleOf)
  return { evaluated, fired: fired.length, reasons, examples, days: [...days.values()], reached }
}

/** Lets timers, requests and answers of the store come first. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function candidateOf(event: CrmEvent, at: number): Candidate {
  const { id, type, record, received_at, correlation_id, current } = event
  return {
    event_id: id,
    type,
    record,
    received_at,
    at,
    correlation_id,
    contact_id: current['contact_id'] ?? null,
  }
}

function exampleOf({ event_id, type, record, received_at }: Candidate): BacktestExample {
  return { event_id, type, record, received_at }
}

/** Those that what is counted lets through; oldest first, as they would have been counted. */
async function firedOf(
  webhook: Webhook,
  candidates: Candidate[],
  reasons: BacktestResult['reasons'],
): Promise<Candidate[]> {
  const counters = hasLimits(webhook) ? await lockFirings(nothingCounted, []) : null
  const newlyTrue = new Set<string>()
  return candidates.filter((candidate) => {
    const reason = refusal(candidate)
    if (reason) reasons[reason] = (reasons[reason] ?? 0) + 1
    return reason === null
  })

  function refusal({ record, contact_id, at, correlation_id }: Candidate): DecisionReason | null {
    if (webhook.fire === 'becomes_true') {
      if (newlyTrue.has(correlation_id)) return 'not_newly_true'
      newlyTrue.add(correlation_id)
    }
    const subject = { record, current: { contact_id } }
    const limited = counters?.refusal(webhook, subject, at) ?? null
    if (!limited) counters?.count(webhook, subject, at)
    return limited
  }
}

/** Counters of nobody: a backtest must not use up the limits of the webhook that it tries. */
const nothingCounted: Parameters<typeof lockFirings>[0] = {
  firings: { lock: async () => [], put: async () => {} },
}

function emptyDays(
  { since, until }: BacktestBounds,
  calendar: Calendar,
): Map<string, BacktestResult['days'][number]> {
  const days = calendar.daysBetween(since, until)
  return new Map(days.map(({ date }) => [date, { date, evaluated: 0, fired: 0 }]))
}
