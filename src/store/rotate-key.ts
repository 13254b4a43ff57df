import { join } from 'node:path'
import type { Vault } from '../runtime/vault.ts'
import type { Resealed } from './reseal.ts'
import { resealSqlite } from './sqlite/reseal.ts'

/**
 * Seals all secrets of the database anew, in one transaction. Servers must be stopped: a SQLite file that is open is refused;
 * on PostgreSQL other processes go on with the old key and could read nothing any more.
 */
export async function rotateKey(options: {
  databaseUrl: string | null
  dataDir: string
  from: Vault
  to: Vault
}): Promise<Resealed> {
  const { databaseUrl, dataDir, from, to } = options
  if (!databaseUrl) return resealSqlite(join(dataDir, 'hookline.db'), from, to)
  const { resealPostgres } = await import('./postgres/reseal.ts')
  return resealPostgres(databaseUrl, from, to)
}
