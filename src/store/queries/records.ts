import { sql, type Kysely } from 'kysely'
import { recordFromRow, searchPattern } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { RecordReads } from '../store.ts'

export function recordReads(db: Kysely<Schema>): RecordReads {
  const records = () =>
    db
      .selectFrom('records')
      .select([
        'account_id',
        'kind',
        'id',
        'state',
        'fields',
        'sequence',
        'last_event_id',
        'as_of',
        'created_at',
        'updated_at',
      ])
  return {
    async get(accountId, ref) {
      const row = await records()
        .where('account_id', '=', accountId)
        .where('kind', '=', ref.kind)
        .where('id', '=', ref.id)
        .where('state', '<>', 'unknown')
        .executeTakeFirst()
      return row ? recordFromRow(row) : null
    },
    async list(accountId, kind, { search }, page) {
      let query = records()
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .where('state', '=', 'present')
      if (search) query = query.where(sql<boolean>`search like ${searchPattern(search)} escape '!'`)
      if (page.after !== undefined) query = query.where('id', '>', page.after)
      const rows = await query.orderBy('id').limit(page.limit).execute()
      return rows.map(recordFromRow)
    },
  }
}
