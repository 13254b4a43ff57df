import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { QueryResult } from 'kysely'
import { holds } from '../holds.ts'

/** How many statements stay prepared: lists with many filters would otherwise gather without end. */
const preparedMax = 300

/**
 * `holds(value, text)`: 1 where the value, text or UTF-8, holds the text, which is in lower case. SQLite itself ignores case
 * only in ASCII.
 */
function addHolds(db: DatabaseSync): void {
  db.function('holds', { deterministic: true }, (value, text) => (holds(value, String(text)) ? 1 : 0))
}

/** Runs SQL text with parameters, and keeps the statements prepared. A statement with columns is read, another one run. */
export function openStatements(db: DatabaseSync) {
  addHolds(db)
  const prepared = new Map<string, { statement: StatementSync; reads: boolean }>()

  function prepare(sql: string) {
    let entry = prepared.get(sql)
    if (entry) return entry
    const statement = db.prepare(sql)
    entry = { statement, reads: statement.columns().length > 0 }
    if (prepared.size >= preparedMax) prepared.delete(prepared.keys().next().value!)
    prepared.set(sql, entry)
    return entry
  }

  return (sql: string, parameters: readonly unknown[]): QueryResult<never> => {
    const { statement, reads } = prepare(sql)
    const values = parameters as SQLInputValue[]
    if (reads) return { rows: statement.all(...values) as never[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }
}
