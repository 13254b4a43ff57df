import { sql, type Kysely } from 'kysely'
import { erasedDetail, type Erasure } from '../../model/index.ts'
import { keptStatusSql } from '../late-erased.ts'
import { eventFromRow, eventToRow, settledRow, type Row } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { ErasureReads, ErasureWrites } from '../store.ts'
import { startTally } from '../tally.ts'
import { areBeingSent } from './being-sent.ts'
import { chunks } from './chunks.ts'
import { blankContents, readContents } from './kept-contents.ts'
import { someEventIdsOf } from './record-chain.ts'
import { addToJournal } from './stats.ts'

export function erasureReads(db: Kysely<Schema>, quietMs = 0): ErasureReads {
  const erasures = () => db.selectFrom('erasures').selectAll()
  return {
    quietMs,
    async get(accountId, erasureId) {
      const row = await erasures()
        .where('id', '=', erasureId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? erasureFromRow(row) : null
    },
    async list(accountId, page) {
      let query = erasures().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(erasureFromRow)
    },
    async running(limit) {
      const rows = await erasures().where('state', '=', 'running').orderBy('id').limit(limit).execute()
      return rows.map(erasureFromRow)
    },
    async searchEvents(accountId, { after, limit, text }) {
      const stretch = db
        .selectFrom('events')
        .select(['id', 'event', 'config_version', 'decisions'])
        .where('account_id', '=', accountId)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
      const { last } = await db
        .selectFrom(stretch.clearSelect().select('id').as('stretch'))
        .select((eb) => eb.fn.max('id').as('last'))
        .executeTakeFirstOrThrow()
      const rows = await db
        .selectFrom(stretch.as('stretch'))
        .selectAll()
        .where(sql<boolean>`event LIKE ${containing(text)} ESCAPE '!'`)
        .execute()
      return { found: rows.map(eventFromRow), last: (last as string | null) ?? null }
    },
    contents: (accountId, sort, stretch) => readContents(db, accountId, sort, stretch),
  }
}

/** A pattern for `LIKE … ESCAPE '!'`. */
function containing(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, '!$&')}%`
}

/** `lock` reads without a lock: enough where there is one writer. */
export function erasureWrites(db: Kysely<Schema>, quietMs = 0): ErasureWrites {
  return {
    ...erasureReads(db, quietMs),
    async insert(erasure) {
      await db.insertInto('erasures').values(erasureToRow(erasure)).execute()
    },
    async lock(erasureId) {
      const row = await db
        .selectFrom('erasures')
        .selectAll()
        .where('id', '=', erasureId)
        .where('state', '=', 'running')
        .executeTakeFirst()
      return row ? erasureFromRow(row) : null
    },
    async update(erasure) {
      const { id, account_id: _account, ...change } = erasureToRow(erasure)
      await db.updateTable('erasures').set(change).where('id', '=', id).execute()
    },
    async eventsOf(accountId, record, { after, upTo, limit }) {
      const rows = await db
        .selectFrom('events')
        .select(['event', 'config_version', 'decisions'])
        .where('account_id', '=', accountId)
        .where('id', 'in', someEventIdsOf(accountId, record, { after, count: limit }))
        .where('sequence', '<=', upTo)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(eventFromRow)
    },
    async rewriteEvents(events) {
      for (const recorded of events) {
        const { account_id, id, event, decisions } = eventToRow(recorded)
        await db
          .updateTable('events')
          .set({ event, decisions })
          .where('account_id', '=', account_id)
          .where('id', '=', id)
          .execute()
      }
    },
    async cancelUnsent(accountId, eventIds, now) {
      let canceled = 0
      const tally = startTally()
      for (const some of chunks(eventIds)) {
        const rows = await db
          .deleteFrom('unsettled_deliveries')
          .where('event_id', 'in', some)
          .where('account_id', '=', accountId)
          .where((eb) => eb.or([eb('state', '<>', 'sending'), eb('due_at', '<=', now)]))
          .returningAll()
          .execute()
        const end = { state: 'canceled', reason: 'erased', settled_at: now } as const
        for (const few of chunks(rows)) {
          await db
            .insertInto('settled_deliveries')
            .values(few.map((row) => settledRow(row, end)))
            .execute()
        }
        for (const { webhook_id, id } of rows) tally.add(accountId, webhook_id, id, 'canceled')
        canceled += rows.length
      }
      await addToJournal(db, tally)
      return canceled
    },
    areBeingSent: (accountId, eventIds, now) => areBeingSent(db, accountId, 'event_id', eventIds, now),
    async blankAttempts(accountId, eventIds) {
      let blanked = 0
      for (const some of chunks(eventIds)) {
        const result = await db
          .updateTable('attempts')
          .set({
            request: null,
            request_body: null,
            response: keptStatus,
            response_body: null,
            detail: erasedDetail,
          })
          .where('account_id', '=', accountId)
          .where('delivery_id', 'in', (eb) =>
            eb
              .selectFrom('unsettled_deliveries')
              .select('id')
              .where('event_id', 'in', some)
              .unionAll(eb.selectFrom('settled_deliveries').select('id').where('event_id', 'in', some)),
          )
          .where((eb) => eb.or([eb('detail', 'is', null), eb('detail', '<>', erasedDetail)]))
          .executeTakeFirst()
        blanked += Number(result.numUpdatedRows)
      }
      return blanked
    },
    blankContents: (accountId, sort, keys) => blankContents(db, accountId, sort, keys),
  }
}

const keptStatus = sql<string | null>`${sql.raw(keptStatusSql)}`

function erasureToRow({ record, traces_left, ...rest }: Erasure): Row<'erasures'> {
  return { ...rest, record_kind: record.kind, record_id: record.id, traces_left: traces_left ? 1 : 0 }
}

function erasureFromRow({ record_kind, record_id, ...row }: Row<'erasures'>): Erasure {
  return {
    ...row,
    record: { kind: record_kind, id: record_id },
    state: row.state as Erasure['state'],
    phase: row.phase as Erasure['phase'],
    traces_left: row.traces_left !== 0,
  }
}
