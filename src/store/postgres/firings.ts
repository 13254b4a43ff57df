import type { Firing, FiringKey, FiringWrites } from '../store.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

const keyColumns: Columns<FiringKey> = { account_id: 'text', webhook_id: 'text', subject: 'text' }
const firingColumns: Columns<Firing> = { ...keyColumns, fired: 'bigint', last_at: 'bigint' }

/** Advisory locks in the order of their numbers, as for records; the seed 1 keeps the two apart. */
const lock: Statement = {
  name: 'firings_lock',
  text: `SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(
        length(account_id) || '.' || length(webhook_id) || '.' || account_id || webhook_id || subject, 1) AS key
      FROM ${unnest(keyColumns, 'wanted')}
      ORDER BY key
    ) AS keys`,
}

const read: Statement = {
  name: 'firings_read',
  text: `SELECT ${names(firingColumns, 'f')} FROM ${unnest(keyColumns, 'wanted')}
    JOIN firings f ON f.account_id = wanted.account_id AND f.webhook_id = wanted.webhook_id
      AND f.subject = wanted.subject`,
}

const put: Statement = {
  name: 'firings_put',
  text: `INSERT INTO firings (${names(firingColumns)})
    SELECT ${names(firingColumns)} FROM ${unnest(firingColumns, 'counted')}
    ON CONFLICT (account_id, webhook_id, subject) DO UPDATE SET fired = excluded.fired, last_at = excluded.last_at`,
}

/** One of each: of a counter that is named twice the last one stands. Only the subject can hold a space. */
function distinct<Key extends FiringKey>(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [`${key.account_id} ${key.webhook_id} ${key.subject}`, key])).values()]
}

export function firingWrites(session: Session): FiringWrites {
  return {
    async lock(keys) {
      if (keys.length === 0) return []
      const parameters = columnArrays(keyColumns, distinct(keys))
      // Two statements, sent together: one alone would see the counters as they were before it waited for their locks.
      const [, { rows }] = await Promise.all([
        session.ask(lock, parameters),
        session.ask<Firing>(read, parameters),
      ])
      return rows
    },
    async put(firings) {
      if (firings.length === 0) return
      await session.ask(put, columnArrays(firingColumns, distinct(firings)))
    },
  }
}
