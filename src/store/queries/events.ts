import { sql, type Kysely } from 'kysely'
import { firstIdAt } from '../../runtime/ids.ts'
import { eventFromRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { EventFilter, EventReads, Page } from '../store.ts'
import { eventIdsOf } from './record-chain.ts'

export function eventReads(db: Kysely<Schema>): EventReads {
  const whole = ['event', 'config_version', 'decisions'] as const
  const events = (accountId: string) => db.selectFrom('events').where('account_id', '=', accountId)

  function pageOf(accountId: string, { type, record, since, until }: EventFilter, page: Page) {
    let query = events(accountId)
    if (type !== undefined) query = query.where('type', '=', type)
    if (record) query = query.where('id', 'in', eventIdsOf(accountId, record))
    // An expression, so that the record's events are looked up and not the account's gone through in the order of their
    // ids: SQLite cannot know that a record has few.
    const id = record ? sql<string>`id || ''` : sql<string>`id`
    if (since !== undefined) query = query.where(id, '>=', firstIdAt('evt', since))
    if (until !== undefined) query = query.where(id, '<', firstIdAt('evt', until))
    if (page.after !== undefined) query = query.where(id, '<', page.after)
    return query.orderBy(id, 'desc').limit(page.limit)
  }

  return {
    async get(accountId, eventId) {
      const row = await events(accountId).select(whole).where('id', '=', eventId).executeTakeFirst()
      return row ? eventFromRow(row) : null
    },
    async list(accountId, filter, page) {
      const rows = await pageOf(accountId, filter, page).select(whole).execute()
      return rows.map(eventFromRow)
    },
    texts: (accountId, filter, page) =>
      pageOf(accountId, filter, page).select(['id', 'event as text']).execute(),
  }
}
