/**
 * A draft over past events: how often it would have fired, why not, and when. This is what runs in a thread of its own
 * (`backtest-thread.ts`), page by page; `run-backtest.ts` is the side of the server's thread.
 */
import type {
  Account,
  AccountSchema,
  CrmEvent,
  DecisionReason,
  Json,
  RecordRef,
  Webhook,
} from '../../model/index.ts'
import { hasLimits, lockFirings } from '../../record-events/index.ts'
import { type Calendar, makeCalendar } from '../stats/calendar.ts'
import { makeTrier } from '../webhooks/test-webhook.ts'

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

const examplesMax = 20

/** What is remembered of an event that fires as far as it alone tells it: a hundred thousand of these must be small. */
interface Candidate extends BacktestExample {
  at: number
  correlation_id: string
  contact_id: Json
}

/** What is tried, and by what it reads events. */
export interface BacktestSubject {
  /** Its secrets play no part. */
  webhook: Webhook
  account: Pick<Account, 'time_zone'>
  schema: AccountSchema
}

/** A backtest that is told of the past, page by page. */
export interface Backtest {
  /** Judges the next events, each as its JSON text, newest first over all pages. Answers how far it is, from 0 to 1. */
  page(texts: readonly string[]): number
  /** After the last page. */
  result(): Promise<BacktestResult>
}

/** Limits are counted from the start of the span, as if nothing had fired before. */
export function makeBacktest(
  { webhook, account, schema }: BacktestSubject,
  bounds: BacktestBounds,
): Backtest {
  const { since, until, eventsMax } = bounds
  const trier = makeTrier(webhook, account, schema)
  const calendar = makeCalendar(account.time_zone)
  const days = emptyDays(bounds, calendar)
  const reasons: BacktestResult['reasons'] = {}
  const candidates: Candidate[] = []
  let read = 0
  let evaluated = 0
  let reached = until

  function judge(event: CrmEvent): void {
    const at = Date.parse(event.received_at)
    // Ids never go back in time, also where a clock does.
    if (at < since) return
    evaluated++
    const reason = trier.reason(event)
    if (reason === 'fired') candidates.push(candidateOf(event, at))
    else reasons[reason] = (reasons[reason] ?? 0) + 1
    const day = days.get(calendar.dayOf(at))
    if (day) day.evaluated++
    reached = at
  }

  return {
    page(texts) {
      for (const text of texts) judge(JSON.parse(text) as CrmEvent)
      read += texts.length
      return Math.min(1, Math.max(read / eventsMax, (until - reached) / (until - since)))
    },
    async result() {
      if (read < eventsMax) reached = since
      const fired = await firedOf(webhook, candidates.reverse(), reasons)
      for (const { at } of fired) {
        const day = days.get(calendar.dayOf(at))
        if (day) day.fired++
      }
      reasons.fired = fired.length
      const examples = fired.slice(-examplesMax).reverse().map(exampleOf)
      return { evaluated, fired: fired.length, reasons, examples, days: [...days.values()], reached }
    },
  }
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
