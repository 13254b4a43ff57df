import { countDecisions, type Decision, nameIn } from '../../model/index.ts'
import type { AttemptRecord, RecordedEvent } from '../../store/store.ts'

/** What a live reader is told, by the name that stands in `event:`. */
export type LiveKind = 'event' | 'decisions' | 'attempt'

/** Short, so that a thousand of them are cheap: the whole event and the whole exchange are read by their ids. */
export interface LiveItem {
  account_id: string
  kind: LiveKind
  data: object
}

/** Characters of a record's name: what is told to other processes is short. */
const nameMax = 200

/** Above this many webhooks only the counts are told. */
const decisionsMax = 20

export function itemsOfEvent({ event, decisions }: RecordedEvent): LiveItem[] {
  const { id, account_id, type, sequence, occurred_at, received_at, source, bulk, correlation_id } = event
  const record = { ...event.record, name: nameIn(event.current)?.slice(0, nameMax) ?? null }
  const told = { id, type, record, sequence, occurred_at, received_at, source, bulk, correlation_id }
  const summary = {
    event_id: id,
    event_type: type,
    ...countDecisions(decisions),
    // Those that fired first: they are what is looked for.
    items: decisions
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, decisionsMax)
      .map(({ webhook_id, verdict, reason, delivery_id }) => ({ webhook_id, verdict, reason, delivery_id })),
  }
  return [
    { account_id, kind: 'event', data: told },
    { account_id, kind: 'decisions', data: summary },
  ]
}

const rank = ({ verdict }: Decision) => (verdict === 'fired' ? 0 : 1)

/** null where nothing was sent: the delivery had expired. */
export function itemOfAttempt(record: AttemptRecord, late: boolean): LiveItem | null {
  const { account_id, webhook_id, delivery_id, event_id, event_type, attempt, next } = record
  if (!attempt) return null
  const { id, number, outcome, reason, duration_ms, started_at, response } = attempt
  const data = {
    id,
    delivery_id,
    webhook_id,
    event_id,
    event_type,
    number,
    outcome,
    reason,
    status_code: response?.status_code ?? null,
    duration_ms,
    started_at: new Date(started_at).toISOString(),
    late,
    /** What became of the delivery; not of a late attempt, which changes nothing. */
    state: late ? null : next.state,
  }
  return { account_id, kind: 'attempt', data }
}
