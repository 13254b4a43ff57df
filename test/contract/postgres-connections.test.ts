/** Connections that break, hints from one process to another, and poolers that stand between. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openVault } from '../../src/runtime/vault.ts'
import { openPostgres } from '../../src/store/postgres/open.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { addAccount, addDeliveries, addWebhook, makeAccount } from './things.ts'

const vault = openVault(randomBytes(32))
/** Later than all deliveries that `things.ts` makes, so that they are due. */
const now = () => Date.UTC(2040, 0, 1)

/** Stores on one database, whose connections can be cut from the server's side. */
async function openStores() {
  const database = await freshDatabase()
  const [store, other] = await Promise.all([
    openPostgres({ url: database.url, vault, now }),
    openPostgres({ url: database.url, vault, now }),
  ])
  return {
    url: database.url,
    store,
    other,
    async cutOff() {
      const admin = new pg.Client({ connectionString: database.url })
      await admin.connect()
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'hookline'`,
      )
      await admin.end()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([store.close(), other.close()])
      await database[Symbol.asyncDispose]()
    },
  }
}

test('idle connections that broke are replaced without a word', async () => {
  await using stores = await openStores()
  const account = makeAccount()
  await stores.cutOff()
  await stores.store.ping()
  await stores.cutOff()
  expect(await stores.store.accounts.get(account.id)).toBeNull()
  await stores.cutOff()
  await stores.store.transaction((tx) => tx.accounts.insert(account))
  expect(await stores.store.accounts.get(account.id)).toEqual(account)
})

test('a transaction whose connections keep breaking is unavailable, and leaves nothing', async () => {
  await using stores = await openStores()
  const account = makeAccount()
  const broken = stores.store.transaction(async (tx) => {
    await tx.accounts.insert(account)
    await stores.cutOff()
    await tx.accounts.get(account.id)
  })
  await expect(broken).rejects.toMatchObject({ name: 'Problem', code: 'unavailable' })
  expect(await stores.store.accounts.get(account.id)).toBeNull()
})

test('a database that cannot be reached is unavailable', async () => {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const { port } = nobody.address() as AddressInfo
  nobody.close()
  await once(nobody, 'close')
  const opening = openPostgres({ url: `postgresql://postgres@127.0.0.1:${port}/hookline`, vault })
  await expect(opening).rejects.toMatchObject({ name: 'Problem', code: 'unavailable' })
})

test('a closed store is unavailable, and can be closed again', async () => {
  await using stores = await openStores()
  await stores.store.close()
  await expect(stores.store.ping()).rejects.toMatchObject({ name: 'Problem', code: 'unavailable' })
  await stores.store.close()
})

test('others hear of due work and of changed webhooks, the process itself does not', async () => {
  await using stores = await openStores()
  const own = vi.fn()
  const others = vi.fn()
  onTestFinished(stores.store.onHint(own))
  const stop = stores.other.onHint(others)
  const account = await addAccount(stores.store)
  const webhook = await addWebhook(stores.store, account)
  await vi.waitFor(() => expect(others).toHaveBeenCalled())
  others.mockClear()
  await addDeliveries(stores.store, webhook, 1)
  await vi.waitFor(() => expect(others).toHaveBeenCalled())
  stop()
  expect(own).not.toHaveBeenCalled()
})

test('a listener that lost its connection comes back and looks for what it missed', async () => {
  await using stores = await openStores()
  const hinted = vi.fn()
  onTestFinished(stores.store.onHint(hinted))
  await stores.cutOff()
  await vi.waitFor(() => expect(hinted).toHaveBeenCalled(), { timeout: 20_000 })
})

test('behind a pooler statements carry no names, and listening goes past it', async () => {
  await using stores = await openStores()
  const account = await addAccount(stores.store)
  const sentBy = async (change: { directUrl?: string }) => {
    await using pooler = await startRelay(stores.url)
    const store = await openPostgres({ url: pooler.url, vault, ...change })
    expect((await store.transaction((tx) => tx.accounts.versions([account.id]))).size).toBe(1)
    await store.close()
    return pooler.sent()
  }
  const straight = await sentBy({})
  expect(straight).toContain('accounts_versions\0')
  expect(straight).toContain('LISTEN')
  const pooled = await sentBy({ directUrl: stores.url })
  expect(pooled).toContain('FROM accounts')
  expect(pooled).not.toContain('accounts_versions\0')
  expect(pooled).not.toContain('LISTEN')
})

/** Stands before the database and keeps what clients send to it. */
async function startRelay(to: string): Promise<AsyncDisposable & { url: string; sent: () => string }> {
  const { hostname, port } = new URL(to)
  const sent: Buffer[] = []
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname)
    client.on('data', (bytes: Buffer) => sent.push(bytes)).on('error', () => {})
    server.on('error', () => {})
    client.pipe(server).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const url = new URL(to)
  url.port = String((relay.address() as AddressInfo).port)
  return {
    url: url.href,
    sent: () => Buffer.concat(sent).toString('latin1'),
    async [Symbol.asyncDispose]() {
      relay.close()
      await once(relay, 'close')
    },
  }
}
