import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

export type Insert<Column extends string> = (row: Record<Column, SQLInputValue>) => void

export function prepareInsert<Column extends string>(
  db: DatabaseSync,
  table: string,
  columns: readonly Column[],
  onConflict = '',
): Insert<Column> {
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ${onConflict}`,
  )
  const values: SQLInputValue[] = Array.from({ length: columns.length }, () => null)
  return (row) => {
    for (let index = 0; index < columns.length; index++) values[index] = row[columns[index]!]
    statement.run(...values)
  }
}
