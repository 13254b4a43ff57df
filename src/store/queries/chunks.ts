/** Rows or ids per statement: SQLite takes 32,766 parameters in one, PostgreSQL 65,535. */
const chunkSize = 1000

export function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize)
}
