import { sql, type Kysely } from 'kysely'
import { firstIdAt } from '../../runtime/ids.ts'
import type { Schema } from '../schema.ts'
import { stepMs } from '../stats.ts'
import type { RetentionReads, RetentionWrites } from '../store.ts'

export function retentionReads(db: Kysely<Schema>): RetentionReads {
  return {
    async accounts(page) {
      let query = db.selectFrom('accounts').select(['id', 'retention_days'])
      if (page.after !== undefined) query = query.where('id', '>', page.after)
      return query.orderBy('id').limit(page.limit).execute()
    },
  }
}

/** Ids sort by time, so that what is too old is the beginning of an index, and finding it costs what is deleted. */
export function retentionWrites(db: Kysely<Schema>): RetentionWrites {
  return {
    async expireEvents(accountId, { before, after, limit }) {
      let query = db
        .selectFrom('events')
        .select('id')
        .where('account_id', '=', accountId)
        .where('id', '<', firstIdAt('evt', before))
      if (after !== null) query = query.where('id', '>', after)
      const ids = (await query.orderBy('id').limit(limit).execute()).map(({ id }) => id)
      if (ids.length === 0) return { deleted: 0, last: null }
      const rows = await db
        .selectFrom('unsettled_deliveries')
        .select('event_id')
        .distinct()
        .where('event_id', 'in', ids)
        .execute()
      const needed = new Set(rows.map(({ event_id }) => event_id))
      // The chain that leads to them from later events breaks; apart from it they are still found.
      if (needed.size > 0)
        await db
          .updateTable('events')
          .set({ previous_id: null })
          .where('account_id', '=', accountId)
          .where('id', 'in', [...needed])
          .execute()
      const old = ids.filter((id) => !needed.has(id))
      if (old.length > 0)
        await db.deleteFrom('events').where('account_id', '=', accountId).where('id', 'in', old).execute()
      return { deleted: old.length, last: ids.at(-1)! }
    },
    async expireHistory(accountId, before, limit) {
      let deleted = await expireDeliveries(db, accountId, before, limit)
      deleted += await expireReceived(db, accountId, before, limit)
      deleted += await expireImports(db, accountId, before, limit)
      for (const [table, first] of [
        ['audit', firstIdAt('aud', before)],
        ['erasures', firstIdAt('ers', before)],
        ['replays', firstIdAt('rpl', before)],
      ] as const) {
        const old = sql.raw(finished[table])
        const result = await sql`DELETE FROM ${sql.table(table)} WHERE account_id = ${accountId} AND id IN (
          SELECT id FROM ${sql.table(table)} WHERE account_id = ${accountId} AND id < ${first} ${old}
          ORDER BY id LIMIT ${limit})`.execute(db)
        deleted += Number(result.numAffectedRows ?? 0)
      }
      const counters = await sql`DELETE FROM firings WHERE (account_id, webhook_id, subject) IN (
        SELECT account_id, webhook_id, subject FROM firings WHERE account_id = ${accountId} AND webhook_id IN (
          SELECT id FROM webhooks WHERE account_id = ${accountId} AND status = 'deleted') LIMIT ${limit})`.execute(
        db,
      )
      const missed = await sql`DELETE FROM missed WHERE (account_id, webhook_id, event_id) IN (
        SELECT account_id, webhook_id, event_id FROM missed
        WHERE account_id = ${accountId} AND event_id < ${firstIdAt('evt', before)} LIMIT ${limit})`.execute(
        db,
      )
      const sums = await sql`DELETE FROM stats_sums WHERE (account_id, webhook_id, step, start) IN (
        SELECT account_id, webhook_id, step, start FROM stats_sums
        WHERE account_id = ${accountId} AND start < ${before - stepMs.quarter} ORDER BY start LIMIT ${limit})`.execute(
        db,
      )
      for (const { numAffectedRows } of [counters, missed, sums]) deleted += Number(numAffectedRows ?? 0)
      return deleted
    },
  }
}

/** What is still being worked on is kept, however old. */
const finished = {
  audit: '',
  erasures: `AND state = 'done'`,
  replays: `AND state <> 'running'`,
} as const

async function expireDeliveries(
  db: Kysely<Schema>,
  accountId: string,
  before: number,
  limit: number,
): Promise<number> {
  const rows = await db
    .selectFrom('settled_deliveries')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '<', firstIdAt('dlv', before))
    .orderBy('id')
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await db.deleteFrom('attempts').where('delivery_id', 'in', ids).execute()
  await db
    .deleteFrom('settled_deliveries')
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
  return ids.length
}

/** Each inspector and source keeps few: the newest so many. */
async function expireReceived(
  db: Kysely<Schema>,
  accountId: string,
  before: number,
  limit: number,
): Promise<number> {
  const requests = await sql`DELETE FROM inspector_requests WHERE (inspector_id, id) IN (
    SELECT inspector_id, id FROM inspector_requests WHERE id < ${firstIdAt('req', before)} AND inspector_id IN (
      SELECT id FROM inspectors WHERE account_id = ${accountId}) LIMIT ${limit})`.execute(db)
  const calls = await sql`DELETE FROM source_calls WHERE (source_id, id) IN (
    SELECT source_id, id FROM source_calls WHERE at < ${before} AND source_id IN (
      SELECT id FROM sources WHERE account_id = ${accountId}) LIMIT ${limit})`.execute(db)
  return Number(requests.numAffectedRows ?? 0) + Number(calls.numAffectedRows ?? 0)
}

/** First its errors, some at a time; then the import, which has few rows of its own left. */
async function expireImports(
  db: Kysely<Schema>,
  accountId: string,
  before: number,
  limit: number,
): Promise<number> {
  const old = await db
    .selectFrom('imports')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '<', firstIdAt('imp', before))
    .where('state', '<>', 'running')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!old) return 0
  const errors = await sql`DELETE FROM import_errors WHERE import_id = ${old.id} AND line IN (
    SELECT line FROM import_errors WHERE import_id = ${old.id} ORDER BY line LIMIT ${limit})`.execute(db)
  const deleted = Number(errors.numAffectedRows ?? 0)
  if (deleted > 0) return deleted
  await db.deleteFrom('imports').where('id', '=', old.id).execute()
  return 1
}
