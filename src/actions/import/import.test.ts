import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '../../model/index.ts'
import type { Account, RecordImport } from '../../model/index.ts'
import { makeAccountConfigs, makeRateGuard } from '../../record-events/index.ts'
import { openVault } from '../../runtime/vault.ts'
import { openStore } from '../../store/open.ts'
import type { Store } from '../../store/store.ts'
import type { Ingest } from '../ingest/change.ts'
import { beginImport, importNextChunk, startImports } from './import.ts'
import { makeIngest } from '../ingest/ingest.ts'
import { setUp } from '../people/set-up.ts'

const now = Date.UTC(2026, 10, 20, 9)
const clock = () => now

let directory: string
let store: Store
let account: Account
let full: boolean

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hookline-import-'))
  full = false
  await open()
  account = (await setUp(store, { adminToken: null }, clock)).account
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

async function open(): Promise<void> {
  store = await openStore({ dataDir: directory, vault: openVault('a master key of 32 characters, or more') })
}

function ingest(): Ingest {
  return makeIngest({
    store,
    configs: makeAccountConfigs(),
    handoff: null,
    rateGuard: makeRateGuard(100),
    clock,
    groupMax: 10,
    queueMax: 10,
    checkBacklog() {
      if (full) throw new Problem('too_many', 'The backlog is full.')
    },
  })
}

function begin(count: number): Promise<RecordImport> {
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify({ id: String(index + 1) }))
  const bytes = Buffer.from(lines.join('\n'))
  const order = { account_id: account.id, kind: 'lead', format: 'ndjson', fire: true, by: 'token t' } as const
  return store.transaction((tx) => beginImport(tx, { ...order, bytes }, now))
}

const read = async ({ id }: RecordImport) => (await store.imports.get(account.id, id))!
const eventsOf = () => store.events.list(account.id, {}, { limit: 10_000 })

test('a chunk whose end fails is not counted, and nothing of it is done twice', async () => {
  const recordImport = await begin(450)
  const scene = { ingest: ingest(), clock }
  expect(await importNextChunk(scene, recordImport)).toBe(true)

  // As when the process dies between the writing of the records and the end of the transaction.
  const dying: Pick<Ingest, 'submitTogether'> = {
    submitTogether: (accountId, together) =>
      scene.ingest.submitTogether(accountId, {
        ...together,
        async also(tx, outcomes) {
          await together.also(tx, outcomes)
          throw new Error('the lights went out')
        },
      }),
  }
  await expect(importNextChunk({ ...scene, ingest: dying }, recordImport)).rejects.toThrow(
    'the lights went out',
  )
  expect(await read(recordImport)).toMatchObject({ state: 'running', lines_done: 200, created: 200 })
  expect(await eventsOf()).toHaveLength(200)

  await store.close()
  await open()
  const afterwards = { ingest: ingest(), clock }
  expect(await importNextChunk(afterwards, recordImport)).toBe(true)
  expect(await importNextChunk(afterwards, recordImport)).toBe(true)
  expect(await importNextChunk(afterwards, recordImport)).toBe(false)
  expect(await read(recordImport)).toMatchObject({
    state: 'done',
    lines_done: 450,
    created: 450,
    unchanged: 0,
  })
  expect(await eventsOf()).toHaveLength(450)
})

test('several at once do each chunk once', async () => {
  const recordImport = await begin(1000)
  const worker = async () => {
    while (await importNextChunk({ ingest: ingest(), clock }, recordImport));
  }
  await Promise.all([worker(), worker(), worker()])
  expect(await read(recordImport)).toMatchObject({ state: 'done', created: 1000, unchanged: 0, events: 1000 })
})

test('a canceled import goes no further, and keeps what it did', async () => {
  const recordImport = await begin(450)
  await importNextChunk({ ingest: ingest(), clock }, recordImport)
  await store.transaction((tx) => tx.imports.cancel(account.id, recordImport.id, now))
  expect(await importNextChunk({ ingest: ingest(), clock }, recordImport)).toBe(false)
  expect(await read(recordImport)).toMatchObject({ state: 'canceled', lines_done: 200, created: 200 })
})

test('the background goes on where it stopped, and waits while the backlog is full', async () => {
  full = true
  const recordImport = await begin(450)
  const errors: unknown[] = []
  let looked: () => void = () => undefined
  const watched = {
    ...store,
    imports: {
      ...store.imports,
      async running(limit: number) {
        const found = await store.imports.running(limit)
        looked()
        return found
      },
    },
  }
  const start = () =>
    startImports({
      store: watched,
      ingest: ingest(),
      clock,
      pollMs: 1,
      onError: (error) => errors.push(error),
    })
  const lookedTwice = new Promise<void>((resolve) => {
    let times = 0
    looked = () => ++times === 2 && resolve()
  })
  const first = start()
  await lookedTwice
  await first.stop()
  expect(await read(recordImport)).toMatchObject({ state: 'running', lines_done: 0 })

  full = false
  const second = start()
  const over = new Promise<void>((resolve) => {
    looked = async () => {
      if ((await read(recordImport)).state === 'done') resolve()
    }
  })
  second.hurry()
  await over
  await second.stop()
  expect(await read(recordImport)).toMatchObject({ state: 'done', created: 450 })
  expect(errors).toEqual([])
})
