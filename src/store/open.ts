import { join } from 'node:path'
import type { Vault } from '../runtime/vault.ts'
import { openSqlite } from './sqlite/open.ts'
import type { Store } from './store.ts'

/**
 * PostgreSQL where a URL is given, else the file `hookline.db` in the data directory.
 * `directUrl` reaches the same PostgreSQL past a pooler, for listening.
 */
export async function openStore(options: {
  databaseUrl?: string | undefined
  directUrl?: string | undefined
  dataDir: string
  vault: Vault
  /** Of SQLite: see `openSqlite`. */
  rewriteBytesMax?: number | undefined
}): Promise<Store> {
  const { databaseUrl, directUrl, dataDir, vault, rewriteBytesMax } = options
  if (databaseUrl === undefined)
    return openSqlite({ path: join(dataDir, 'hookline.db'), vault, rewriteBytesMax })
  // Loaded only here: without it a start on SQLite is faster and smaller.
  const { openPostgres } = await import('./postgres/open.ts')
  return openPostgres({ url: databaseUrl, vault, ...(directUrl === undefined ? {} : { directUrl }) })
}
