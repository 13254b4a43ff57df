import { sql, type Kysely } from 'kysely'
import { firstIdAt } from '../../runtime/ids.ts'
import type { Schema } from '../schema.ts'
import { durationEdgesMs, type StatsReads, type StatsSlice } from '../stats.ts'

/** Which span of `durationEdgesMs` a duration lies in; written once, from constants. */
const durationSpan = sql.raw(
  `CASE ${durationEdgesMs.map((edge, index) => `WHEN a.duration_ms <= ${edge} THEN ${index}`).join(' ')} ELSE ${durationEdgesMs.length} END`,
)
const settledStates = sql.raw(`'delivered', 'dead', 'canceled'`)

/** The number of a moment's bucket. The casts make SQLite take parameters for whole numbers, so that it divides like PostgreSQL. */
function bucketOf(column: string, { from, bucketMs }: StatsSlice) {
  return sql`(${sql.ref(column)} - cast(${from} as bigint)) / cast(${bucketMs} as bigint)`
}

export function statsReads(db: Kysely<Schema>): StatsReads {
  /** The deliveries of a slice in one of the two tables. */
  const deliveries = (table: 'settled' | 'unsettled', accountId: string, slice: StatsSlice) => {
    const { webhook_id, from, to } = slice
    // Named, so that the index of a webhook's history can be used, in which the state stands before the id.
    const states =
      table === 'settled' && webhook_id !== undefined ? sql`d.state in (${settledStates}) and` : sql``
    const webhook = webhook_id === undefined ? sql`` : sql`and d.webhook_id = ${webhook_id}`
    return sql`${sql.table(`${table}_deliveries`)} d
      where ${states} d.account_id = ${accountId} ${webhook}
        and d.id >= ${firstIdAt('dlv', from)} and d.id < ${firstIdAt('dlv', to)}`
  }
  const both = async <Row>(query: (table: 'settled' | 'unsettled') => ReturnType<typeof sql<Row>>) => {
    // A delivery moves from the one to the other only: asked in this order, it is found twice at worst, never missed.
    const unsettled = await query('unsettled').execute(db)
    return [...unsettled.rows, ...(await query('settled').execute(db)).rows]
  }
  return {
    async events(accountId, slice) {
      const { rows } = await sql<{ bucket: number; count: number }>`
        select ${bucketOf('received_at', slice)} as bucket, count(*) as count from events
        where account_id = ${accountId} and id >= ${firstIdAt('evt', slice.from)} and id < ${firstIdAt('evt', slice.to)}
        group by bucket`.execute(db)
      return rows.map(({ bucket, count }) => ({ bucket: Number(bucket), count: Number(count) }))
    },
    async deliveries(accountId, slice) {
      const rows = await both(
        (table) => sql<{ bucket: number; state: string; count: number }>`
          select ${bucketOf('d.created_at', slice)} as bucket, d.state as state, count(*) as count
          from ${deliveries(table, accountId, slice)} group by bucket, d.state`,
      )
      return rows.map(({ bucket, state, count }) => ({ bucket: Number(bucket), state, count: Number(count) }))
    },
    async attempts(accountId, slice) {
      const rows = await both(
        (table) => sql<{ bucket: number; outcome: string; span: number; count: number }>`
          select ${bucketOf('made.created_at', slice)} as bucket, a.outcome as outcome, ${durationSpan} as span, count(*) as count
          from (select d.id, d.created_at from ${deliveries(table, accountId, slice)}) made
          join attempts a on a.delivery_id = made.id
          group by bucket, a.outcome, span`,
      )
      return rows.map(({ bucket, outcome, span, count }) => ({
        bucket: Number(bucket),
        outcome,
        span: Number(span),
        count: Number(count),
      }))
    },
  }
}
