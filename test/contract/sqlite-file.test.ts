/** What SQLite promises beyond the contract: one server per file, and a file that outlives its server. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Webhook } from '../../src/model/index.ts'
import { openVault } from '../../src/runtime/vault.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import type { Store } from '../../src/store/store.ts'
import { addAccount, addDeliveries, addWebhook, claimAll, makeAccount, presentMs } from './things.ts'

let directory: string
let path: string
let store: Store

const open = (at = path, now?: () => number) =>
  openSqlite({ path: at, vault: openVault('the key of the contract suite'), ...(now ? { now } : {}) })

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hookline-sqlite-'))
  path = join(directory, 'data', 'hookline.db')
  store = await open()
})

afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

function startChild(webhook: Pick<Webhook, 'id' | 'account_id'>) {
  const script = join(import.meta.dirname, 'sqlite-child.ts')
  const child = spawn(process.execPath, [script, path, webhook.account_id, webhook.id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout }) }
}

test('a file that is open is refused, in this process and in another, also by another name', async () => {
  const refusal = { code: 'unavailable', message: expect.stringContaining('Another Hookline server') }
  await expect(open()).rejects.toMatchObject(refusal)
  await symlink(path, join(directory, 'link.db'))
  await expect(open(join(directory, 'link.db'))).rejects.toMatchObject(refusal)
  const { child, lines } = startChild({ id: 'whk_1', account_id: 'acc_1' })
  const [[line]] = await Promise.all([once(lines, 'line'), once(child, 'exit')])
  expect(line).toContain('refused: Another Hookline server')
  // The refusals took nothing from the one that has it.
  await addAccount(store)
  await expect(open()).rejects.toMatchObject(refusal)
})

test('only its owner reads the file, what stands beside it and their folder, unless somebody has said otherwise', async () => {
  const folder = join(directory, 'data')
  const modes = async () =>
    Promise.all([folder, ...(await readdir(folder)).map((name) => join(folder, name))].map(modeOf))
  await addAccount(store)
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['hookline.db', 'hookline.db-wal']))
  for (const mode of await modes()) expect(mode & 0o077).toBe(0)

  await chmod(path, 0o640)
  await store.close()
  store = await open()
  expect(await modeOf(path)).toBe(0o640)
})

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

test('a closed file is free again, and its log is gone', async () => {
  const account = await addAccount(store)
  await store.close()
  await store.close()
  const raw = new DatabaseSync(path, { readOnly: true })
  expect(raw.prepare('SELECT id FROM accounts').all()).toEqual([{ id: account.id }])
  raw.close()
  store = await open()
})

test('after kill -9 every event that was answered is there, the file is free, and its leases are', async () => {
  const account = await addAccount(store)
  const webhook = await addWebhook(store, account)
  await store.close()
  const { child, lines } = startChild(webhook)
  const answered: string[] = []
  for await (const id of lines) {
    answered.push(id)
    if (answered.length === 50) child.kill('SIGKILL')
  }
  const now = presentMs()
  store = await open(path, () => now)
  expect(answered.length).toBeGreaterThanOrEqual(50)
  for (const id of answered) expect(await store.events.get(account.id, id)).not.toBeNull()
  const [delivery] = await store.deliveries.list(account.id, {}, { limit: 10 })
  expect(delivery).toMatchObject({ state: 'pending', lease: 1, due_at: now })
  const { leases } = await claimAll(store, { now })
  expect(leases.map((lease) => lease.delivery)).toMatchObject([{ id: delivery!.id, lease: 2 }])
})

test('opening frees the leases of all lanes, and leaves alone what waits', async () => {
  const webhooks = [
    await addWebhook(store, await addAccount(store)),
    await addWebhook(store, await addAccount(store)),
  ]
  const later = presentMs() + 3_000_000
  const leased: string[] = []
  for (const webhook of webhooks) {
    const tried = { state: 'sending', lease: 2, attempts: 1, due_at: later } as const
    leased.push((await addDeliveries(store, webhook, 1, tried))[0]!.id)
    leased.push((await addDeliveries(store, webhook, 1, { ...tried, attempts: 0 }))[0]!.id)
    await addDeliveries(store, webhook, 1, { state: 'waiting', due_at: later })
  }
  await store.close()
  const now = presentMs()
  store = await open(path, () => now)
  const { leases } = await claimAll(store, { now })
  expect(leases.map(({ delivery }) => delivery.id).sort()).toEqual(leased.sort())
  expect(leases.map(({ delivery }) => delivery.lease)).toEqual([3, 3, 3, 3])
})

test('a file of a newer program is refused and left as it was', async () => {
  await store.close()
  const change = (sql: string) => {
    const raw = new DatabaseSync(path)
    raw.exec(sql)
    raw.close()
  }
  change("INSERT INTO migrations VALUES ('9999-from-the-future', 1)")
  await expect(open()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('a newer version of Hookline (9999-from-the-future)'),
  })
  change("DELETE FROM migrations WHERE name LIKE '9999%'")
  store = await open()
})

test('a file that is no database is refused as unavailable', async () => {
  await store.close()
  await rm(path)
  await writeFile(
    path,
    'This is a text file, and a long enough one to be read as a header of a database.'.repeat(20),
  )
  await expect(open()).rejects.toMatchObject({ name: 'Problem', code: 'unavailable' })
  await rm(path)
  store = await open()
})

test('a write that comes after its transaction has ended is refused', async () => {
  const leaked = await store.transaction(async (tx) => tx)
  await expect(leaked.accounts.insert(makeAccount())).rejects.toThrow('after its transaction')
  await expect(leaked.events.insert([])).rejects.toThrow('after its transaction')
})
