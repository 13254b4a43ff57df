import type { DatabaseSync } from 'node:sqlite'
import type { Firing, FiringWrites } from '../store.ts'

/** `assertInside` throws where no transaction is open. */
export function firingWrites(db: DatabaseSync, assertInside: () => void): FiringWrites {
  const byKey = db.prepare('SELECT * FROM firings WHERE account_id = ? AND webhook_id = ? AND subject = ?')
  const write = db.prepare(
    `INSERT INTO firings (account_id, webhook_id, subject, fired, last_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account_id, webhook_id, subject) DO UPDATE SET fired = excluded.fired, last_at = excluded.last_at`,
  )
  return {
    // The one writer holds every lock there is.
    async lock(keys) {
      const found = new Map<string, Firing>()
      for (const { account_id, webhook_id, subject } of keys) {
        const row = byKey.get(account_id, webhook_id, subject)
        if (row) found.set(JSON.stringify([account_id, webhook_id, subject]), row as unknown as Firing)
      }
      return [...found.values()]
    },
    async put(firings) {
      assertInside()
      for (const { account_id, webhook_id, subject, fired, last_at } of firings) {
        write.run(account_id, webhook_id, subject, fired, last_at)
      }
    },
  }
}
