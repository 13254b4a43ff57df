/** What a replay goes over, read behind its cursor. */
import { sql, type Kysely } from 'kysely'
import type { Replay, SettledState } from '../../model/index.ts'
import { firstIdAt } from '../../runtime/ids.ts'
import type { Schema } from '../schema.ts'
import type { ReplayItem, ReplayStretch } from '../store.ts'
import { chunks } from './chunks.ts'
import { filterConditions, type Where } from './deliveries.ts'
import { wasSentAgain } from './sent-again.ts'

/** The first id behind the replay, of this kind: ids share their form, so that the replay's own is the bound. */
function boundOf(replay: Replay, prefix: 'dlv' | 'evt'): string {
  return prefix + replay.id.slice(prefix.length)
}

function statesOf({ selection }: Replay): readonly SettledState[] {
  if (selection.of === 'filter') return selection.states
  return selection.of === 'missed' ? ['canceled'] : ['delivered', 'dead', 'canceled']
}

/** Its next items, up to `limit`; in mode `bytes` with the attempts that they repeat. */
export async function readItems(db: Kysely<Schema>, replay: Replay, limit: number): Promise<ReplayStretch> {
  const stretch = await readStretch(db, replay, limit)
  return replay.mode === 'bytes'
    ? { ...stretch, items: await withAttempts(db, replay, stretch.items) }
    : stretch
}

/** How many there are, up to `max`. */
export async function countItems(db: Kysely<Schema>, replay: Replay, max: number): Promise<number> {
  const { selection } = replay
  if (selection.of === 'deliveries') return selection.delivery_ids.length
  let count = 0
  for (const state of statesOf(replay)) {
    if (count >= max) return max
    const { found } = await db
      .selectFrom(
        settledOf(db, replay, state, max - count)
          .select('id')
          .as('some'),
      )
      .select((eb) => eb.fn.countAll<number>().as('found'))
      .executeTakeFirstOrThrow()
    count += Number(found)
  }
  if (selection.of !== 'missed' || count >= max) return count
  const { found } = await db
    .selectFrom(
      missedOf(db, replay, max - count)
        .select('missed.event_id')
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('found'))
    .executeTakeFirstOrThrow()
  return count + Number(found)
}

async function readStretch(db: Kysely<Schema>, replay: Replay, limit: number): Promise<ReplayStretch> {
  const { selection, cursor } = replay
  if (selection.of === 'deliveries') return readListed(db, replay, selection.delivery_ids, limit)
  const rows: SettledRow[] = []
  // Missed events come behind the deliveries.
  if (!cursor?.startsWith('evt_')) {
    // Each state is a range of an index, in the order of ids; together they are not.
    for (const state of statesOf(replay)) rows.push(...(await readSettled(db, replay, state, limit)))
  }
  const items = byId(rows).slice(0, limit).map(itemFromRow)
  if (selection.of === 'missed' && items.length < limit) {
    items.push(...(await readMissed(db, replay, limit - items.length)))
  }
  const last = items.at(-1)
  return { items, cursor: last?.delivery?.id ?? last?.event_id ?? cursor, end: items.length < limit }
}

/** Deliveries that are gone since they were named count as passed. */
async function readListed(
  db: Kysely<Schema>,
  { account_id, cursor }: Replay,
  ids: readonly string[],
  limit: number,
): Promise<ReplayStretch> {
  const left = ids.toSorted().filter((id) => cursor === null || id > cursor)
  const some = left.slice(0, limit)
  if (some.length === 0) return { items: [], cursor, end: true }
  const rows = await db
    .selectFrom('settled_deliveries')
    .select(settledColumns)
    .where('account_id', '=', account_id)
    .where('id', 'in', some)
    .execute()
  return { items: byId(rows).map(itemFromRow), cursor: some.at(-1)!, end: left.length <= limit }
}

const settledColumns = [
  'id',
  'webhook_id',
  'event_id',
  'event_type',
  'record_kind',
  'record_id',
  'sequence',
  'state',
] as const

type SettledRow = Pick<Schema['settled_deliveries'], (typeof settledColumns)[number]>

function byId(rows: SettledRow[]): SettledRow[] {
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function itemFromRow(row: SettledRow): ReplayItem {
  return {
    webhook_id: row.webhook_id,
    event_id: row.event_id,
    event_type: row.event_type,
    record: { kind: row.record_kind, id: row.record_id },
    sequence: row.sequence,
    delivery: { id: row.id, state: row.state as SettledState },
    attempt_id: null,
  }
}

/** The replay's deliveries of one state, behind its cursor. */
function settledOf(db: Kysely<Schema>, replay: Replay, state: SettledState, limit: number) {
  const { account_id, selection, cursor } = replay
  const webhook_id = replay.webhook_id ?? undefined
  const filter = selection.of === 'deliveries' ? {} : selection
  const bound = boundOf(replay, 'dlv')
  const where: Where[] = filterConditions(account_id, { ...narrowed(filter), webhook_id })
  where.push(sql`state = ${state}`)
  // Word for word the condition of the partial index `settled_not_delivered`: without it neither database may use that.
  if (webhook_id === undefined && state !== 'delivered') where.push(sql`state <> 'delivered'`)
  if (selection.of === 'missed') where.push(sql`reason = 'webhook_disabled'`)
  if (selection.of === 'filter' && selection.sent_again !== undefined)
    where.push(wasSentAgain(account_id, selection.sent_again, bound))
  where.push(sql`id < ${bound}`, sql`settled_at <= ${replay.created_at}`)
  if (cursor !== null) where.push(sql`id > ${cursor}`)
  return db
    .selectFrom('settled_deliveries')
    .where((eb) => eb.and(where))
    .orderBy('id')
    .limit(limit)
}

function narrowed(filter: Partial<Extract<Replay['selection'], { of: 'filter' }>> | { of: 'missed' }) {
  const { of: _, states: _states, ...conditions } = { states: undefined, ...filter }
  return conditions
}

function readSettled(db: Kysely<Schema>, replay: Replay, state: SettledState, limit: number) {
  return settledOf(db, replay, state, limit).select(settledColumns).execute()
}

/** The events that the replay's webhook missed, behind its cursor. */
function missedOf(db: Kysely<Schema>, replay: Replay, limit: number) {
  const { cursor, selection } = replay
  const { since, until } = selection.of === 'missed' ? selection : {}
  let query = db
    .selectFrom('missed')
    .innerJoin('events', (join) =>
      join.onRef('events.account_id', '=', 'missed.account_id').onRef('events.id', '=', 'missed.event_id'),
    )
    .where('missed.account_id', '=', replay.account_id)
    .where('missed.webhook_id', '=', replay.webhook_id ?? '')
    .where('missed.event_id', '<', boundOf(replay, 'evt'))
  if (cursor?.startsWith('evt_')) query = query.where('missed.event_id', '>', cursor)
  if (since !== undefined) query = query.where('missed.event_id', '>=', firstIdAt('evt', since))
  if (until !== undefined) query = query.where('missed.event_id', '<', firstIdAt('evt', until))
  return query.orderBy('missed.event_id').limit(limit)
}

async function readMissed(db: Kysely<Schema>, replay: Replay, limit: number): Promise<ReplayItem[]> {
  const rows = await missedOf(db, replay, limit)
    .select(['missed.event_id', 'events.type', 'events.record_kind', 'events.record_id', 'events.sequence'])
    .execute()
  return rows.map((row) => ({
    webhook_id: replay.webhook_id ?? '',
    event_id: row.event_id,
    event_type: row.type,
    record: { kind: row.record_kind, id: row.record_id },
    sequence: row.sequence,
    delivery: null,
    attempt_id: null,
  }))
}

/** Names each delivery's last attempt that has a request. */
async function withAttempts(
  db: Kysely<Schema>,
  { account_id }: Replay,
  items: readonly ReplayItem[],
): Promise<ReplayItem[]> {
  const last = new Map<string, { id: string; number: number }>()
  for (const some of chunks(items.flatMap(({ delivery }) => (delivery ? [delivery.id] : [])))) {
    const rows = await db
      .selectFrom('attempts')
      .select(['delivery_id', 'id', 'number'])
      .where('delivery_id', 'in', some)
      .where('account_id', '=', account_id)
      .where('request', 'is not', null)
      .orderBy('number')
      .orderBy('id')
      .execute()
    for (const { delivery_id, id, number } of rows) last.set(delivery_id, { id, number })
  }
  return items.map((item) => ({
    ...item,
    attempt_id: (item.delivery && last.get(item.delivery.id)?.id) ?? null,
  }))
}
