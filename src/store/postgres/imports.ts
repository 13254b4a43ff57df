import type { Session, Statement } from './connection.ts'

const lock: Statement = {
  name: 'imports_lock',
  text: `SELECT FROM imports WHERE id = $1 AND state = 'running' FOR UPDATE SKIP LOCKED`,
}

/** Until the transaction ends. False where it is not running, or another transaction has it; never waits. */
export async function lockImport(session: Session, importId: string): Promise<boolean> {
  return (await session.ask(lock, [importId])).count === 1
}
