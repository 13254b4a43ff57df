import { recordFromRow, recordToRow, type Row } from '../rows.ts'
import type { RecordKey, RecordWrites } from '../store.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

const keyColumns: Columns<RecordKey> = { account_id: 'text', kind: 'text', id: 'text' }

const recordColumns: Columns<Row<'records'>> = {
  ...keyColumns,
  state: 'text',
  fields: 'text',
  search: 'text',
  sequence: 'bigint',
  last_event_id: 'text',
  as_of: 'bigint',
  created_at: 'bigint',
  updated_at: 'bigint',
  pipeline_id: 'text',
  stage_id: 'text',
  active: 'bigint',
}

/**
 * Advisory locks, since a record that nobody wrote yet has no row to lock. Every transaction takes them in the order of
 * their numbers, so they cannot deadlock: a subquery that sorts is never merged into its parent, which therefore calls
 * the locking function row by row in that order. Ends of words are kept apart by their lengths.
 */
const lock: Statement = {
  name: 'records_lock',
  text: `SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(
        length(account_id) || '.' || length(kind) || '.' || account_id || kind || id, 0) AS key
      FROM ${unnest(keyColumns, 'wanted')}
      ORDER BY key
    ) AS keys`,
}

const read: Statement = {
  name: 'records_read',
  text: `SELECT r.account_id, r.kind, r.id, r.state, r.fields, r.sequence, r.last_event_id, r.as_of, r.created_at, r.updated_at
    FROM ${unnest(keyColumns, 'wanted')}
    JOIN records r ON r.account_id = wanted.account_id AND r.kind = wanted.kind AND r.id = wanted.id`,
}

const put: Statement = {
  name: 'records_put',
  text: `INSERT INTO records (${names(recordColumns)})
    SELECT ${names(recordColumns)} FROM ${unnest(recordColumns, 'written')}
    ON CONFLICT (account_id, kind, id) DO UPDATE SET
      state = excluded.state, fields = excluded.fields, search = excluded.search, sequence = excluded.sequence,
      last_event_id = excluded.last_event_id,
      as_of = excluded.as_of, created_at = excluded.created_at, updated_at = excluded.updated_at,
      pipeline_id = excluded.pipeline_id, stage_id = excluded.stage_id, active = excluded.active`,
}

/** One of each: a record that is named twice is meant once, and the last one written is the one that stands. */
function distinct<Key extends RecordKey>(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [`${key.account_id} ${key.kind} ${key.id}`, key])).values()]
}

export function recordWrites(session: Session): Pick<RecordWrites, 'lock' | 'read' | 'put'> {
  const readAll = async (parameters: Buffer[]) => {
    const { rows } = await session.ask<Parameters<typeof recordFromRow>[0]>(read, parameters)
    return rows.map(recordFromRow)
  }
  return {
    async lock(keys) {
      if (keys.length === 0) return []
      const parameters = columnArrays(keyColumns, distinct(keys))
      // Two statements: one alone would see the records as they were before it waited for their locks. They are sent
      // together, and the second starts when the first is through.
      const [, records] = await Promise.all([session.ask(lock, parameters), readAll(parameters)])
      return records
    },
    async read(keys) {
      return keys.length === 0 ? [] : readAll(columnArrays(keyColumns, distinct(keys)))
    },
    async put(records) {
      if (records.length === 0) return
      await session.ask(put, columnArrays(recordColumns, distinct(records).map(recordToRow)))
    },
  }
}
