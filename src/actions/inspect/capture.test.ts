import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account, Inspector } from '../../model/index.ts'
import { openVault } from '../../runtime/vault.ts'
import { openSqlite } from '../../store/sqlite/open.ts'
import type { Store } from '../../store/store.ts'
import { makeCapture } from './capture.ts'
import { defaultAnswer } from './answer.ts'
import { setUp } from '../people/set-up.ts'

const clock = () => Date.UTC(2026, 10, 20)

let directory: string
let store: Store
let account: Account
let inspector: Inspector

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hookline-'))
  store = await openSqlite({ path: join(directory, 'hookline.db'), vault: openVault('k'.repeat(32)) })
  ;({ account } = await setUp(store, { adminToken: null }, clock))
  inspector = {
    id: 'ins_1',
    account_id: account.id,
    token: 't',
    name: '',
    answer: defaultAnswer,
    created_at: 0,
  }
  await store.transaction((tx) => tx.inspectors.insert(inspector))
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

const request = (body: string | Uint8Array) => ({
  method: 'POST',
  url: '/i/t',
  query: '',
  headers: [] as [string, string][],
  body: Buffer.from(body),
})
const kept = async () => {
  const rows = await store.inspectors.requests(account.id, inspector.id, { limit: 1000 })
  return rows.map(({ body }) => Buffer.from(body).toString())
}

test('what comes at once is kept in its order, the newest first in lists', async () => {
  const capture = makeCapture(store, clock, 100)
  await Promise.all(['a', 'b', 'c'].map((body) => capture.add(inspector, request(body))))
  expect(await kept()).toEqual(['c', 'b', 'a'])
})

test('an inspector keeps the newest ones', async () => {
  const capture = makeCapture(store, clock, 2)
  for (const body of ['a', 'b', 'c']) await capture.add(inspector, request(body))
  expect(await kept()).toEqual(['c', 'b'])
})

test('more than may wait is refused, and what was taken is kept', async () => {
  const capture = makeCapture(store, clock, 100)
  const large = new Uint8Array(30 * 1024 * 1024)
  const results = await Promise.allSettled(
    ['first', large, large, large, 'small'].map((body) => capture.add(inspector, request(body))),
  )
  expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'kept'))).toEqual([
    'kept',
    'kept',
    'kept',
    'too_many',
    'kept',
  ])
  expect(await kept()).toHaveLength(4)
})
