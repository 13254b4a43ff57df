import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
} from 'kysely'
import type { Schema } from '../schema.ts'
import type { Session } from './connection.ts'

/** Kysely's queries on a session of ours, so that they run in our transactions and fail in our words. */
export function kyselyOn(session: Session): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
      const { rows, count } = await session.askOnce<Row>(sql, parameters)
      return { rows, numAffectedRows: BigInt(count) }
    },
    streamQuery() {
      throw new Error('this store does not stream')
    },
  }
  const noTransaction = async () => {
    throw new Error('transactions are the store’s')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: noTransaction,
    commitTransaction: noTransaction,
    rollbackTransaction: noTransaction,
    destroy: async () => {},
  }
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}
