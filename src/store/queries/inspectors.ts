import type { Kysely } from 'kysely'
import { inspectorFromRow, inspectorRequestFromRow, inspectorRequestToRow, inspectorToRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { InspectorReads, InspectorWrites } from '../store.ts'
import { chunks } from './chunks.ts'

export function inspectorReads(db: Kysely<Schema>): InspectorReads {
  const inspectors = () => db.selectFrom('inspectors').selectAll()
  return {
    async get(accountId, inspectorId) {
      const row = await inspectors()
        .where('id', '=', inspectorId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? inspectorFromRow(row) : null
    },
    async list(accountId, page) {
      let query = inspectors().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(inspectorFromRow)
    },
    async findByToken(token) {
      const row = await inspectors().where('token', '=', token).executeTakeFirst()
      return row ? inspectorFromRow(row) : null
    },
    async requests(accountId, inspectorId, page) {
      let query = db
        .selectFrom('inspector_requests')
        .innerJoin('inspectors', 'inspectors.id', 'inspector_requests.inspector_id')
        .selectAll('inspector_requests')
        .where('inspector_requests.inspector_id', '=', inspectorId)
        .where('inspectors.account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('inspector_requests.id', '<', page.after)
      const rows = await query.orderBy('inspector_requests.id', 'desc').limit(page.limit).execute()
      return rows.map(inspectorRequestFromRow)
    },
  }
}

export function inspectorWrites(db: Kysely<Schema>): InspectorWrites {
  return {
    ...inspectorReads(db),
    async insert(inspector) {
      await db.insertInto('inspectors').values(inspectorToRow(inspector)).execute()
    },
    async update(inspector) {
      const { token, name, answer } = inspectorToRow(inspector)
      await db
        .updateTable('inspectors')
        .set({ token, name, answer })
        .where('id', '=', inspector.id)
        .where('account_id', '=', inspector.account_id)
        .execute()
    },
    async delete(accountId, inspectorId) {
      const result = await db
        .deleteFrom('inspectors')
        .where('id', '=', inspectorId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    async addRequests(requests, keep) {
      const wanted = [...new Set(requests.map((request) => request.inspector_id))]
      const present = new Set<string>()
      for (const some of chunks(wanted)) {
        const rows = await db.selectFrom('inspectors').select('id').where('id', 'in', some).execute()
        for (const { id } of rows) present.add(id)
      }
      // A request may outlive its inspector by a moment; it must not take the others' requests with it.
      const kept = requests.filter((request) => present.has(request.inspector_id))
      for (const some of chunks(kept)) {
        await db.insertInto('inspector_requests').values(some.map(inspectorRequestToRow)).execute()
      }
      for (const inspectorId of present) await keepNewest(db, inspectorId, keep)
    },
    async clearRequests(accountId, inspectorId) {
      await db
        .deleteFrom('inspector_requests')
        .where('inspector_id', 'in', (eb) =>
          eb
            .selectFrom('inspectors')
            .select('id')
            .where('id', '=', inspectorId)
            .where('account_id', '=', accountId),
        )
        .execute()
    },
  }
}

async function keepNewest(db: Kysely<Schema>, inspectorId: string, keep: number): Promise<void> {
  await db
    .deleteFrom('inspector_requests')
    .where('inspector_id', '=', inspectorId)
    .where('id', '<=', (eb) =>
      eb
        .selectFrom('inspector_requests')
        .select('id')
        .where('inspector_id', '=', inspectorId)
        .orderBy('id', 'desc')
        .limit(1)
        .offset(keep),
    )
    .execute()
}
