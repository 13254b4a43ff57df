import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
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

/** The keys of a rotation. */
export interface RotationKeys {
  old: string
  new: string
  /** Puts the new key in the place of the old one, where keys are in a file; once the database is sealed with it. */
  keep(): Promise<void>
}

/**
 * The old key is `masterKeyOld`, else what the file holds; the new one is `masterKey`, else made now and kept beside the file
 * until `keep`. A rotation that was cut off finds it there and goes on with it.
 */
export async function findKeys(options: {
  masterKey: string | null
  masterKeyOld: string | null
  databaseUrl: string | null
  dataDir: string
}): Promise<RotationKeys> {
  const { masterKey, masterKeyOld, databaseUrl, dataDir } = options
  const path = join(dataDir, fileName)
  const old = masterKeyOld ?? (databaseUrl ? null : await readKey(path))
  if (old === null)
    throw new Error(
      databaseUrl
        ? 'HOOKLINE_MASTER_KEY_OLD is missing: the key that the servers were last started with.'
        : `HOOKLINE_MASTER_KEY_OLD is missing, and there is no key in ${path}.`,
    )
  if (masterKey) {
    if (masterKey === old)
      throw new Error('HOOKLINE_MASTER_KEY must be a new key; make one with: openssl rand -base64 32')
    return { old, new: masterKey, keep: async () => {} }
  }
  if (databaseUrl)
    throw new Error('HOOKLINE_MASTER_KEY is missing: the new key; make one with: openssl rand -base64 32')
  const nextPath = `${path}.new`
  const next = (await readKey(nextPath)) ?? (await makeKey(nextPath))
  return { old, new: next, keep: () => moveInPlace(nextPath, path) }
}

/** null where there is no such file, or no whole key in it: nothing was sealed with that yet. */
async function readKey(path: string): Promise<string | null> {
  try {
    const key = (await readFile(path, 'utf8')).trim()
    return key.length >= 32 ? key : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** On the disk before it is used: what is sealed with a lost key is lost. */
async function makeKey(path: string): Promise<string> {
  const key = randomBytes(32).toString('base64')
  await writeFile(path, `${key}\n`, { mode: 0o600, flush: true })
  await syncDirectory(dirname(path))
  return key
}

async function moveInPlace(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncDirectory(dirname(to))
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
