/** Which deliveries were sent again: found by the replays of their events, which few deliveries are. */
import { sql, type Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { DeliveryReads, SentAgain } from '../store.ts'
import { chunks } from './chunks.ts'
import { wanted } from './wanted.ts'

// In this order a replay that settles meanwhile is found twice, and settled in the end.
const tables = ['unsettled_deliveries', 'settled_deliveries'] as const

/** `purpose = 'replay'`, in these words: without them neither database may use the partial indexes of replays. */
const isReplayOf = (other: string) => sql`webhook_id = ${sql.ref(`${other}.webhook_id`)}
  AND event_id = ${sql.ref(`${other}.event_id`)} AND purpose = 'replay' AND id > ${sql.ref(`${other}.id`)}`

/**
 * Of settled deliveries, those that were sent again, or were not; as of the moment before `bound`, where that is given: the
 * id of a delivery.
 */
export function wasSentAgain(accountId: string, wish: boolean, bound?: string) {
  const until = bound === undefined ? sql`` : sql`AND r.id < ${bound}`
  const [unsettled, settled] = tables.map(
    (table) => sql`EXISTS (SELECT 1 FROM ${sql.table(table)} r WHERE r.account_id = ${accountId}
      AND r.webhook_id = settled_deliveries.webhook_id AND r.event_id = settled_deliveries.event_id
      AND r.purpose = 'replay' AND r.id > settled_deliveries.id ${until})`,
  )
  return wish
    ? sql<boolean>`(${unsettled} OR ${settled})`
    : sql<boolean>`(NOT ${unsettled} AND NOT ${settled})`
}

export async function readSentAgain(
  db: Kysely<Schema>,
  ...[accountId, deliveries]: Parameters<DeliveryReads['sentAgain']>
): Promise<Map<string, SentAgain>> {
  const found = new Map<string, SentAgain>()
  for (const table of tables) {
    for (const some of chunks(deliveries)) {
      const { rows } = await sql<SentAgain & { first_id: string }>`
        ${wanted(
          ['webhook_id', 'event_id', 'id'],
          some.map(({ webhook_id, event_id, id }) => [webhook_id, event_id, id]),
        )}
        SELECT wanted.id AS first_id, r.id, r.state, r.created_at,
          ${table === 'settled_deliveries' ? sql`r.reason` : sql`NULL`} AS reason
        FROM wanted CROSS JOIN ${sql.table(table)} r
        WHERE r.account_id = ${accountId} AND r.id = (
          SELECT max(id) FROM ${sql.table(table)} WHERE account_id = ${accountId} AND ${isReplayOf('wanted')})`.execute(
        db,
      )
      for (const { first_id, ...again } of rows) {
        const known = found.get(first_id)
        if (!known || known.id <= again.id) found.set(first_id, again)
      }
    }
  }
  return found
}
