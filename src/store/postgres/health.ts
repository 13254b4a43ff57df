import { countsForHealth } from '../../model/index.ts'
import type { Row } from '../rows.ts'
import type { AttemptRecord } from '../store.ts'
import { columnArrays, names, textArray, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

/** What a batch says about one webhook. */
type Change = Omit<Row<'webhook_health'>, (typeof circuitNames)[number]> & {
  /** 1: the failures count from its last success in this batch on, else they come on top of those before. */
  succeeded: number
}

const healthColumns: Columns<Change> = {
  webhook_id: 'text',
  account_id: 'text',
  failures_in_a_row: 'bigint',
  failing_since: 'bigint',
  blocked_until: 'bigint',
  last_delivery_id: 'text',
  last_at: 'bigint',
  last_state: 'text',
  last_status_code: 'bigint',
}
const changeColumns: Columns<Change> = { ...healthColumns, succeeded: 'bigint' }
const circuitNames = ['circuit_opened_at', 'probe_at', 'probe_wait_ms', 'probe_delivery_id'] as const

/** Behind the changes: the webhooks that succeeded, whose circuits are closed now. */
const circuitParameter = 2 + Object.keys(changeColumns).length

/**
 * Locks the rows in the order of their ids before it adds to them, so that two processes cannot deadlock. Of two that make
 * a webhook's first row at the same moment, the later one's stands.
 */
const put: Statement = {
  name: 'health_put',
  text: `WITH known AS MATERIALIZED (
      SELECT * FROM webhook_health WHERE webhook_id = ANY ($1::text[]) ORDER BY webhook_id FOR UPDATE
    )
    INSERT INTO webhook_health (${names(healthColumns)})
    SELECT c.webhook_id, c.account_id,
      CASE WHEN c.succeeded = 1 THEN c.failures_in_a_row
        ELSE c.failures_in_a_row + coalesce(known.failures_in_a_row, 0) END,
      CASE WHEN c.succeeded = 1 THEN c.failing_since ELSE coalesce(known.failing_since, c.failing_since) END,
      greatest(known.blocked_until, c.blocked_until),
      coalesce(c.last_delivery_id, known.last_delivery_id),
      coalesce(c.last_at, known.last_at),
      coalesce(c.last_state, known.last_state),
      CASE WHEN c.last_delivery_id IS NULL THEN known.last_status_code ELSE c.last_status_code END
    FROM ${unnest(changeColumns, 'c', 2)} LEFT JOIN known ON known.webhook_id = c.webhook_id
    ORDER BY c.webhook_id
    ON CONFLICT (webhook_id) DO UPDATE SET
      failures_in_a_row = excluded.failures_in_a_row, failing_since = excluded.failing_since,
      blocked_until = excluded.blocked_until, last_delivery_id = excluded.last_delivery_id,
      last_at = excluded.last_at, last_state = excluded.last_state, last_status_code = excluded.last_status_code,
      ${circuitNames.map((name) => `${name} = CASE WHEN webhook_health.webhook_id = ANY ($${circuitParameter}::text[]) THEN NULL ELSE webhook_health.${name} END`).join(', ')}`,
}

/** `records` were not late, and stand in the order in which they happened. Inside a transaction. */
export async function recordHealth(
  session: Session,
  records: readonly AttemptRecord[],
  now: number,
): Promise<void> {
  const changes = new Map<string, Change>()
  for (const record of records) {
    if (record.attempt === null && record.lane_blocked_until === null) continue
    const change = changes.get(record.webhook_id) ?? noChange(record)
    changes.set(record.webhook_id, change)
    judge(change, record, now)
  }
  if (changes.size === 0) return
  const parameters = columnArrays(changeColumns, [...changes.values()])
  const succeeded = [...changes.values()].filter((change) => change.succeeded === 1)
  await session.ask(put, [
    textArray([...changes.keys()]),
    ...parameters,
    textArray(succeeded.map(({ webhook_id }) => webhook_id)),
  ])
}

function noChange({ webhook_id, account_id }: AttemptRecord): Change {
  return {
    webhook_id,
    account_id,
    failures_in_a_row: 0,
    failing_since: null,
    blocked_until: null,
    last_delivery_id: null,
    last_at: null,
    last_state: null,
    last_status_code: null,
    succeeded: 0,
  }
}

function judge(change: Change, record: AttemptRecord, now: number): void {
  const { attempt, next, lane_blocked_until, delivery_id, purpose } = record
  if (lane_blocked_until !== null) {
    change.blocked_until = Math.max(change.blocked_until ?? 0, lane_blocked_until)
  }
  if (attempt === null) return
  if (attempt.outcome === 'delivered') {
    change.succeeded = 1
    change.failures_in_a_row = 0
    change.failing_since = null
  } else if (countsForHealth(purpose, attempt.outcome)) {
    change.failures_in_a_row += 1
    change.failing_since ??= now
  }
  change.last_delivery_id = delivery_id
  change.last_at = now
  change.last_state = next.state
  change.last_status_code = attempt.response?.status_code ?? null
}
