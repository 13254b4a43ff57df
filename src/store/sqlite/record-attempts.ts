import type { DatabaseSync } from 'node:sqlite'
import { countsForHealth, type DeliveryState } from '../../model/index.ts'
import { blankLateSql } from '../late-erased.ts'
import { attemptToRow, type Row } from '../rows.ts'
import { countsAsAttempt } from '../store.ts'
import type { AttemptRecord, LineKey } from '../store.ts'
import { countOutcome, startTally } from '../tally.ts'
import type { Inserts } from './hot-writes.ts'

/** Runs inside a transaction. Answers the ids of the deliveries that it found late. */
export function prepareRecordAttempts(
  db: DatabaseSync,
  inserts: Inserts,
): (records: AttemptRecord[], now: number) => string[] {
  // Both find the row only while it is being sent under this very lease; a row more or less is the answer.
  const settle = db.prepare(
    `INSERT INTO settled_deliveries (id, account_id, webhook_id, event_id, event_type, record_kind, record_id, sequence,
       purpose, due_at, expires_at, lease, created_at, replay_of, replay_attempt_id, replay_id,
       state, reason, settled_at, attempts, last_status_code)
     SELECT id, account_id, webhook_id, event_id, event_type, record_kind, record_id, sequence,
       purpose, due_at, expires_at, lease, created_at, replay_of, replay_attempt_id, replay_id,
       ?1, ?2, ?3, attempts + ?4, CASE WHEN ?5 = 1 THEN ?6 ELSE last_status_code END
     FROM unsettled_deliveries WHERE id = ?7 AND account_id = ?8 AND lease = ?9 AND state = 'sending'`,
  )
  const wait = db.prepare(
    `UPDATE unsettled_deliveries SET state = 'waiting', due_at = ?1, attempts = attempts + ?2,
       last_status_code = CASE WHEN ?3 = 1 THEN ?4 ELSE last_status_code END
     WHERE id = ?5 AND account_id = ?6 AND lease = ?7 AND state = 'sending'`,
  )
  const remove = db.prepare('DELETE FROM unsettled_deliveries WHERE id = ?')
  const bringForward = prepareBringForward(db)
  const blankLate = db.prepare(blankLateSql({ delivery: 'delivery_id = ?', attempts: 'id = ?' }))
  const keepHealth = prepareHealth(db)

  function move(record: AttemptRecord, now: number): boolean {
    const { delivery_id, account_id, webhook_id, lease, attempt, next, releases } = record
    const tried = attempt ? 1 : 0
    const counted = countsAsAttempt(record) ? 1 : 0
    const statusCode = attempt?.response?.status_code ?? null
    if (next.state === 'waiting') {
      return wait.run(next.due_at, counted, tried, statusCode, delivery_id, account_id, lease).changes === 1
    }
    const { state, reason } = next
    const { changes } = settle.run(
      state,
      reason,
      now,
      counted,
      tried,
      statusCode,
      delivery_id,
      account_id,
      lease,
    )
    if (changes === 0) return false
    remove.run(delivery_id)
    if (releases) bringForward({ webhook_id, record: releases }, now)
    return true
  }

  return (records, now) => {
    const late: string[] = []
    const judged: AttemptRecord[] = []
    const tally = startTally()
    for (const record of records) {
      const moved = move(record, now)
      if (moved) {
        judged.push(record)
        countOutcome(tally, record)
      } else {
        late.push(record.delivery_id)
      }
      if (!record.attempt) continue
      inserts.attempt(attemptToRow(record.attempt, !moved))
      if (!moved) blankLate.run(record.delivery_id, record.attempt.id)
    }
    inserts.counts(tally)
    keepHealth(judged, now)
    return late
  }
}

/** Makes the first delivery of a line due, where it was put aside. */
function prepareBringForward(db: DatabaseSync): (line: LineKey, now: number) => void {
  const first = db.prepare(
    `UPDATE unsettled_deliveries SET aside = 0, due_at = ?4 WHERE aside = 1 AND id = (
       SELECT id FROM unsettled_deliveries
       WHERE webhook_id = ?1 AND record_kind = ?2 AND record_id = ?3 AND purpose = 'event'
       ORDER BY sequence, id LIMIT 1)`,
  )
  return ({ webhook_id, record }, now) => {
    first.run(webhook_id, record.kind, record.id, now)
  }
}

type HealthRow = Row<'webhook_health'>

/** One row per webhook and batch. */
function prepareHealth(db: DatabaseSync): (judged: AttemptRecord[], now: number) => void {
  const healthOf = db.prepare('SELECT * FROM webhook_health WHERE webhook_id = ?')
  const put = db.prepare(
    `INSERT INTO webhook_health (webhook_id, account_id, failures_in_a_row, failing_since, blocked_until,
       last_delivery_id, last_at, last_state, last_status_code, circuit_opened_at, probe_at, probe_wait_ms,
       probe_delivery_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (webhook_id) DO UPDATE SET failures_in_a_row = excluded.failures_in_a_row,
       failing_since = excluded.failing_since, blocked_until = excluded.blocked_until,
       last_delivery_id = excluded.last_delivery_id, last_at = excluded.last_at,
       last_state = excluded.last_state, last_status_code = excluded.last_status_code,
       circuit_opened_at = excluded.circuit_opened_at, probe_at = excluded.probe_at,
       probe_wait_ms = excluded.probe_wait_ms, probe_delivery_id = excluded.probe_delivery_id`,
  )
  return (judged, now) => {
    const touched = new Map<string, HealthRow>()
    for (const record of judged) {
      if (record.attempt === null && record.lane_blocked_until === null) continue
      let row = touched.get(record.webhook_id)
      if (!row) {
        row = (healthOf.get(record.webhook_id) as HealthRow | undefined) ?? newHealth(record)
        touched.set(record.webhook_id, row)
      }
      judge(row, record, now)
    }
    for (const row of touched.values()) {
      put.run(
        row.webhook_id,
        row.account_id,
        row.failures_in_a_row,
        row.failing_since,
        row.blocked_until,
        row.last_delivery_id,
        row.last_at,
        row.last_state,
        row.last_status_code,
        row.circuit_opened_at,
        row.probe_at,
        row.probe_wait_ms,
        row.probe_delivery_id,
      )
    }
  }
}

const closedCircuit = {
  circuit_opened_at: null,
  probe_at: null,
  probe_wait_ms: null,
  probe_delivery_id: null,
}

function newHealth({ webhook_id, account_id }: AttemptRecord): HealthRow {
  return {
    webhook_id,
    account_id,
    failures_in_a_row: 0,
    failing_since: null,
    blocked_until: null,
    ...closedCircuit,
    last_delivery_id: null,
    last_at: null,
    last_state: null,
    last_status_code: null,
  }
}

function judge(
  row: HealthRow,
  { attempt, next, lane_blocked_until, delivery_id, purpose }: AttemptRecord,
  now: number,
) {
  if (lane_blocked_until !== null) row.blocked_until = Math.max(row.blocked_until ?? 0, lane_blocked_until)
  if (!attempt) return
  if (attempt.outcome === 'delivered') {
    row.failures_in_a_row = 0
    row.failing_since = null
    Object.assign(row, closedCircuit)
  } else if (countsForHealth(purpose, attempt.outcome)) {
    row.failures_in_a_row += 1
    row.failing_since ??= now
  }
  row.last_delivery_id = delivery_id
  row.last_at = now
  row.last_state = next.state satisfies DeliveryState
  row.last_status_code = attempt.response?.status_code ?? null
}
