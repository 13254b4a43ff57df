import { sql, type Kysely } from 'kysely'
import { replayFromRow, replayToRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { PastReplay, ReplayReads, ReplayWrites } from '../store.ts'
import { chunks } from './chunks.ts'
import type { Where } from './deliveries.ts'
import { tallyReplays } from './replay-tallies.ts'
import { countItems, readItems } from './replay-items.ts'

export function replayReads(db: Kysely<Schema>): ReplayReads {
  const replays = () => db.selectFrom('replays').selectAll()
  return {
    async get(accountId, replayId) {
      const row = await replays()
        .where('id', '=', replayId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? replayFromRow(row) : null
    },
    async list(accountId, page) {
      let query = replays().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(replayFromRow)
    },
    async due(now, limit) {
      const rows = await replays()
        .where(sql<boolean>`state = 'running'`)
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(replayFromRow)
    },
    stretch: (replay, limit) => readItems(db, replay, limit),
    count: (replay, max) => countItems(db, replay, max),
    tallies: (accountId, replayIds, max) => tallyReplays(db, accountId, replayIds, max),
    async missed(accountId, webhookId, max) {
      const canceled = await db
        .selectFrom(stillMissed(db, accountId, webhookId, max).as('some'))
        .select((eb) => [
          eb.fn.count<number>('event_id').distinct().as('count'),
          eb.fn.min('created_at').as('since'),
        ])
        .executeTakeFirstOrThrow()
      const decided = await db
        .selectFrom((eb) =>
          eb
            .selectFrom('missed')
            .innerJoin('events', (join) =>
              join
                .onRef('events.account_id', '=', 'missed.account_id')
                .onRef('events.id', '=', 'missed.event_id'),
            )
            .select('events.received_at')
            .where('missed.account_id', '=', accountId)
            .where('missed.webhook_id', '=', webhookId)
            .orderBy('missed.event_id')
            .limit(max)
            .as('some'),
        )
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('received_at').as('since')])
        .executeTakeFirstOrThrow()
      const times = [canceled.since, decided.since].flatMap((since) =>
        since === null ? [] : [Number(since)],
      )
      return {
        count: Number(canceled.count) + Number(decided.count),
        since: times.length === 0 ? null : Math.min(...times),
      }
    },
  }
}

/** `lock` reads without a lock: enough where there is one writer. */
export function replayWrites(db: Kysely<Schema>): Omit<ReplayWrites, 'addMissed'> {
  return {
    ...replayReads(db),
    async insert(replay) {
      await db.insertInto('replays').values(replayToRow(replay)).execute()
    },
    async lock(replayId) {
      const row = await db
        .selectFrom('replays')
        .selectAll()
        .where('id', '=', replayId)
        .where('state', '=', 'running')
        .executeTakeFirst()
      return row ? replayFromRow(row) : null
    },
    async made(accountId, eventIds) {
      const made = new Map<string, PastReplay[]>()
      for (const some of chunks(eventIds)) {
        const kept = await db
          .selectFrom('events')
          .select('id')
          .where('account_id', '=', accountId)
          .where('id', 'in', some)
          .execute()
        for (const { id } of kept) made.set(id, [])
        // Unsettled ones first: one that settles meanwhile is found twice rather than not at all.
        for (const table of ['unsettled_deliveries', 'settled_deliveries'] as const) {
          const rows = await db
            .selectFrom(table)
            .select(['id', 'webhook_id', 'event_id', 'state'])
            .where('event_id', 'in', some)
            .where('purpose', '=', 'replay')
            // An expression, so that the index on events is used: SQLite cannot know that an event has few deliveries.
            .where(sql<boolean>`account_id || '' = ${accountId}`)
            .execute()
          for (const { event_id, ...row } of rows)
            made.get(event_id)?.push({ ...row, state: row.state as PastReplay['state'] })
        }
      }
      return made
    },
    async update(replay) {
      const { state, cursor, total, done, created, skipped, next_at, updated_at } = replay
      await db
        .updateTable('replays')
        .set({ state, cursor, total, done, created, skipped, next_at, updated_at })
        .where('id', '=', replay.id)
        .where('account_id', '=', replay.account_id)
        .execute()
    },
    async cancel(accountId, replayId, now) {
      const result = await db
        .updateTable('replays')
        .set({ state: 'canceled', updated_at: now })
        .where('id', '=', replayId)
        .where('account_id', '=', accountId)
        .where('state', '=', 'running')
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    async removeMissed(accountId, webhookId, eventIds) {
      for (const some of chunks(eventIds)) {
        await db
          .deleteFrom('missed')
          .where('account_id', '=', accountId)
          .where('webhook_id', '=', webhookId)
          .where('event_id', 'in', some)
          .execute()
      }
    },
  }
}

/** Deliveries that disabling canceled, and of which no replay got through or is under way. */
function stillMissed(db: Kysely<Schema>, accountId: string, webhookId: string, max: number) {
  const replayed = (table: 'unsettled_deliveries' | 'settled_deliveries', state: Where) =>
    sql<boolean>`not exists (select 1 from ${sql.table(table)} r where r.event_id = settled_deliveries.event_id
      and r.webhook_id = ${webhookId} and r.purpose = 'replay' and r.id || '' > settled_deliveries.id and ${state})`
  return db
    .selectFrom('settled_deliveries')
    .select(['event_id', 'created_at'])
    .where('account_id', '=', accountId)
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'canceled')
    .where('reason', '=', 'webhook_disabled')
    .where(replayed('unsettled_deliveries', sql`true`))
    .where(replayed('settled_deliveries', sql`r.state = 'delivered'`))
    .orderBy('id')
    .limit(max)
}
