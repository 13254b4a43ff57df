import type { DatabaseSync } from 'node:sqlite'
import type { ReplayWrites } from '../store.ts'

/** `assertInside` throws where no transaction is open. */
export function addMissedTo(db: DatabaseSync, assertInside: () => void): ReplayWrites['addMissed'] {
  const insert = db.prepare('INSERT INTO missed (account_id, webhook_id, event_id) VALUES (?, ?, ?)')
  return async (missed) => {
    assertInside()
    for (const { account_id, webhook_id, event_id } of missed) insert.run(account_id, webhook_id, event_id)
  }
}
