import { sql, type Kysely } from 'kysely'
import { accountFromRow, accountToRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { AccountReads, AccountWrites } from '../store.ts'

export function accountReads(db: Kysely<Schema>): AccountReads {
  const accounts = () => db.selectFrom('accounts').selectAll()
  return {
    async get(accountId) {
      const row = await accounts().where('id', '=', accountId).executeTakeFirst()
      return row ? accountFromRow(row) : null
    },
    async findByExternalId(externalId) {
      const row = await accounts().where('external_id', '=', externalId).executeTakeFirst()
      return row ? accountFromRow(row) : null
    },
    async first() {
      const row = await accounts().orderBy('created_at').orderBy('id').limit(1).executeTakeFirst()
      return row ? accountFromRow(row) : null
    },
  }
}

export function accountWrites(db: Kysely<Schema>): AccountWrites {
  return {
    ...accountReads(db),
    async insert(account) {
      await db.insertInto('accounts').values(accountToRow(account)).execute()
    },
    async update(accountId, { strict, ...change }) {
      await db
        .updateTable('accounts')
        .set({ ...change, ...(strict === undefined ? {} : { strict: strict ? 1 : 0 }) })
        .set({ schema_version: sql`schema_version + 1` })
        .where('id', '=', accountId)
        .execute()
    },
  }
}
