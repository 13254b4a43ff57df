import { blankLateSql } from '../late-erased.ts'
import { attemptToRow, type Row } from '../rows.ts'
import { countsAsAttempt } from '../store.ts'
import type { AttemptRecord } from '../store.ts'
import { countOutcome, startTally } from '../tally.ts'
import { together } from '../together.ts'
import { columnArrays, names, textArray, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'
import { deliveryColumns } from './deliveries.ts'
import { recordHealth } from './health.ts'
import { keepCounts } from './stats.ts'

interface Ended {
  id: string
  account_id: string
  lease: number
  state: string
  reason: string | null
  due_at: number | null
  /** 1 where there was an attempt, 0 where nothing was sent. */
  tried: number
  /** How many attempts more the delivery has. */
  counted: number
  status_code: number | null
}

const endedColumns: Columns<Ended> = {
  id: 'text',
  account_id: 'text',
  lease: 'bigint',
  state: 'text',
  reason: 'text',
  due_at: 'bigint',
  tried: 'bigint',
  counted: 'bigint',
  status_code: 'bigint',
}

type AttemptRow = Row<'attempts'>

const attemptColumns: Columns<AttemptRow> = {
  delivery_id: 'text',
  id: 'text',
  account_id: 'text',
  webhook_id: 'text',
  webhook_version: 'bigint',
  number: 'bigint',
  outcome: 'text',
  reason: 'text',
  detail: 'text',
  started_at: 'bigint',
  duration_ms: 'bigint',
  request: 'text',
  request_body: 'bytea',
  response: 'text',
  response_body: 'bytea',
  probe: 'bigint',
  late: 'bigint',
}

const triedColumns: Columns<AttemptRow & { lease: number }> = { ...attemptColumns, lease: 'bigint' }

/** No lease has this number: what carries it is late, whatever the delivery's lease. */
const noLease = -1

const { attempts: _attempts, last_status_code: _status, ...unchangedColumns } = deliveryColumns
const held = `d.id = e.id AND d.account_id = e.account_id AND d.lease = e.lease AND d.state = 'sending'`
const statusCode = `CASE WHEN e.tried = 1 THEN e.status_code ELSE d.last_status_code END`
const firstTried = Object.keys(endedColumns).length + 1
const lastParameter = firstTried + Object.keys(triedColumns).length

/**
 * One statement: deliveries whose lease is the one named settle or wait, and every attempt is kept, as late where its
 * delivery was not among them. An attempt that was kept before (its COMMIT's answer was lost) stays as it is.
 */
const record: Statement = {
  name: 'attempts_record',
  text: `WITH e AS (SELECT ${names(endedColumns)} FROM ${unnest(endedColumns, 'ended')}),
    gone AS (
      DELETE FROM unsettled_deliveries d USING e WHERE e.state <> 'waiting' AND ${held}
      RETURNING ${names(unchangedColumns, 'd')}, d.attempts + e.counted AS attempts,
        ${statusCode} AS last_status_code, e.state, e.reason
    ),
    settled AS (
      INSERT INTO settled_deliveries (${names(deliveryColumns)}, state, reason, settled_at)
      SELECT ${names(deliveryColumns)}, state, reason, $${lastParameter}::bigint FROM gone
    ),
    moved AS (
      UPDATE unsettled_deliveries d
      SET state = 'waiting', due_at = e.due_at, attempts = d.attempts + e.counted, last_status_code = ${statusCode}
      FROM e WHERE e.state = 'waiting' AND ${held}
      RETURNING d.id, d.lease
    ),
    kept AS (SELECT id, lease FROM gone UNION ALL SELECT id, lease FROM moved),
    written AS (
      INSERT INTO attempts (${names(attemptColumns)})
      SELECT ${names({ ...attemptColumns, late: undefined }, 't').replace(/, t\.late$/, '')},
        CASE WHEN kept.id IS NULL THEN 1 ELSE t.late END
      FROM ${unnest(triedColumns, 't', firstTried)}
      LEFT JOIN kept ON kept.id = t.delivery_id AND kept.lease = t.lease
      ON CONFLICT (delivery_id, id) DO NOTHING
    )
    SELECT id, lease FROM kept`,
}

const blankLate: Statement = {
  name: 'attempts_blank_late',
  text: blankLateSql({
    delivery: 'delivery_id = ANY ($1::text[])',
    attempts: 'id = ANY ($2::text[])',
  }),
}

const leaseOf = (delivery_id: string, lease: number) => `${delivery_id} ${lease}`

/** Inside a transaction; answers the ids of the deliveries that were found late. */
export async function recordAttempts(
  session: Session,
  records: readonly AttemptRecord[],
  now: number,
): Promise<string[]> {
  if (records.length === 0) return []
  // A lease that is named twice ends with the first; the second is late.
  const first = new Map<string, AttemptRecord>()
  for (const one of records) {
    const key = leaseOf(one.delivery_id, one.lease)
    if (!first.has(key)) first.set(key, one)
  }
  const isFirst = (one: AttemptRecord) => first.get(leaseOf(one.delivery_id, one.lease)) === one
  const tried = records.flatMap((one) =>
    one.attempt === null
      ? []
      : [{ ...attemptToRow(one.attempt, false), lease: isFirst(one) ? one.lease : noLease }],
  )
  const { rows } = await session.ask<{ id: string; lease: number }>(record, [
    ...columnArrays(endedColumns, [...first.values()].map(endedFrom)),
    ...columnArrays(triedColumns, tried),
    now,
  ])
  const kept = new Set(rows.map(({ id, lease }) => leaseOf(id, lease)))
  const isKept = (one: AttemptRecord) => kept.has(leaseOf(one.delivery_id, one.lease)) && isFirst(one)
  await bringForward(session, records.filter(isKept), now)
  const tally = startTally()
  for (const one of records) if (isKept(one)) countOutcome(tally, one)
  await together([keepCounts(session, tally), recordHealth(session, records.filter(isKept), now)])
  const late = records.filter((one) => !isKept(one))
  const lateIds = late.map(({ delivery_id }) => delivery_id)
  if (late.length > 0) {
    const attemptIds = late.flatMap(({ attempt }) => (attempt ? [attempt.id] : []))
    await session.ask(blankLate, [textArray(lateIds), textArray(attemptIds)])
  }
  return lateIds
}

/**
 * Makes the first delivery of each line due, where it was put aside. It is written even where it was not: a claim that is
 * just putting it aside has it locked, or must find that it has changed. See `claim.ts`.
 */
const forward: Statement = {
  name: 'lines_bring_forward',
  text: `UPDATE unsettled_deliveries d SET due_at = CASE WHEN d.aside = 1 THEN $4 ELSE d.due_at END, aside = 0
    WHERE d.id = ANY (ARRAY(
      SELECT (SELECT e.id FROM unsettled_deliveries e
        WHERE e.webhook_id = line.webhook_id AND e.record_kind = line.record_kind AND e.record_id = line.record_id
          AND e.purpose = 'event'
        ORDER BY e.sequence, e.id LIMIT 1)
      FROM unnest($1::text[], $2::text[], $3::text[]) AS line (webhook_id, record_kind, record_id)))`,
}

async function bringForward(session: Session, records: readonly AttemptRecord[], now: number): Promise<void> {
  const lines = records.flatMap(({ webhook_id, releases, next }) =>
    releases === null || next.state === 'waiting' ? [] : [{ webhook_id, ...releases }],
  )
  if (lines.length === 0) return
  await session.ask(forward, [
    textArray(lines.map(({ webhook_id }) => webhook_id)),
    textArray(lines.map(({ kind }) => kind)),
    textArray(lines.map(({ id }) => id)),
    now,
  ])
}

function endedFrom({ delivery_id, account_id, lease, attempt, next }: AttemptRecord): Ended {
  const waiting = next.state === 'waiting'
  return {
    id: delivery_id,
    account_id,
    lease,
    state: next.state,
    reason: waiting ? null : next.reason,
    due_at: waiting ? next.due_at : null,
    tried: attempt === null ? 0 : 1,
    counted: countsAsAttempt({ attempt, next }) ? 1 : 0,
    status_code: attempt?.response?.status_code ?? null,
  }
}
