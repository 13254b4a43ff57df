import type { Session, Statement } from './connection.ts'

/** Above the limit on idle transactions: one that began before a record was emptied must have ended by then. */
export const quietMs = 60_000

const lock: Statement = {
  name: 'erasures_lock',
  text: `SELECT FROM erasures WHERE id = $1 AND state = 'running' FOR UPDATE SKIP LOCKED`,
}

/** Until the transaction ends. False where it is not running, or another transaction has it; never waits. */
export async function lockErasure(session: Session, erasureId: string): Promise<boolean> {
  return (await session.ask(lock, [erasureId])).count === 1
}
