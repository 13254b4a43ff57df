import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileName = 'master.key'

/**
 * The key that encrypts webhooks' secrets: the setting, or on SQLite a generated file beside the database, readable by its
 * owner alone. PostgreSQL has no such place that all processes share, so there the setting is required.
 */
export async function loadMasterKey(options: {
  masterKey: string | null
  databaseUrl: string | null
  dataDir: string
}): Promise<string> {
  if (options.masterKey) return options.masterKey
  if (options.databaseUrl)
    throw new Error(
      'HOOKLINE_MASTER_KEY is missing. On PostgreSQL all processes must share one; make it with: openssl rand -base64 32',
    )
  await mkdir(options.dataDir, { recursive: true })
  const path = join(options.dataDir, fileName)
  try {
    await writeFile(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = (await readFile(path, 'utf8')).trim()
  if (key.length < 32)
    throw new Error(`${path} does not hold a key. Restore it from a backup, or remove it to make a new one.`)
  return key
}
