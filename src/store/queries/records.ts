import { sql, type Kysely } from 'kysely'
import { nameIn } from '../../model/index.ts'
import type { ColumnTypes } from '../migrations/index.ts'
import { patternOf, recordFromRow, searchPattern } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { type RecordFilter, type RecordReads, refKey } from '../store.ts'
import { chunks } from './chunks.ts'
import { wanted } from './wanted.ts'

export function recordReads(db: Kysely<Schema>, words: ColumnTypes): RecordReads {
  const records = () =>
    db
      .selectFrom('records')
      .select([
        'account_id',
        'kind',
        'id',
        'state',
        'fields',
        'sequence',
        'last_event_id',
        'as_of',
        'created_at',
        'updated_at',
      ])
  return {
    async get(accountId, ref) {
      const row = await records()
        .where('account_id', '=', accountId)
        .where('kind', '=', ref.kind)
        .where('id', '=', ref.id)
        .where('state', '<>', 'unknown')
        .executeTakeFirst()
      return row ? recordFromRow(row) : null
    },
    async names(accountId, refs) {
      const names = new Map<string, string>()
      const distinct = new Map(refs.map((ref) => [refKey(ref), ref]))
      for (const some of chunks([...distinct.values()])) {
        const { rows } = await sql<{ kind: string; id: string; name: string | null }>`
          ${wanted(
            ['kind', 'id'],
            some.map(({ kind, id }) => [kind, id]),
          )}
          SELECT r.kind, r.id, ${sql.raw(words.jsonText('r.fields', 'name'))} AS name
          FROM wanted CROSS JOIN records r
          WHERE r.account_id = ${accountId} AND r.kind = wanted.kind AND r.id = wanted.id`.execute(db)
        for (const { kind, id, name: text } of rows) {
          const name = nameIn({ name: text })
          if (name !== null) names.set(refKey({ kind, id }), name)
        }
      }
      return names
    },
    async list(accountId, kind, filter, page) {
      let query = records()
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .where('state', '=', 'present')
        .where((eb) => eb.and(conditions(filter, words)))
        .limit(page.limit)
      if (filter.order === 'updated') {
        query = query.orderBy('updated_at', 'desc').orderBy('id', 'desc')
        if (page.after !== undefined) {
          const [at, id] = readPlace(page.after)
          query = query.where(sql<boolean>`(updated_at, id) < (${at}, ${id})`)
        }
      } else {
        query = query.orderBy('id')
        if (page.after !== undefined) query = query.where('id', '>', page.after)
      }
      return (await query.execute()).map(recordFromRow)
    },
    async countByStage(accountId, kind, pipelineId) {
      const rows = await db
        .selectFrom('records')
        .select((eb) => ['stage_id', eb.fn.countAll<number>().as('records')])
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .where('pipeline_id', '=', pipelineId)
        .where('active', '=', 1)
        .groupBy('stage_id')
        .execute()
      return rows.map(({ stage_id, records }) => ({ stage_id, records: Number(records) }))
    },
  }
}

function conditions(filter: RecordFilter, { jsonText, jsonItems }: ColumnTypes) {
  const { search, pipeline_id, stage_id, state, owner_id, tag } = filter
  const field = (name: string) => sql.raw(jsonText('fields', name))
  const where: ReturnType<typeof sql<boolean>>[] = []
  // Parsing JSON takes PostgreSQL 3 µs a row: only of those that hold the text at all.
  const mentioned = (value: string) =>
    where.push(sql`fields like ${patternOf(JSON.stringify(value).slice(1, -1))} escape '!'`)
  if (search) where.push(sql`search like ${searchPattern(search)} escape '!'`)
  if (pipeline_id !== undefined) where.push(sql`pipeline_id = ${pipeline_id}`)
  if (stage_id !== undefined) where.push(sql`stage_id = ${stage_id}`)
  if (state === 'active') where.push(sql`active = 1`)
  else if (state !== undefined) {
    mentioned(state)
    where.push(sql`active = 0 and ${field('state')} = ${state}`)
  }
  if (owner_id !== undefined) {
    mentioned(owner_id)
    where.push(sql`${field('owner_id')} = ${owner_id}`)
  }
  if (tag !== undefined) {
    mentioned(tag)
    const tags = sql.raw(jsonItems('fields', 'tags'))
    where.push(sql`exists (select 1 from ${tags} where cast(item.value as text) = ${tag})`)
  }
  return where
}

/** What `changedAt` wrote. An id may hold anything, spaces too. */
function readPlace(place: string): [at: number, id: string] {
  const space = place.indexOf(' ')
  return [Number(place.slice(0, space)), place.slice(space + 1)]
}
