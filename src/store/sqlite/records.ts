import type { DatabaseSync } from 'node:sqlite'
import type { CrmRecord } from '../../model/index.ts'
import { recordFromRow, recordToRow, type Row } from '../rows.ts'
import type { RecordKey, RecordWrites } from '../store.ts'
import type { Standing } from '../standing.ts'
import { prepareInsert } from './prepare-insert.ts'

const plainColumns = [
  'account_id', 'kind', 'id', 'state', 'fields', 'search', 'sequence', 'last_event_id', 'as_of', 'created_at', 'updated_at',
] as const // prettier-ignore
const columns = [...plainColumns, 'pipeline_id', 'stage_id', 'active'] as const

const replacePlain = `ON CONFLICT (account_id, kind, id) DO UPDATE SET state = excluded.state, fields = excluded.fields,
  search = excluded.search, sequence = excluded.sequence, last_event_id = excluded.last_event_id, as_of = excluded.as_of,
  created_at = excluded.created_at, updated_at = excluded.updated_at`

/** Forgotten beyond so many: records that were locked and then not written. */
const rememberedMax = 1000

/**
 * SQLite writes an index anew for every column that an update names, also where the value stays: 8 µs of the 20 µs that a
 * write of a record takes. So where it stands is named only in writes that move it, as its lock found it. One that was not
 * locked just before counts as moved.
 */
export function recordWrites(
  db: DatabaseSync,
  assertInside: () => void,
): Pick<RecordWrites, 'lock' | 'read' | 'put'> {
  const byKey = db.prepare(
    `SELECT account_id, kind, id, state, fields, sequence, last_event_id, as_of, created_at, updated_at, pipeline_id, stage_id, active
     FROM records WHERE account_id = ? AND kind = ? AND id = ?`,
  )
  const insert = prepareInsert(
    db,
    'records',
    columns,
    `${replacePlain}, pipeline_id = excluded.pipeline_id, stage_id = excluded.stage_id, active = excluded.active`,
  )
  const replaceInPlace = prepareInsert(db, 'records', columns, replacePlain)
  const stood = new Map<string, Standing>()

  function read(keys: RecordKey[], seen?: (key: string, row: Row<'records'>) => void): CrmRecord[] {
    const found = new Map<string, CrmRecord>()
    for (const { account_id, kind, id } of keys) {
      const row = byKey.get(account_id, kind, id) as Row<'records'> | undefined
      if (!row) continue
      const key = keyOf(row)
      found.set(key, recordFromRow(row))
      seen?.(key, row)
    }
    return [...found.values()]
  }

  return {
    // The one writer holds every lock there is.
    async lock(keys) {
      if (stood.size > rememberedMax) stood.clear()
      return read(keys, (key, { pipeline_id, stage_id, active }) =>
        stood.set(key, { pipeline_id, stage_id, active }),
      )
    },
    read: async (keys) => read(keys),
    async put(records) {
      assertInside()
      for (const record of records) {
        const row = recordToRow(record)
        const key = keyOf(row)
        const before = stood.get(key)
        stood.delete(key)
        if (before && isSame(before, row)) replaceInPlace(row)
        else insert(row)
      }
    },
  }
}

function keyOf({ account_id, kind, id }: RecordKey): string {
  return `${account_id} ${kind} ${id}`
}

function isSame(a: Standing, b: Standing): boolean {
  return a.pipeline_id === b.pipeline_id && a.stage_id === b.stage_id && a.active === b.active
}
