import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../../model/index.ts'
import { isBusy } from './errors.ts'
import { makePrivateFile } from './private-file.ts'

/**
 * Holds `<database>.lock` for this server alone: an empty SQLite file in an exclusive transaction, and so a lock of the
 * operating system's, which ends with the process however that ends. Refuses, as `unavailable`, when somebody holds it.
 */
export function lockFile(databasePath: string): { release(): void } {
  const path = `${databasePath}.lock`
  makePrivateFile(path)
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (!isBusy(error)) throw error
    throw new Problem(
      'unavailable',
      `Another Hookline server has "${databasePath}" open. Stop it first, or give this one a data directory of its own.`,
    )
  }
  return { release: () => db.close() }
}
