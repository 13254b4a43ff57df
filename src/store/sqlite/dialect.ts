import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely'

/** Runs one statement somewhere: on this thread, or on the reader's. */
export type Execute = (
  sql: string,
  parameters: readonly unknown[],
) => QueryResult<never> | Promise<QueryResult<never>>

/** Kysely for SQLite over whatever runs the statements. It opens no transactions: the store does. */
export function sqliteDialect(execute: Execute): Dialect {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) =>
      (await execute(sql, parameters)) as QueryResult<Row>,
    streamQuery: () => {
      throw new Error('Queries are not streamed here: lists come in pages.')
    },
  }
  const notHere = async () => {
    throw new Error('Transactions are opened by the store.')
  }
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: notHere,
      commitTransaction: notHere,
      rollbackTransaction: notHere,
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
  }
}
