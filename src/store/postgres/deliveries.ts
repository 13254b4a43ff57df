import { deliveryToRow, type Row } from '../rows.ts'
import { lineKey } from '../store.ts'
import type { DeliveryWrites, LineKey } from '../store.ts'
import { startTally } from '../tally.ts'
import { columnArrays, names, textArray, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'
import { countedAlong, journalArrays, journalParameters, keepCounts } from './stats.ts'

type DeliveryRow = Omit<Row<'unsettled_deliveries'>, 'aside'>

/** What settled and unsettled deliveries both have. */
export const deliveryColumns: Columns<Omit<DeliveryRow, 'state'>> = {
  id: 'text',
  account_id: 'text',
  webhook_id: 'text',
  event_id: 'text',
  event_type: 'text',
  record_kind: 'text',
  record_id: 'text',
  sequence: 'bigint',
  purpose: 'text',
  attempts: 'bigint',
  due_at: 'bigint',
  expires_at: 'bigint',
  lease: 'bigint',
  last_status_code: 'bigint',
  created_at: 'bigint',
  replay_of: 'text',
  replay_attempt_id: 'text',
  replay_id: 'text',
}

const unsettledColumns: Columns<DeliveryRow> = { ...deliveryColumns, state: 'text' }

/** A webhook that was drained and is disabled still gets deliveries, by tests and replays; they must be found again. */
const insert: Statement = {
  name: 'deliveries_insert',
  text: `WITH undrained AS (
      UPDATE webhooks SET drained = 0
      WHERE id = ANY ($1::text[]) AND drained = 1 AND status IN ('disabled', 'deleted')
    ), ${countedAlong(2)}
    INSERT INTO unsettled_deliveries (${names(unsettledColumns)})
    SELECT ${names(unsettledColumns)} FROM ${unnest(unsettledColumns, 'made', 2 + journalParameters)}`,
}

const lines: Statement = {
  name: 'deliveries_lines',
  text: `SELECT DISTINCT webhook_id, kind, id FROM unnest($1::text[], $2::text[], $3::text[]) AS line (webhook_id, kind, id)
    WHERE (SELECT 1 FROM unsettled_deliveries d
      WHERE d.webhook_id = line.webhook_id AND d.record_kind = line.kind AND d.record_id = line.id
        AND d.purpose = 'event' LIMIT 1) IS NOT NULL`,
}

/** Those under a lease that has not ended stay: their attempt is under way, and its outcome settles them. */
const cancelStranded: Statement = {
  name: 'deliveries_cancel_stranded',
  text: `WITH stranded AS (
      SELECT d.id, w.status FROM webhooks w
      JOIN unsettled_deliveries d ON d.account_id = w.account_id AND d.webhook_id = w.id
      WHERE w.drained = 0 AND w.status IN ('disabled', 'deleted') AND (d.state <> 'sending' OR d.due_at <= $2)
        AND ($3::text IS NULL OR w.account_id = $3)
      LIMIT $1 FOR UPDATE OF d SKIP LOCKED
    ), gone AS (
      DELETE FROM unsettled_deliveries d USING stranded WHERE d.id = stranded.id
      RETURNING ${names(deliveryColumns, 'd')}, stranded.status
    )
    INSERT INTO settled_deliveries (${names(deliveryColumns)}, state, reason, settled_at)
    SELECT ${names(deliveryColumns)}, 'canceled', 'webhook_' || status, $2::bigint FROM gone
    RETURNING id, account_id, webhook_id`,
}

/**
 * Off the list only once a transaction that began before the webhook was disabled must have ended: it may still bring a
 * delivery. Above the limit on idle transactions.
 */
const settleMs = 60_000

const markDrained: Statement = {
  name: 'webhooks_mark_drained',
  text: `UPDATE webhooks w SET drained = 1
    WHERE w.drained = 0 AND w.status IN ('disabled', 'deleted') AND w.updated_at <= $1 AND NOT EXISTS (
      SELECT FROM unsettled_deliveries d WHERE d.account_id = w.account_id AND d.webhook_id = w.id
    )`,
}

/** `onDue` is called when a delivery was inserted that any process may claim at once. */
export function deliveryHotWrites(
  session: Session,
  now: () => number,
  onDue: () => void,
): Pick<DeliveryWrites, 'lines' | 'insert' | 'cancelStranded'> {
  return {
    async lines(keys) {
      const { rows } = await session.ask<LineKey['record'] & { webhook_id: string }>(lines, [
        textArray(keys.map(({ webhook_id }) => webhook_id)),
        textArray(keys.map(({ record }) => record.kind)),
        textArray(keys.map(({ record }) => record.id)),
      ])
      return new Set(rows.map(({ webhook_id, ...record }) => lineKey({ webhook_id, record })))
    },
    async insert(deliveries) {
      if (deliveries.length === 0) return
      const webhookIds = [...new Set(deliveries.map(({ webhook_id }) => webhook_id))].sort()
      const parameters = columnArrays(unsettledColumns, deliveries.map(deliveryToRow))
      const tally = startTally()
      for (const { account_id, webhook_id, id } of deliveries) tally.add(account_id, webhook_id, id, 'made')
      await session.ask(insert, [textArray(webhookIds), ...journalArrays(tally), ...parameters])
      const present = now()
      if (deliveries.some(({ state, due_at }) => state === 'pending' && due_at <= present)) onDue()
    },
    async cancelStranded(limit, at, accountId) {
      const { rows, count } = await session.ask<Pick<DeliveryRow, 'id' | 'account_id' | 'webhook_id'>>(
        cancelStranded,
        [limit, at, accountId ?? null],
      )
      const tally = startTally()
      for (const { account_id, webhook_id, id } of rows) tally.add(account_id, webhook_id, id, 'canceled')
      await keepCounts(session, tally)
      if (count < limit) await session.ask(markDrained, [at - settleMs])
      return count
    },
  }
}
