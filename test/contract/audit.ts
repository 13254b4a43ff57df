import { expect, test } from 'vitest'
import type { AuditEntry } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, nextId, presentMs } from './things.ts'

function makeEntry(accountId: string, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    account_id: accountId,
    id: nextId('aud'),
    at: presentMs(),
    actor: 'token tok_1',
    action: 'updateWebhook',
    subject_kind: 'webhook',
    subject_id: 'whk_1',
    detail: { keys: ['name'] },
    ...change,
  }
}

export function auditTests(opened: Opened): void {
  const store = () => opened().store

  test('entries are listed newest first, page by page, by subject, actor, action and time', async () => {
    const { id } = await addAccount(store())
    const { id: other } = await addAccount(store())
    const entries = [
      makeEntry(id),
      makeEntry(id, { subject_id: 'whk_2' }),
      makeEntry(id, { subject_kind: 'token', action: 'createToken', actor: 'system' }),
      makeEntry(other),
    ]
    const [first, second, third] = entries as [AuditEntry, AuditEntry, AuditEntry]
    await store().transaction(async (tx) => {
      for (const entry of entries) await tx.audit.insert(entry)
    })
    const list = (filter = {}, page = {}) => store().audit.list(id, filter, { limit: 10, ...page })
    expect(await list()).toEqual([third, second, first])
    expect(await list({}, { limit: 1, after: third.id })).toEqual([second])
    expect(await list({ subject_kind: 'webhook', subject_id: 'whk_2' })).toEqual([second])
    expect(await list({ subject_kind: 'webhook' })).toEqual([second, first])
    expect(await list({ actor: 'system' })).toEqual([third])
    expect(await list({ action: 'updateWebhook', actor: 'token tok_1' })).toEqual([second, first])
    expect(await list({ since: second.at, until: third.at })).toEqual([second])
  })

  test('an entry is not there where its transaction failed', async () => {
    const { id } = await addAccount(store())
    const failing = store().transaction(async (tx) => {
      await tx.audit.insert(makeEntry(id))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await store().audit.list(id, {}, { limit: 10 })).toEqual([])
  })
}
