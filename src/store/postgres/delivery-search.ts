import { sql } from 'kysely'
import { holds } from '../holds.ts'
import type { FindIn } from '../queries/delivery-search.ts'

/** Looked at here: how PostgreSQL folds letters depends on how its database was made, and may know only ASCII. */
export const findInPostgres: FindIn = async (db, accountId, deliveries, text) => {
  const ids = deliveries.map(({ id }) => id)
  const attempts = await db
    .selectFrom('attempts')
    .select(['delivery_id', 'reason', 'detail', 'response_body'])
    .select(sql<string | null>`request::json ->> 'url'`.as('url'))
    .where('delivery_id', 'in', ids)
    .where('account_id', '=', accountId)
    .execute()
  const events = await db
    .selectFrom('events')
    .select(['id', sql<string | null>`event::json -> 'current' ->> 'name'`.as('name')])
    .where('account_id', '=', accountId)
    .where('id', 'in', [...new Set(deliveries.map(({ event_id }) => event_id))])
    .execute()
  const named = new Set(events.filter(({ name }) => holds(name, text)).map(({ id }) => id))
  const found = deliveries.filter(({ event_id }) => named.has(event_id)).map(({ id }) => id)
  for (const { delivery_id, url, reason, detail, response_body } of attempts) {
    if ([url, reason, detail, response_body].some((value) => holds(value, text))) found.push(delivery_id)
  }
  return new Set(found)
}
