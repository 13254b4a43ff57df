import { sql, type Kysely } from 'kysely'
import { settledStates } from '../../model/index.ts'
import type { Schema } from '../schema.ts'
import type { ReplayTally } from '../store.ts'
import { chunks } from './chunks.ts'
import { wanted } from './wanted.ts'

/** How what the replays made stands; each number is counted along an index, and no further than `max`. */
export async function tallyReplays(
  db: Kysely<Schema>,
  accountId: string,
  replayIds: readonly string[],
  max: number,
): Promise<Map<string, ReplayTally>> {
  const countIn = (table: 'unsettled_deliveries' | 'settled_deliveries', state = sql`true`) =>
    sql`(SELECT count(*) FROM (SELECT 1 FROM ${sql.table(table)}
      WHERE account_id = ${accountId} AND replay_id = wanted.id AND ${state} LIMIT ${max}) AS counted)`
  const settled = settledStates.map(
    (state) => sql`${countIn('settled_deliveries', sql`state = ${state}`)} AS ${sql.ref(state)}`,
  )
  const tallies = new Map<string, ReplayTally>()
  for (const some of chunks(replayIds)) {
    const { rows } = await sql<{ id: string } & ReplayTally>`
      ${wanted(
        ['id'],
        some.map((id) => [id]),
      )}
      SELECT wanted.id, ${countIn('unsettled_deliveries')} AS unsettled, ${sql.join(settled)} FROM wanted`.execute(
      db,
    )
    for (const { id, unsettled, delivered, dead, canceled } of rows) {
      tallies.set(id, {
        unsettled: Number(unsettled),
        delivered: Number(delivered),
        dead: Number(dead),
        canceled: Number(canceled),
      })
    }
  }
  return tallies
}
