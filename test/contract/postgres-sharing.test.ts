/** What only PostgreSQL has: several processes on one database, here as two stores. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Account, Webhook } from '../../src/model/index.ts'
import { openVault } from '../../src/runtime/vault.ts'
import { openPostgres } from '../../src/store/postgres/open.ts'
import { broadcastBytesMax, type Claim, type Store } from '../../src/store/store.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import type { PostgresDatabase } from '../support/postgres.ts'
import { makeChunks, makeImport } from './inbound-things.ts'
import { makeErasure } from './erasures.ts'
import {
  addAccount,
  addDeliveries,
  addWebhook,
  claimAll,
  makeAccount,
  makeRecord,
  makeWebhook,
  presentMs,
} from './things.ts'

let database: PostgresDatabase
let one: Store
let two: Store
let admin: pg.Client
let account: Account

beforeAll(async () => {
  database = await freshDatabase()
  const vault = openVault(randomBytes(32))
  const open = () => openPostgres({ url: database.url, vault, poolSize: 4 })
  // Both at once on an empty database: one of them makes the tables, the other waits.
  ;[one, two] = await Promise.all([open(), open()])
  admin = new pg.Client({ connectionString: database.url })
  admin.on('error', () => {})
  await admin.connect()
})

afterAll(async () => {
  await Promise.all([one?.close(), two?.close(), admin?.end()])
  await database?.[Symbol.asyncDispose]()
})

beforeEach(async () => {
  // Claims look at all accounts.
  await admin.query('DELETE FROM unsettled_deliveries')
  account = await addAccount(one)
})

function addLane(slots: number, owner = account): Promise<Webhook> {
  return addWebhook(one, owner, { delivery: { ...makeWebhook(owner.id).delivery, slots } })
}

const idsOf = ({ leases }: Claim) => leases.map(({ delivery }) => delivery.id)
const lanesOf = ({ leases }: Claim) => leases.map(({ delivery }) => delivery.webhook_id)

test('two processes that claim at once keep to the slots and the rate together', async () => {
  const lane = await addLane(3)
  const delivery = { ...makeWebhook(account.id).delivery, slots: 100, rate_per_s: 2 }
  const paced = await addWebhook(one, account, { delivery })
  await addDeliveries(one, lane, 20)
  await addDeliveries(one, paced, 20)
  const now = presentMs()
  const claims: Claim[] = []
  for (let round = 0; round < 5; round++)
    claims.push(...(await Promise.all([one, two, one, two].map((store) => claimAll(store, { now })))))
  const given = claims.flatMap(lanesOf)
  expect(given.filter((id) => id === lane.id)).toHaveLength(3)
  expect(given.filter((id) => id === paced.id)).toHaveLength(2)
  // Who came while it was another's turn was told so.
  for (const { leases, unfinished } of claims) if (unfinished) expect(leases).toEqual([])
})

test('a record’s writers in two processes go one after the other, also before the record exists', async () => {
  const key = { account_id: account.id, kind: 'lead', id: '4831596' }
  const other = { ...key, id: '5' }
  const countUp = (store: Store, keys: (typeof key)[]) =>
    store.transaction(async (tx) => {
      const found = await tx.records.lock(keys)
      const sequence = found.find(({ id }) => id === key.id)?.sequence ?? 0
      await tx.records.put([makeRecord(account.id, key.id, { sequence: sequence + 1 })])
    })
  const rounds = Array.from({ length: 20 })
  await Promise.all(
    rounds.flatMap(() => [countUp(one, [key, other]), countUp(two, [other, key]), countUp(two, [key, key])]),
  )
  expect((await two.records.get(account.id, key))?.sequence).toBe(60)
})

test('a webhook’s firings are counted right by two processes, in whatever order they lock', async () => {
  const keys = ['lead 1', 'lead 2'].map((subject) => ({
    account_id: account.id,
    webhook_id: 'whk_1',
    subject,
  }))
  const countUp = (store: Store, order: typeof keys) =>
    store.transaction(async (tx) => {
      const before = await tx.firings.lock(order)
      const firedOf = (subject: string) => before.find((one) => one.subject === subject)?.fired ?? 0
      await tx.firings.put(order.map((key) => ({ ...key, fired: firedOf(key.subject) + 1, last_at: 1 })))
    })
  const rounds = Array.from({ length: 20 })
  await Promise.all(rounds.flatMap(() => [countUp(one, keys), countUp(two, keys.toReversed())]))
  const firings = await two.transaction((tx) => tx.firings.lock(keys))
  expect(firings.map(({ fired }) => fired)).toEqual([40, 40])
})

test('an erasure that another process is at is passed over without waiting', async () => {
  const erasure = makeErasure(account.id)
  await one.transaction((tx) => tx.erasures.insert(erasure))
  const locked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const working = one.transaction(async (tx) => {
    await tx.erasures.lock(erasure.id)
    locked.resolve()
    await goOn.promise
  })
  await locked.promise
  expect(await two.transaction((tx) => tx.erasures.lock(erasure.id))).toBeNull()
  goOn.resolve()
  await working
  expect(await two.transaction((tx) => tx.erasures.lock(erasure.id))).toEqual(erasure)
})

test('an import that another process is at is passed over without waiting; canceling it waits', async () => {
  const recordImport = makeImport(account.id)
  const [, second] = makeChunks(2)
  await one.transaction((tx) => tx.imports.insert(recordImport, makeChunks(2)))
  const locked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const half = { ...recordImport, chunks_done: 1, lines_done: 2, created: 2 }
  const working = one.transaction(async (tx) => {
    const { chunk } = (await tx.imports.lockNext(recordImport.id))!
    locked.resolve()
    await goOn.promise
    await tx.imports.finishChunk(half, chunk, [])
  })
  await locked.promise
  expect(await two.transaction((tx) => tx.imports.lockNext(recordImport.id))).toBeNull()
  const canceling = two.transaction(async (tx) => {
    // What is next now is asked only once the lock is free.
    const canceled = await tx.imports.cancel(account.id, recordImport.id, presentMs())
    return { canceled, next: await tx.imports.lockNext(recordImport.id) }
  })
  goOn.resolve()
  await working
  expect(await canceling).toEqual({ canceled: true, next: null })
  expect(await one.imports.get(account.id, recordImport.id)).toEqual({
    ...half,
    state: 'canceled',
    updated_at: presentMs(),
  })
  const next = makeImport(account.id)
  await one.transaction((tx) => tx.imports.insert(next, [second!]))
  expect((await two.transaction((tx) => tx.imports.lockNext(next.id)))!.chunk).toEqual(second)
})

test('a twin that wrote the same key first makes the work run again, and then it sees it', async () => {
  const answer = {
    account_id: account.id,
    token_id: 'tok_1',
    route: 'POST /v1/events',
    key: 'k',
    body_hash: 'h',
    status_code: 200,
    body: '{}',
    created_at: account.created_at,
  }
  const remember = (store: Store) =>
    store.transaction(async (tx) => {
      const [known] = await tx.answers.find([answer])
      if (known) return 'known'
      await tx.answers.insert([answer])
      return 'new'
    })
  const results = await Promise.all([one, two, one, two].map(remember))
  expect(results.sort()).toEqual(['known', 'known', 'known', 'new'])
})

test('a key that stays taken is a conflict, and nothing of the transaction stands', async () => {
  await addAccount(one, { external_id: account.id })
  let runs = 0
  const fresh = makeAccount()
  const insertTwice = two.transaction(async (tx) => {
    runs++
    await tx.accounts.insert(fresh)
    await tx.accounts.insert(makeAccount({ external_id: account.id }))
  })
  await expect(insertTwice).rejects.toMatchObject({ name: 'Problem', code: 'conflict' })
  expect(runs).toBe(3)
  expect(await one.accounts.get(fresh.id)).toBeNull()
})

test('work that hides a failed statement does not count as done', async () => {
  const hiding = one.transaction(async (tx) => {
    await tx.accounts.insert({ ...makeAccount(), language: null as never }).catch(() => {})
  })
  await expect(hiding).rejects.toThrow('the work hid a failed statement')
})

test('work that goes on after its transaction cannot write', async () => {
  const late = makeAccount()
  const accounts = await one.transaction(async (tx) => tx.accounts)
  await expect(accounts.insert(late)).rejects.toThrow('the transaction is over')
  expect(await one.accounts.get(late.id)).toBeNull()
})

test('deliveries are claimed once, by however many claimers', async () => {
  const deliveries = await addDeliveries(one, await addLane(1000), 300)
  const claimers = Array.from({ length: 12 }, (_, index) => (index % 2 ? one : two))
  const claims = await Promise.all(claimers.map((store) => claimAll(store, { limit: 40 })))
  const claimed = [...claims.flatMap(idsOf), ...idsOf(await claimAll(one, { limit: 1000 }))]
  expect(claimed).toHaveLength(300)
  expect(new Set(claimed)).toEqual(new Set(deliveries.map(({ id }) => id)))
})

test('a webhook’s slots hold over all processes', async () => {
  await addDeliveries(one, await addLane(3), 10)
  expect(idsOf(await claimAll(one, { limit: 2 }))).toHaveLength(2)
  expect(idsOf(await claimAll(two))).toHaveLength(1)
  expect(idsOf(await claimAll(one))).toHaveLength(0)
})

test('what another claimer holds is passed over without waiting', async () => {
  const deliveries = await addDeliveries(one, await addLane(10), 4)
  const ids = deliveries.map(({ id }) => id)
  await admin.query('BEGIN')
  await admin.query('SELECT FROM unsettled_deliveries WHERE id = ANY ($1) FOR UPDATE', [ids.slice(0, 2)])
  try {
    expect(idsOf(await claimAll(one))).toEqual(ids.slice(2))
  } finally {
    await admin.query('ROLLBACK')
  }
  expect(idsOf(await claimAll(two))).toEqual(ids.slice(0, 2))
})

test('accounts take turns, and no lane is left out in the next rounds', async () => {
  const small = await addAccount(one)
  const lanes = [await addLane(10), await addLane(10), await addLane(10)]
  for (const lane of lanes) await addDeliveries(one, lane, 10)
  const smallLane = await addLane(10, small)
  await addDeliveries(one, smallLane, 1)
  const first = await claimAll(one, { limit: 2 })
  expect(lanesOf(first)).toEqual([lanes[0]!.id, smallLane.id])
  expect(first.cursor).toEqual({ account_id: account.id, webhook_id: lanes[0]!.id })
  const second = await claimAll(two, { limit: 2, after: first.cursor })
  expect(lanesOf(second)).toEqual([lanes[1]!.id, lanes[2]!.id])
})

test('a round goes on from the first lane after the last one', async () => {
  const lanes = [await addLane(1), await addLane(1), await addLane(1)]
  for (const lane of lanes) await addDeliveries(one, lane, 2)
  const after = { account_id: account.id, webhook_id: lanes[1]!.id }
  const claim = await claimAll(one, { after })
  expect(lanesOf(claim)).toEqual([lanes[2]!.id, lanes[0]!.id, lanes[1]!.id])
  expect(claim.cursor).toBeNull()
})

test('what one process broadcasts, the others hear, and it does not hear itself', async () => {
  const heard: string[] = []
  const own: string[] = []
  const stopOne = one.onBroadcast((message) => own.push(message))
  const longest = 'ы'.repeat(broadcastBytesMax / 2)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stopTwo = two.onBroadcast((message) => {
    heard.push(message)
    if (message === 'last') resolve()
  })
  // Sent one after the other, since two connections may overtake each other.
  one.broadcast(longest)
  await eventually(() => heard.length === 1)
  one.broadcast('last')
  await promise
  expect(heard).toEqual([longest, 'last'])
  two.broadcast('answer')
  await eventually(() => own.length === 1)
  expect(own).toEqual(['answer'])
  stopTwo()
  one.broadcast('to nobody')
  two.broadcast('over')
  await eventually(() => own.includes('over'))
  expect(heard).toHaveLength(2)
  stopOne()
})
