import { sql } from 'kysely'
import type { FindIn } from '../queries/delivery-search.ts'

/** All of it is looked at on the reader's thread, by its function `holds`; only ids come back. */
export const findInSqlite: FindIn = async (db, accountId, deliveries, text) => {
  const ids = deliveries.map(({ id }) => id)
  const attempts = await db
    .selectFrom('attempts')
    .select('delivery_id')
    .distinct()
    .where('delivery_id', 'in', ids)
    .where('account_id', '=', accountId)
    .where(
      sql<boolean>`(holds(json_extract(request, '$.url'), ${text}) or holds(reason, ${text})
        or holds(detail, ${text}) or holds(response_body, ${text}))`,
    )
    .execute()
  const events = await db
    .selectFrom('events')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', [...new Set(deliveries.map(({ event_id }) => event_id))])
    .where(sql<boolean>`holds(json_extract(event, '$.current.name'), ${text})`)
    .execute()
  const named = new Set(events.map(({ id }) => id))
  const found = deliveries.filter(({ event_id }) => named.has(event_id)).map(({ id }) => id)
  return new Set([...found, ...attempts.map(({ delivery_id }) => delivery_id)])
}
