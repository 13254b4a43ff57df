import type { Kysely } from 'kysely'
import { tokenFromRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { TokenReads, TokenWrites } from '../store.ts'

export function tokenReads(db: Kysely<Schema>): TokenReads {
  const tokens = () => db.selectFrom('tokens').select(['id', 'account_id', 'kind', 'name', 'created_at'])
  return {
    async findByHash(hash) {
      const row = await tokens().where('hash', '=', hash).executeTakeFirst()
      return row ? tokenFromRow(row) : null
    },
    async list(accountId, page) {
      let query = tokens().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(tokenFromRow)
    },
  }
}

export function tokenWrites(db: Kysely<Schema>): TokenWrites {
  return {
    ...tokenReads(db),
    async insert(token, hash) {
      await db
        .insertInto('tokens')
        .values({ ...token, hash })
        .execute()
    },
    async upsert(token, hash) {
      const { account_id, kind, name } = token
      await db
        .insertInto('tokens')
        .values({ ...token, hash })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ account_id, kind, name, hash }))
        .execute()
    },
    async delete(accountId, tokenId) {
      const result = await db
        .deleteFrom('tokens')
        .where('id', '=', tokenId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
  }
}
