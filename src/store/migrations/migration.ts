/** The words in which the two databases differ. Keys sort by bytes in both: SQLite's default, `COLLATE "C"` in PostgreSQL. */
export interface ColumnTypes {
  text: string
  /** 64 bits; holds counts, booleans as 0 and 1, and times in ms. */
  int: string
  bytes: string
  /** A primary key that numbers the rows as they come. */
  rowNumber: string
  /** What closes a CREATE TABLE. */
  strict: string
  /** What stands under a key of a JSON object that is kept as text: its characters; NULL where there is none, or null. */
  jsonText(column: string, key: string): string
  /** The items of a list under a key, for FROM: rows of one column `value`; none where there is no list. */
  jsonItems(column: string, key: string): string
}

export const sqliteTypes: ColumnTypes = {
  text: 'TEXT',
  int: 'INTEGER',
  bytes: 'BLOB',
  rowNumber: 'INTEGER PRIMARY KEY',
  strict: ' STRICT',
  jsonText: (column, key) => `CAST(json_extract(${column}, '$.${key}') AS TEXT)`,
  jsonItems: (column, key) =>
    `json_each(CASE json_type(${column}, '$.${key}') WHEN 'array' THEN ${column} -> '$.${key}' ELSE '[]' END) AS item`,
}
export const postgresTypes: ColumnTypes = {
  text: 'text COLLATE "C"',
  int: 'bigint',
  bytes: 'bytea',
  rowNumber: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  strict: '',
  jsonText: (column, key) => `(${column}::json ->> '${key}')`,
  jsonItems: (column, key) =>
    `json_array_elements_text(CASE json_typeof(${column}::json -> '${key}')
      WHEN 'array' THEN ${column}::json -> '${key}' ELSE '[]' END) AS item (value)`,
}

/** One numbered step of the schema. A step that has been released is never edited; the next one mends it. */
export interface Migration {
  /** Its number and subject; kept in the table `migrations`. */
  name: string
  sql(types: ColumnTypes): string[]
}
