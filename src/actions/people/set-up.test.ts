import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVault } from '../../runtime/vault.ts'
import { openSqlite } from '../../store/sqlite/open.ts'
import type { Store } from '../../store/store.ts'
import { hashToken } from '../webhooks/secret-text.ts'
import { setUp } from './set-up.ts'

const clock = () => Date.UTC(2026, 10, 20)
const fixed = `hl_${'a'.repeat(32)}`
const other = `hl_${'b'.repeat(32)}`

let directory: string
let store: Store

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hookline-'))
  store = await openSqlite({ path: join(directory, 'hookline.db'), vault: openVault('k'.repeat(32)) })
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

test('the first start makes an account and an admin token, shown once', async () => {
  const { account, token } = await setUp(store, { adminToken: null }, clock)
  expect(account).toMatchObject({ name: 'My account', external_id: null })
  expect(await store.tokens.findByHash(hashToken(token!))).toMatchObject({
    kind: 'admin',
    account_id: account.id,
  })
  expect(await setUp(store, { adminToken: null }, clock)).toEqual({ account, token: null })
})

test('starts at the same moment make one account', async () => {
  const starts = await Promise.all([1, 2, 3].map(() => setUp(store, { adminToken: null }, clock)))
  expect(new Set(starts.map(({ account }) => account.id)).size).toBe(1)
  expect(starts.filter(({ token }) => token !== null)).toHaveLength(1)
})

test('the token of the settings takes the place of the one that was set before', async () => {
  const { account, token } = await setUp(store, { adminToken: fixed }, clock)
  expect(token).toBeNull()
  await setUp(store, { adminToken: fixed }, clock)
  expect(await store.tokens.findByHash(hashToken(fixed))).toMatchObject({
    kind: 'admin',
    account_id: account.id,
  })
  await setUp(store, { adminToken: other }, clock)
  expect(await store.tokens.findByHash(hashToken(fixed))).toBeNull()
  expect(await store.tokens.findByHash(hashToken(other))).not.toBeNull()
})

test('a token of the settings that may do less is refused', async () => {
  const { account } = await setUp(store, { adminToken: null }, clock)
  const token = { id: 'tok_1', account_id: account.id, kind: 'read', name: '', created_at: 0 } as const
  await store.transaction((tx) => tx.tokens.insert(token, hashToken(fixed)))
  await expect(setUp(store, { adminToken: fixed }, clock)).rejects.toThrow('HOOKLINE_ADMIN_TOKEN')
})
