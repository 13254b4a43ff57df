import type { Kysely } from 'kysely'
import { importErrorFromRow, importErrorToRow, importFromRow, importToRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { ImportChunk, ImportReads, ImportWrites } from '../store.ts'
import { chunks as chunksOf } from './chunks.ts'

export function importReads(db: Kysely<Schema>): ImportReads {
  const imports = () => db.selectFrom('imports').selectAll()
  return {
    async get(accountId, importId) {
      const row = await imports()
        .where('id', '=', importId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? importFromRow(row) : null
    },
    async list(accountId, page) {
      let query = imports().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(importFromRow)
    },
    async errors(accountId, importId, { limit, after }) {
      let query = db
        .selectFrom('import_errors')
        .innerJoin('imports', 'imports.id', 'import_errors.import_id')
        .selectAll('import_errors')
        .where('import_errors.import_id', '=', importId)
        .where('imports.account_id', '=', accountId)
      if (after !== undefined) query = query.where('import_errors.line', '>', after)
      const rows = await query.orderBy('import_errors.line').limit(limit).execute()
      return rows.map(importErrorFromRow)
    },
    async running(limit) {
      const rows = await imports().where('state', '=', 'running').orderBy('id').limit(limit).execute()
      return rows.map(importFromRow)
    },
  }
}

/** `lockNext` reads without a lock: enough where there is one writer. */
export function importWrites(db: Kysely<Schema>): ImportWrites {
  return {
    ...importReads(db),
    async insert(recordImport, chunks) {
      await db.insertInto('imports').values(importToRow(recordImport)).execute()
      // One by one: each holds hundreds of lines already.
      for (const { number, lines } of chunks) {
        await db
          .insertInto('import_chunks')
          .values({ import_id: recordImport.id, number, lines: JSON.stringify(lines) })
          .execute()
      }
    },
    async lockNext(importId) {
      const row = await db
        .selectFrom('imports')
        .selectAll()
        .where('id', '=', importId)
        .where('state', '=', 'running')
        .executeTakeFirst()
      if (!row) return null
      const chunk = await db
        .selectFrom('import_chunks')
        .select(['number', 'lines'])
        .where('import_id', '=', importId)
        .orderBy('number')
        .limit(1)
        .executeTakeFirst()
      if (!chunk) return null
      const lines = JSON.parse(chunk.lines) as ImportChunk['lines']
      return { recordImport: importFromRow(row), chunk: { number: chunk.number, lines } }
    },
    async finishChunk(recordImport, chunk, errors) {
      const {
        id,
        account_id,
        kind: _k,
        format: _f,
        fire: _,
        made_by: _m,
        created_at: _c,
        ...change
      } = recordImport
      await db
        .updateTable('imports')
        .set(change)
        .where('id', '=', id)
        .where('account_id', '=', account_id)
        .execute()
      for (const some of chunksOf(errors)) {
        await db
          .insertInto('import_errors')
          .values(some.map((error) => importErrorToRow(id, error)))
          .execute()
      }
      await db
        .deleteFrom('import_chunks')
        .where('import_id', '=', id)
        .where('number', '=', chunk.number)
        .execute()
    },
    async cancel(accountId, importId, now) {
      const result = await db
        .updateTable('imports')
        .set({ state: 'canceled', updated_at: now })
        .where('id', '=', importId)
        .where('account_id', '=', accountId)
        .where('state', '=', 'running')
        .executeTakeFirst()
      if (result.numUpdatedRows === 0n) return false
      await db.deleteFrom('import_chunks').where('import_id', '=', importId).execute()
      return true
    },
  }
}
