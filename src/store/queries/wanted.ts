import { sql, type RawBuilder } from 'kysely'

/**
 * Keys as a table `wanted`, for a query that joins each of them to its row. Of a long `IN` the planner of SQLite may think
 * that all rows of the account are fewer, and read those.
 */
export function wanted(
  columns: readonly string[],
  keys: readonly (readonly string[])[],
): RawBuilder<unknown> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const rows = keys.map((key) => sql`(${sql.join(key)})`)
  return sql`WITH wanted (${names}) AS (VALUES ${sql.join(rows)})`
}
