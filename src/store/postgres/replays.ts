import type { MissedEvent } from '../store.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

/**
 * The row keeps two processes from the same step; the account's advisory lock (the seed 2 keeps it apart from those of
 * records and firings) keeps two replays from sending the same event at the same moment.
 */
const lock: Statement = {
  name: 'replays_lock',
  text: `SELECT FROM replays
    WHERE id = $1 AND state = 'running' AND pg_try_advisory_xact_lock(hashtextextended(account_id, 2))
    FOR UPDATE SKIP LOCKED`,
}

const missedColumns: Columns<MissedEvent> = { account_id: 'text', webhook_id: 'text', event_id: 'text' }

const add: Statement = {
  name: 'missed_add',
  text: `INSERT INTO missed (${names(missedColumns)})
    SELECT ${names(missedColumns)} FROM ${unnest(missedColumns, 'made')}`,
}

/** Until the transaction ends. False where it is not running, or another transaction has it; never waits. */
export async function lockReplay(session: Session, replayId: string): Promise<boolean> {
  return (await session.ask(lock, [replayId])).count === 1
}

export async function addMissed(session: Session, missed: readonly MissedEvent[]): Promise<void> {
  if (missed.length === 0) return
  await session.ask(add, columnArrays(missedColumns, missed))
}
