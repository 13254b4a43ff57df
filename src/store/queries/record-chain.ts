import { sql, type RawBuilder } from 'kysely'
import type { RecordRef } from '../../model/index.ts'

/**
 * The ids of a record's events: its chain from the last event on, and those that stand in none (of before there were chains,
 * and the server's own). Ids come in no order.
 */
export function eventIdsOf(accountId: string, { kind, id }: RecordRef): RawBuilder<string> {
  const last = sql`SELECT last_event_id FROM records
    WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id}`
  return chainFrom(accountId, { kind, id }, { first: last, after: -1 })
}

/**
 * Of its events behind the sequence `after`, the first `count` and some more: what is asked for a part at a time need not
 * walk the whole chain each time.
 */
export function someEventIdsOf(
  accountId: string,
  { kind, id }: RecordRef,
  { after, count }: { after: number; count: number },
): RawBuilder<string> {
  // Word for word the condition of the index `events_apart`.
  const first = sql`SELECT coalesce(
    (SELECT id FROM events
      WHERE account_id = ${accountId} AND record_kind = ${kind} AND record_id = ${id}
        AND sequence % 64 = 0 AND sequence >= ${after + count} AND previous_id IS NOT NULL
      ORDER BY sequence LIMIT 1),
    (SELECT last_event_id FROM records WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id}))`
  return chainFrom(accountId, { kind, id }, { first, after })
}

function chainFrom(
  accountId: string,
  { kind, id }: RecordRef,
  { first, after }: { first: RawBuilder<unknown>; after: number },
): RawBuilder<string> {
  return sql`(WITH RECURSIVE first (id) AS (${first}),
    chain (id, previous_id) AS (
      SELECT e.id, e.previous_id FROM first JOIN events e ON e.account_id = ${accountId} AND e.id = first.id
      WHERE e.sequence > ${after}
      UNION ALL
      SELECT e.id, e.previous_id FROM chain JOIN events e ON e.account_id = ${accountId} AND e.id = chain.previous_id
      WHERE e.sequence > ${after})
    SELECT id FROM chain
    UNION ALL
    SELECT id FROM events
    WHERE account_id = ${accountId} AND record_kind = ${kind} AND record_id = ${id} AND previous_id IS NULL
      AND sequence > ${after})`
}
