import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { chunks } from './chunks.ts'

/** Whether one of these deliveries, or of the deliveries of these events, is under a lease that has not run out by `now`. */
export async function areBeingSent(
  db: Kysely<Schema>,
  accountId: string,
  column: 'id' | 'event_id',
  ids: string[],
  now: number,
): Promise<boolean> {
  for (const some of chunks(ids)) {
    const row = await db
      .selectFrom('unsettled_deliveries')
      .select('id')
      .where('account_id', '=', accountId)
      .where(column, 'in', some)
      .where('state', '=', 'sending')
      .where('due_at', '>', now)
      .limit(1)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}
