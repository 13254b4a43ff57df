import type { Kysely } from 'kysely'
import type { Demo, DemoThings } from '../../model/index.ts'
import type { Schema } from '../schema.ts'
import type { DemoReads, DemoWrites } from '../store.ts'
import { areBeingSent } from './being-sent.ts'
import { attemptCount } from '../stats.ts'
import { startTally } from '../tally.ts'
import { chunks } from './chunks.ts'
import { addToJournal } from './stats.ts'

export function demoReads(db: Kysely<Schema>): DemoReads {
  return {
    async get(accountId) {
      const row = await db
        .selectFrom('demos')
        .selectAll()
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? { ...row, made: JSON.parse(row.made) as DemoThings } : null
    },
  }
}

export function demoWrites(db: Kysely<Schema>): DemoWrites {
  return {
    ...demoReads(db),
    async insert(demo) {
      await db.insertInto('demos').values(demoToRow(demo)).execute()
    },
    async update(demo) {
      const { account_id, ...change } = demoToRow(demo)
      await db.updateTable('demos').set(change).where('account_id', '=', account_id).execute()
    },
    async delete(accountId) {
      const { numDeletedRows } = await db
        .deleteFrom('demos')
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    async purge(accountId, { records, webhooks }, now) {
      const events = new Set<string>()
      const deliveries = new Set<string>()
      const kinds = Map.groupBy(records, ({ kind }) => kind)
      for (const [kind, some] of kinds)
        await findEvents(db, accountId, { kind, ids: some.map(({ id }) => id) }, events)
      await findEvents(db, accountId, { kind: 'webhook', ids: webhooks }, events)
      await findDeliveries(db, accountId, 'webhook_id', webhooks, deliveries)
      await findDeliveries(db, accountId, 'event_id', [...events], deliveries)
      // The server tells of deliveries that died by events of its own, and those may have been sent, too.
      const deaths = new Set<string>()
      await findEvents(db, accountId, { kind: 'delivery', ids: [...deliveries] }, deaths)
      await findDeliveries(db, accountId, 'event_id', [...deaths], deliveries)
      for (const id of deaths) events.add(id)

      if (await areBeingSent(db, accountId, 'id', [...deliveries], now)) return false
      await takeBack(db, accountId, [...events], [...deliveries])
      await removeHistory(db, accountId, [...events], [...deliveries])
      for (const [kind, some] of kinds) {
        for (const few of chunks(some.map(({ id }) => id))) {
          const of = few.map((id) => `${kind} ${id}`)
          await db
            .deleteFrom('firings')
            .where('account_id', '=', accountId)
            .where('subject', 'in', of)
            .execute()
          await db
            .deleteFrom('records')
            .where('account_id', '=', accountId)
            .where('kind', '=', kind)
            .where('id', 'in', few)
            .execute()
        }
      }
      await removeWebhooks(db, accountId, webhooks)
      return true
    },
  }
}

function demoToRow({ made, ...row }: Demo) {
  return { ...row, made: JSON.stringify(made) }
}

async function findEvents(
  db: Kysely<Schema>,
  accountId: string,
  { kind, ids }: { kind: string; ids: string[] },
  into: Set<string>,
): Promise<void> {
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom('events')
      .select('id')
      .where('account_id', '=', accountId)
      .where('record_kind', '=', kind)
      .where('record_id', 'in', some)
      .execute()
    for (const { id } of rows) into.add(id)
  }
}

async function findDeliveries(
  db: Kysely<Schema>,
  accountId: string,
  column: 'webhook_id' | 'event_id',
  ids: string[],
  into: Set<string>,
): Promise<void> {
  for (const table of ['unsettled_deliveries', 'settled_deliveries'] as const) {
    for (const some of chunks(ids)) {
      const rows = await db
        .selectFrom(table)
        .select('id')
        .where('account_id', '=', accountId)
        .where(column, 'in', some)
        .execute()
      for (const { id } of rows) into.add(id)
    }
  }
}

/** What is removed is no longer counted. */
async function takeBack(
  db: Kysely<Schema>,
  accountId: string,
  eventIds: string[],
  deliveryIds: string[],
): Promise<void> {
  const tally = startTally()
  for (const id of eventIds) tally.add(accountId, '', id, 'events', -1)
  for (const some of chunks(deliveryIds)) {
    for (const table of ['unsettled_deliveries', 'settled_deliveries'] as const) {
      const rows = await db
        .selectFrom(table)
        .select(['id', 'webhook_id', 'state'])
        .where('account_id', '=', accountId)
        .where('id', 'in', some)
        .execute()
      for (const { id, webhook_id, state } of rows) {
        tally.add(accountId, webhook_id, id, 'made', -1)
        if (table === 'settled_deliveries') tally.add(accountId, webhook_id, id, state, -1)
      }
    }
    const attempts = await db
      .selectFrom('attempts')
      .select(['delivery_id', 'webhook_id', 'outcome', 'duration_ms'])
      .where('delivery_id', 'in', some)
      .where('late', '=', 0)
      .execute()
    for (const attempt of attempts)
      tally.add(accountId, attempt.webhook_id, attempt.delivery_id, attemptCount(attempt), -1)
  }
  await addToJournal(db, tally)
}

async function removeHistory(
  db: Kysely<Schema>,
  accountId: string,
  eventIds: string[],
  deliveryIds: string[],
): Promise<void> {
  for (const some of chunks(deliveryIds)) {
    await db.deleteFrom('attempts').where('delivery_id', 'in', some).execute()
    for (const table of ['unsettled_deliveries', 'settled_deliveries'] as const)
      await db.deleteFrom(table).where('account_id', '=', accountId).where('id', 'in', some).execute()
  }
  for (const some of chunks(eventIds)) {
    await db.deleteFrom('missed').where('account_id', '=', accountId).where('event_id', 'in', some).execute()
    await db.deleteFrom('events').where('account_id', '=', accountId).where('id', 'in', some).execute()
  }
}

async function removeWebhooks(db: Kysely<Schema>, accountId: string, webhookIds: string[]): Promise<void> {
  for (const some of chunks(webhookIds)) {
    const rows = await deletedOf(db, accountId, some)
    if (rows.length === 0) continue
    for (const table of [
      'missed',
      'firings',
      'webhook_health',
      'paces',
      'webhook_versions',
      'replays',
    ] as const)
      await db.deleteFrom(table).where('account_id', '=', accountId).where('webhook_id', 'in', rows).execute()
    await db
      .deleteFrom('audit')
      .where('account_id', '=', accountId)
      .where('subject_kind', '=', 'webhook')
      .where('subject_id', 'in', rows)
      .where('actor', '=', 'system')
      .execute()
    await db.deleteFrom('webhooks').where('account_id', '=', accountId).where('id', 'in', rows).execute()
  }
}

async function deletedOf(db: Kysely<Schema>, accountId: string, webhookIds: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('webhooks')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', webhookIds)
    .where('status', '=', 'deleted')
    .execute()
  return rows.map(({ id }) => id)
}
