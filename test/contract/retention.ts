import { expect, test } from 'vitest'
import type { CrmEvent } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { makeImport, makeSource, makeSourceCall } from './inbound-things.ts'
import { makeReplay } from './replays.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeDelivery,
  makeEvent,
  makeInspector,
  makeRecord,
  nextId,
  presentMs,
  recorded,
} from './things.ts'

export function retentionTests(opened: Opened): void {
  const store = () => opened().store
  const history = (accountId: string, before: number, limit = 100) =>
    store().transaction((tx) => tx.retention.expireHistory(accountId, before, limit))
  const events = (accountId: string, before: number, after: string | null = null, limit = 100) =>
    store().transaction((tx) => tx.retention.expireEvents(accountId, { before, after, limit }))
  const eventIds = async (accountId: string) =>
    (await store().events.list(accountId, {}, { limit: 100 })).map(({ event }) => event.id)

  test('accounts are listed with how long they keep things, and change that', async () => {
    const { id } = await addAccount(store())
    await store().transaction((tx) => tx.accounts.update(id, { retention_days: 7 }))
    expect(await store().accounts.get(id)).toMatchObject({ retention_days: 7, schema_version: 2 })
    const found: { id: string; retention_days: number }[] = []
    for (let after: string | undefined; ; after = found.at(-1)!.id) {
      const page = await store().retention.accounts({ limit: 2, after })
      found.push(...page)
      if (page.length < 2) break
    }
    expect(found).toContainEqual({ id, retention_days: 7 })
    expect(found.map((account) => account.id)).toEqual(found.map((account) => account.id).sort())
  })

  test('old events go, those of other accounts and young ones stay', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const other = await addWebhook(store(), await addAccount(store()))
    const old = await addSettled(store(), webhook, 'delivered')
    const foreign = await addSettled(store(), other, 'delivered')
    nextId('evt')
    const before = presentMs()
    const young = await addSettled(store(), webhook, 'dead')
    expect(await events(webhook.account_id, before)).toEqual({ deleted: 1, last: old.event_id })
    expect(await events(webhook.account_id, before)).toEqual({ deleted: 0, last: null })
    expect(await eventIds(webhook.account_id)).toEqual([young.event_id])
    expect(await eventIds(other.account_id)).toEqual([foreign.event_id])
  })

  test("an event that is kept for its delivery stays in its record's history", async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id } = webhook
    const events3 = [1, 2, 3].map((sequence) => makeEvent(account_id, { sequence }))
    const [kept, gone, young] = events3 as [CrmEvent, CrmEvent, CrmEvent]
    const { record } = kept
    await store().transaction(async (tx) => {
      await tx.events.insert(
        events3.map((event, index) => ({ ...recorded(event), previous_id: events3[index - 1]?.id ?? '' })),
      )
      await tx.records.put([makeRecord(account_id, record.id, { sequence: 3, last_event_id: young.id })])
      await tx.deliveries.insert([makeDelivery(kept, webhook)])
    })
    const before = Date.parse(young.received_at)
    expect(await events(account_id, before)).toEqual({ deleted: 1, last: gone.id })
    const left = await store().events.list(account_id, { record }, { limit: 10 })
    expect(left.map(({ event }) => event.id)).toEqual([young.id, kept.id])
  })

  test('events that are still to be delivered are passed over, and looked at once', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const kept = await addDeliveries(store(), webhook, 3)
    const gone = await addSettled(store(), webhook, 'delivered')
    const before = presentMs() + 1000
    const first = await events(webhook.account_id, before, null, 2)
    expect(first).toEqual({ deleted: 0, last: kept[1]!.event_id })
    const second = await events(webhook.account_id, before, first.last, 2)
    expect(second).toEqual({ deleted: 1, last: gone.event_id })
    expect((await eventIds(webhook.account_id)).sort()).toEqual(kept.map(({ event_id }) => event_id))
  })

  test('old settled deliveries go with their attempts, some at a time; unsettled ones stay with theirs', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const old = [await addSettled(store(), webhook, 'delivered'), await addSettled(store(), webhook, 'dead')]
    const waiting = await addSettled(store(), webhook, 'waiting')
    nextId('dlv')
    const before = presentMs()
    const young = await addSettled(store(), webhook, 'delivered')
    const { account_id } = webhook
    expect([
      await history(account_id, before, 1),
      await history(account_id, before, 1),
      await history(account_id, before, 1),
    ]).toEqual([1, 1, 0])
    for (const { id } of old) {
      expect(await store().deliveries.get(account_id, id)).toBeNull()
      expect(await store().deliveries.attempts(account_id, id)).toEqual([])
    }
    for (const { id } of [waiting, young]) {
      expect(await store().deliveries.get(account_id, id)).not.toBeNull()
      expect(await store().deliveries.attempts(account_id, id)).toHaveLength(1)
    }
  })

  test('finished replays and what nobody can replay any more go', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { id: webhook_id, account_id } = webhook
    const { event_id } = await addSettled(store(), webhook, 'delivered')
    const done = makeReplay(account_id, { state: 'done' })
    const running = makeReplay(account_id, { state: 'running', next_at: Number.MAX_SAFE_INTEGER })
    await store().transaction(async (tx) => {
      for (const replay of [done, running]) await tx.replays.insert(replay)
      await tx.replays.addMissed([{ account_id, webhook_id, event_id }])
    })
    const before = presentMs() + 1000
    while ((await history(account_id, before)) > 0);
    expect((await store().replays.list(account_id, { limit: 10 })).map(({ id }) => id)).toEqual([running.id])
    expect(await store().replays.missed(account_id, webhook_id, 10)).toMatchObject({ count: 0 })
  })

  test('what came in, audit entries, finished imports and counters of deleted webhooks go', async () => {
    const account = await addAccount(store())
    const [live, deleted] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const inspector = makeInspector(account.id)
    const source = makeSource(account.id)
    const finished = makeImport(account.id, { state: 'done' })
    const running = makeImport(account.id)
    const entry = (id: string) => ({
      account_id: account.id,
      id,
      at: presentMs(),
      actor: 'token tok_1',
      action: 'createWebhook',
      subject_kind: 'webhook',
      subject_id: live.id,
      detail: {},
    })
    const firing = (webhookId: string) => ({
      account_id: account.id,
      webhook_id: webhookId,
      subject: 'lead 1',
      fired: 1,
      last_at: 1,
    })
    const request = () => ({
      id: nextId('req'),
      inspector_id: inspector.id,
      at: presentMs(),
      method: 'POST',
      url: '/',
      query: '',
      headers: [] as [string, string][],
      body: new Uint8Array(),
    })
    await store().transaction(async (tx) => {
      await tx.inspectors.insert(inspector)
      await tx.inspectors.addRequests([request()], 10)
      await tx.sources.insert(source)
      await tx.sources.recordCall(makeSourceCall(source.id), 10)
      await tx.imports.insert(finished, [])
      await tx.imports.insert(running, [])
      await tx.firings.put([firing(live.id), firing(deleted.id)])
      await tx.audit.insert(entry(nextId('aud')))
      await tx.webhooks.put({ ...deleted, status: 'deleted', version: 2 }, 'system')
    })
    nextId('req')
    const before = presentMs() + 1000
    const young = entry(nextId('aud'))
    await store().transaction((tx) => tx.audit.insert({ ...young, id: nextId('aud') }))
    while ((await history(account.id, before)) > 0);
    expect(await store().inspectors.requests(account.id, inspector.id, { limit: 10 })).toEqual([])
    expect(await store().sources.calls(account.id, source.id, { limit: 10 })).toEqual([])
    expect((await store().imports.list(account.id, { limit: 10 })).map(({ id }) => id)).toEqual([running.id])
    expect(await store().audit.list(account.id, {}, { limit: 10 })).toHaveLength(1)
    await store().transaction(async (tx) => {
      const left = await tx.firings.lock([firing(live.id), firing(deleted.id)])
      expect(left.map(({ webhook_id }) => webhook_id)).toEqual([live.id])
    })
  })
}
