import { sql, type Kysely } from 'kysely'
import type { CrmSource, JsonObject } from '../../model/index.ts'
import type { Vault } from '../../runtime/vault.ts'
import { sourceCallFromRow, sourceCallToRow, type Row } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { SourceReads, SourceWrites } from '../store.ts'

export function sourceReads(db: Kysely<Schema>, vault: Vault): SourceReads {
  const sources = () => db.selectFrom('sources').selectAll()
  return {
    async get(accountId, sourceId) {
      const row = await sources()
        .where('id', '=', sourceId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? sourceFromRow(row, vault) : null
    },
    async list(accountId, page) {
      let query = sources().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map((row) => sourceFromRow(row, vault))
    },
    async findByToken(token) {
      const row = await sources().where('token', '=', token).executeTakeFirst()
      return row ? sourceFromRow(row, vault) : null
    },
    async calls(accountId, sourceId, page) {
      let query = db
        .selectFrom('source_calls')
        .innerJoin('sources', 'sources.id', 'source_calls.source_id')
        .selectAll('source_calls')
        .where('source_calls.source_id', '=', sourceId)
        .where('sources.account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('source_calls.id', '<', page.after)
      const rows = await query.orderBy('source_calls.id', 'desc').limit(page.limit).execute()
      return rows.map(sourceCallFromRow)
    },
  }
}

export function sourceWrites(db: Kysely<Schema>, vault: Vault): SourceWrites {
  return {
    ...sourceReads(db, vault),
    async insert(source) {
      await db.insertInto('sources').values(sourceToRow(source, vault)).execute()
    },
    async update({ id, account_id, name, options, status, updated_at }) {
      await db
        .updateTable('sources')
        .set({ name, options: JSON.stringify(options), status, updated_at })
        .where('id', '=', id)
        .where('account_id', '=', account_id)
        .execute()
    },
    async delete(accountId, sourceId) {
      const result = await db
        .deleteFrom('sources')
        .where('id', '=', sourceId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    async recordCall(call, keep) {
      const { at, items, problems } = call
      // It takes the source's row: two calls are counted and kept one after the other.
      const counted = await db
        .updateTable('sources')
        .set({
          calls: sql`calls + 1`,
          items: sql`items + ${items}`,
          problems: sql`problems + ${problems.length}`,
          last_call_at: sql`case when last_call_at > ${at} then last_call_at else ${at} end`,
        })
        .where('id', '=', call.source_id)
        .executeTakeFirst()
      // A call may outlive its source by a moment.
      if (counted.numUpdatedRows === 0n || problems.length === 0) return
      await db.insertInto('source_calls').values(sourceCallToRow(call)).execute()
      await keepNewest(db, call.source_id, keep)
    },
  }
}

async function keepNewest(db: Kysely<Schema>, sourceId: string, keep: number): Promise<void> {
  await db
    .deleteFrom('source_calls')
    .where('source_id', '=', sourceId)
    .where('id', '<=', (eb) =>
      eb
        .selectFrom('source_calls')
        .select('id')
        .where('source_id', '=', sourceId)
        .orderBy('id', 'desc')
        .limit(1)
        .offset(keep),
    )
    .execute()
}

function secretOwner({ account_id, id }: Pick<CrmSource, 'account_id' | 'id'>): string {
  return `${account_id} ${id}`
}

function sourceToRow(source: CrmSource, vault: Vault): Row<'sources'> {
  return {
    ...source,
    secret: vault.seal(source.secret, secretOwner(source)),
    options: JSON.stringify(source.options),
  }
}

/** Throws where the secret was sealed with another key. */
export function sourceFromRow(row: Row<'sources'>, vault: Vault): CrmSource {
  return {
    ...row,
    secret: vault.open(row.secret, secretOwner(row)),
    options: JSON.parse(row.options) as JsonObject,
    status: row.status as CrmSource['status'],
  }
}
