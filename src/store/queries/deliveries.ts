import { sql, type Kysely } from 'kysely'
import type { Delivery, DeliveryState } from '../../model/index.ts'
import { firstIdAt } from '../../runtime/ids.ts'
import { attemptFromRow, deliveryFromRow, type Row, settledRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { AttemptSummary, DeliveryFilter, DeliveryReads, DeliveryWrites, Page } from '../store.ts'
import { startTally } from '../tally.ts'
import { chunks } from './chunks.ts'
import { type FindIn, searchDeliveries } from './delivery-search.ts'
import { eventIdsOf } from './record-chain.ts'
import { readSentAgain, wasSentAgain } from './sent-again.ts'
import { addToJournal } from './stats.ts'
import { wanted } from './wanted.ts'

const unsettledStates: readonly DeliveryState[] = ['pending', 'sending', 'waiting']
const settledStates: readonly DeliveryState[] = ['delivered', 'dead', 'canceled']

export function deliveryReads(db: Kysely<Schema>, findIn: FindIn): DeliveryReads {
  const reads: DeliveryReads = {
    async get(accountId, deliveryId) {
      // A delivery only ever moves from the one table to the other: asked in this order, it cannot slip through.
      const row =
        (await db
          .selectFrom('unsettled_deliveries')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('id', '=', deliveryId)
          .executeTakeFirst()) ??
        (await db
          .selectFrom('settled_deliveries')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('id', '=', deliveryId)
          .executeTakeFirst())
      return row ? deliveryFromRow(row) : null
    },
    async states(accountId, deliveryIds) {
      const states = new Map<string, DeliveryState>()
      // In this order for the reason above: one that moves meanwhile is found twice, and settled in the end.
      for (const table of ['unsettled_deliveries', 'settled_deliveries'] as const) {
        for (const some of chunks(deliveryIds)) {
          const { rows } = await sql<{ id: string; state: DeliveryState }>`
            ${wanted(
              ['id'],
              some.map((id) => [id]),
            )}
            SELECT d.id, d.state FROM wanted CROSS JOIN ${sql.table(table)} d
            WHERE d.account_id = ${accountId} AND d.id = wanted.id`.execute(db)
          for (const { id, state } of rows) states.set(id, state)
        }
      }
      return states
    },
    async lastAttempts(accountId, deliveryIds) {
      const last = new Map<string, AttemptSummary>()
      for (const some of chunks(deliveryIds)) {
        const { rows } = await sql<Pick<Row<'attempts'>, keyof AttemptSummary | 'delivery_id'>>`
          ${wanted(
            ['id'],
            some.map((id) => [id]),
          )}
          SELECT a.delivery_id, a.id, a.number, a.outcome, a.reason, a.started_at, a.duration_ms
          FROM wanted CROSS JOIN attempts a
          WHERE a.account_id = ${accountId} AND a.delivery_id = wanted.id AND a.id = (
            SELECT id FROM attempts
            WHERE account_id = ${accountId} AND delivery_id = wanted.id AND late = 0
            ORDER BY id DESC LIMIT 1)`.execute(db)
        for (const { delivery_id, ...row } of rows) last.set(delivery_id, row as AttemptSummary)
      }
      return last
    },
    sentAgain: (...asked) => readSentAgain(db, ...asked),
    async list(accountId, filter, page) {
      const asked = (states: readonly DeliveryState[]) =>
        states.filter((state) => filter.states === undefined || filter.states.includes(state))
      const found = new Map<string, Delivery>()
      const add = (deliveries: Delivery[]) =>
        deliveries.forEach((delivery) => found.set(delivery.id, delivery))
      // Unsettled ones first, for the reason above; one that moved meanwhile is found twice and shown as settled.
      const unsettled = filter.sent_again === true ? [] : asked(unsettledStates)
      if (unsettled.length > 0) add(await listUnsettled(db, accountId, unsettled, filter, page))
      // Each state is a range of an index, in the order of the page; together they are not.
      for (const state of asked(settledStates)) add(await listSettled(db, accountId, state, filter, page))
      return [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, page.limit)
    },
    async horizon(accountId, filter, after, steps) {
      const { event_type, status_code, sent_again, ...rest } = filter
      if ([event_type, status_code, sent_again].every((one) => one === undefined)) return null
      // An event and a record have few deliveries, and their own ways to them.
      if (rest.event_id !== undefined || rest.record !== undefined) return null
      const ids: string[] = []
      for (const state of settledStates.filter((one) => filter.states?.includes(one) ?? true)) {
        const row = await settled(db, accountId, state, rest, { limit: 1, after })
          .select('id')
          .offset(steps - 1)
          .executeTakeFirst()
        if (row) ids.push(row.id)
      }
      return ids.sort().at(-1) ?? null
    },
    async attempts(accountId, deliveryId) {
      const rows = await db
        .selectFrom('attempts')
        .selectAll()
        .where('delivery_id', '=', deliveryId)
        .where('account_id', '=', accountId)
        .orderBy('number')
        .orderBy('id')
        .execute()
      return rows.map(attemptFromRow)
    },
    async attempt(accountId, deliveryId, attemptId) {
      const row = await db
        .selectFrom('attempts')
        .selectAll()
        .where('delivery_id', '=', deliveryId)
        .where('id', '=', attemptId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? attemptFromRow(row) : null
    },
    async countUnsettled(accountId, max) {
      const { count } = await db
        .selectFrom((eb) =>
          eb
            .selectFrom('unsettled_deliveries')
            .select('id')
            .where('account_id', '=', accountId)
            .limit(max)
            .as('some'),
        )
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async unsettledByWebhook(accountId, limit) {
      const rows = await db
        .selectFrom('unsettled_deliveries')
        .select((eb) => [
          'webhook_id',
          eb.fn.countAll<number>().as('count'),
          eb.fn.min<string>('id').as('oldest_id'),
        ])
        .where('account_id', '=', accountId)
        .groupBy('webhook_id')
        .orderBy('oldest_id')
        .limit(limit)
        .execute()
      return rows.map(({ webhook_id, count, oldest_id }) => ({ webhook_id, count: Number(count), oldest_id }))
    },
    async backlog(now) {
      const rows = await db
        .selectFrom('unsettled_deliveries')
        .select((eb) => [
          'state',
          eb.fn.countAll<number>().as('count'),
          sql<number | null>`min(case when due_at <= ${now} then due_at end)`.as('oldest'),
        ])
        .groupBy('state')
        .execute()
      const due = rows.flatMap((row) => (row.oldest === null ? [] : [Number(row.oldest)]))
      return {
        states: Object.fromEntries(rows.map((row) => [row.state, Number(row.count)])),
        oldest_due_at: due.length === 0 ? null : Math.min(...due),
      }
    },
    search: (...asked) => searchDeliveries(db, reads, findIn, ...asked),
  }
  return reads
}

export function deliveryWrites(
  db: Kysely<Schema>,
  findIn: FindIn,
): DeliveryReads & Pick<DeliveryWrites, 'cancel' | 'lease'> {
  return {
    ...deliveryReads(db, findIn),
    async lease(accountId, deliveryId, until) {
      const row = await db
        .updateTable('unsettled_deliveries')
        .set((eb) => ({ state: 'sending', due_at: until, lease: eb('lease', '+', 1) }))
        .where('account_id', '=', accountId)
        .where('id', '=', deliveryId)
        .where('state', '<>', 'sending')
        .returningAll()
        .executeTakeFirst()
      return row ? deliveryFromRow(row) : null
    },
    async cancel(accountId, deliveryId, reason, now) {
      const row = await db
        .deleteFrom('unsettled_deliveries')
        .where('account_id', '=', accountId)
        .where('id', '=', deliveryId)
        .returningAll()
        .executeTakeFirst()
      if (!row) return false
      await db
        .insertInto('settled_deliveries')
        .values(settledRow(row, { state: 'canceled', reason, settled_at: now }))
        .execute()
      const tally = startTally()
      tally.add(accountId, row.webhook_id, row.id, 'canceled')
      await addToJournal(db, tally)
      // The next one of its record may stand aside. Written even where it does not: a claim that is just putting it
      // aside waits for this, and then sees that nothing is before it.
      await sql`update unsettled_deliveries
        set due_at = case when aside = 1 then ${now} else due_at end, aside = 0
        where id = (select id from unsettled_deliveries
          where webhook_id = ${row.webhook_id} and record_kind = ${row.record_kind} and record_id = ${row.record_id}
            and purpose = 'event'
          order by sequence, id limit 1)`.execute(db)
      return true
    },
  }
}

export type Where = ReturnType<typeof sql<boolean>>

/** The conditions that both tables share: all but the states, and whether it was sent again. */
export function filterConditions(accountId: string, filter: DeliveryFilter): Where[] {
  const { webhook_id, event_id, event_type, record, status_code, replay_id, since, until } = filter
  const where: Where[] = []
  if (event_id === undefined && record === undefined) {
    where.push(sql`account_id = ${accountId}`)
  } else {
    // An expression, so that the index on events is used and not the order of the account's ids: SQLite cannot know
    // that an event has few deliveries.
    where.push(sql`account_id || '' = ${accountId}`)
  }
  // An expression for the same reason: of a replay's deliveries few are of other webhooks.
  const webhook = replay_id === undefined ? sql`webhook_id` : sql`webhook_id || ''`
  if (webhook_id !== undefined) where.push(sql`${webhook} = ${webhook_id}`)
  if (event_id !== undefined) where.push(sql`event_id = ${event_id}`)
  if (record !== undefined) {
    where.push(sql`event_id in ${eventIdsOf(accountId, record)}`)
  }
  if (event_type !== undefined) where.push(sql`event_type = ${event_type}`)
  if (replay_id !== undefined) where.push(sql`replay_id = ${replay_id}`)
  if (status_code !== undefined) where.push(sql`last_status_code = ${status_code}`)
  if (since !== undefined) where.push(sql`id >= ${firstIdAt('dlv', since)}`)
  if (until !== undefined) where.push(sql`id < ${firstIdAt('dlv', until)}`)
  return where
}

function conditions(accountId: string, filter: DeliveryFilter, page: Page): Where[] {
  const where = filterConditions(accountId, filter)
  if (filter.from_id !== undefined) where.push(sql`id >= ${filter.from_id}`)
  if (page.after !== undefined) where.push(sql`id < ${page.after}`)
  return where
}

async function listUnsettled(
  db: Kysely<Schema>,
  accountId: string,
  states: readonly DeliveryState[],
  filter: DeliveryFilter,
  page: Page,
): Promise<Delivery[]> {
  const where = conditions(accountId, filter, page)
  if (states.length < unsettledStates.length) where.push(sql`state in (${sql.join(states)})`)
  // A lane is in the order of due times. Its ids alone are in the index, so that the newest of a million are found
  // without a look at each delivery.
  const rows = await db
    .selectFrom('unsettled_deliveries')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('unsettled_deliveries')
        .select('id')
        .where((inner) => inner.and(where))
        .orderBy('id', 'desc')
        .limit(page.limit),
    )
    .orderBy('id', 'desc')
    .execute()
  return rows.map(deliveryFromRow)
}

async function listSettled(
  db: Kysely<Schema>,
  accountId: string,
  state: DeliveryState,
  filter: DeliveryFilter,
  page: Page,
): Promise<Delivery[]> {
  return (await settled(db, accountId, state, filter, page).selectAll().execute()).map(deliveryFromRow)
}

function settled(
  db: Kysely<Schema>,
  accountId: string,
  state: DeliveryState,
  filter: DeliveryFilter,
  page: Page,
) {
  const where = conditions(accountId, filter, page)
  where.push(sql`state = ${state}`)
  // Word for word the condition of the partial index `settled_not_delivered`: without it neither database may use that.
  if (filter.webhook_id === undefined && state !== 'delivered') where.push(sql`state <> 'delivered'`)
  if (filter.sent_again !== undefined) where.push(wasSentAgain(accountId, filter.sent_again))
  return db
    .selectFrom('settled_deliveries')
    .where((eb) => eb.and(where))
    .orderBy('id', 'desc')
    .limit(page.limit)
}
