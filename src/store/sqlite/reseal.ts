import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { Problem } from '../../model/index.ts'
import type { Vault } from '../../runtime/vault.ts'
import { migrate } from '../migrate.ts'
import { sqliteTypes } from '../migrations/index.ts'
import { reseal, type Resealed } from '../reseal.ts'
import type { Schema } from '../schema.ts'
import { sqliteDialect } from './dialect.ts'
import { storeError } from './errors.ts'
import { lockFile } from './file-lock.ts'
import { openStatements } from './statements.ts'

/** Refuses, as `unavailable`, a file that a server has open, or that is not there. */
export async function resealSqlite(path: string, from: Vault, to: Vault): Promise<Resealed> {
  if (!existsSync(path)) throw new Problem('unavailable', `There is no database at ${path}.`)
  const lock = lockFile(path)
  try {
    const db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
    try {
      // FULL: when this is done, the old key may be thrown away.
      db.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE',
      )
      const kysely = new Kysely<Schema>({ dialect: sqliteDialect(openStatements(db)) })
      await migrate(kysely, sqliteTypes, Date.now())
      const result = await reseal(kysely, from, to)
      db.exec('COMMIT')
      return result
    } finally {
      db.close()
    }
  } catch (error) {
    throw storeError(error)
  } finally {
    lock.release()
  }
}
