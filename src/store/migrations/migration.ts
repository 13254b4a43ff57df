/** The words in which the two databases differ. Keys sort by bytes in both: SQLite's default, `COLLATE "C"` in PostgreSQL. */
export interface ColumnTypes {
  text: string
  /** 64 bits; holds counts, booleans as 0 and 1, and times in ms. */
  int: string
  bytes: string
  /** What closes a CREATE TABLE. */
  strict: string
}

export const sqliteTypes: ColumnTypes = { text: 'TEXT', int: 'INTEGER', bytes: 'BLOB', strict: ' STRICT' }
export const postgresTypes: ColumnTypes = {
  text: 'text COLLATE "C"',
  int: 'bigint',
  bytes: 'bytea',
  strict: '',
}

/** One numbered step of the schema. A step that has been released is never edited; the next one mends it. */
export interface Migration {
  /** Its number and subject; kept in the table `migrations`. */
  name: string
  sql(types: ColumnTypes): string[]
}
