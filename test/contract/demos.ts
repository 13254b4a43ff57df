import { expect, test } from 'vitest'
import type { Demo, Webhook } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeEvent,
  makeRecord,
  nextId,
  presentMs,
  recorded,
} from './things.ts'

export function demoTests(opened: Opened): void {
  const store = () => opened().store
  const makeDemo = (accountId: string): Demo => ({
    account_id: accountId,
    loaded_at: presentMs(),
    made: {
      records: [{ kind: 'lead', id: '1' }],
      webhooks: ['whk_1'],
      pipelines: [{ kind: 'lead', id: '752662' }],
      fields: [{ kind: 'lead', name: 'отрасль' }],
      users: ['7'],
      inspectors: ['ins_1'],
      sources: ['src_1'],
    },
  })
  const purge = (
    accountId: string,
    records: Demo['made']['records'],
    webhooks: string[],
    now = presentMs(),
  ) => store().transaction((tx) => tx.demos.purge(accountId, { records, webhooks }, now))
  const remove = (webhook: Webhook) =>
    store().transaction((tx) =>
      tx.webhooks.put({ ...webhook, status: 'deleted', version: webhook.version + 1 }, 'system'),
    )

  test('what a demo made is remembered, replaced and forgotten, each account its own', async () => {
    const { id } = await addAccount(store())
    const { id: other } = await addAccount(store())
    const demo = makeDemo(id)
    expect(await store().demos.get(id)).toBeNull()
    await store().transaction((tx) => tx.demos.insert({ ...demo, made: { ...demo.made, records: [] } }))
    await store().transaction((tx) => tx.demos.update(demo))
    expect(await store().demos.get(id)).toEqual(demo)
    expect(await store().demos.get(other)).toBeNull()
    await store().transaction(async (tx) => {
      expect(await tx.demos.delete(other)).toBe(false)
      expect(await tx.demos.delete(id)).toBe(true)
      expect(await tx.demos.get(id)).toBeNull()
    })
  })

  test('records and webhooks go with all that hangs on them, and nothing else goes', async () => {
    const account = await addAccount(store())
    const [gone, kept] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const [one, two] = [
      { kind: 'lead', id: '1' },
      { kind: 'lead', id: '2' },
    ]
    const ofGone = await addSettled(store(), gone, 'dead', { record: two })
    const ofKept = await addSettled(store(), kept, 'delivered', { record: one })
    const elsewhere = await addSettled(store(), kept, 'delivered', { record: two })
    const [waiting] = await addDeliveries(store(), gone, 1, {}, { record: one })
    const told = makeEvent(account.id, { type: 'webhook.failing', record: { kind: 'webhook', id: gone.id } })
    const died = makeEvent(account.id, { type: 'delivery.dead', record: { kind: 'delivery', id: ofGone.id } })
    const counter = (webhookId: string, subject: string) => ({
      account_id: account.id,
      webhook_id: webhookId,
      subject,
      fired: 1,
      last_at: 5,
    })
    const note = (actor: string, subjectId: string) => ({
      account_id: account.id,
      id: nextId('aud'),
      at: presentMs(),
      actor,
      action: 'disableWebhook',
      subject_kind: 'webhook',
      subject_id: subjectId,
      detail: {},
    })
    await store().transaction(async (tx) => {
      await tx.records.put([makeRecord(account.id, '1'), makeRecord(account.id, '2')])
      await tx.events.insert([recorded(told), recorded(died)])
      await tx.firings.put([
        counter(gone.id, 'lead 2'),
        counter(kept.id, 'lead 1'),
        counter(kept.id, 'lead 2'),
      ])
      await tx.replays.addMissed([
        { account_id: account.id, webhook_id: gone.id, event_id: elsewhere.event_id },
      ])
      for (const [actor, id] of [
        ['system', gone.id],
        ['token tok_1', gone.id],
        ['system', kept.id],
      ] as const)
        await tx.audit.insert(note(actor, id))
    })
    await remove(gone)
    expect(await purge(account.id, [one], [gone.id])).toBe(true)

    expect(await store().records.get(account.id, one)).toBeNull()
    expect(await store().records.get(account.id, two)).toMatchObject(two)
    for (const { id, event_id } of [ofKept, waiting!]) {
      expect(await store().deliveries.get(account.id, id)).toBeNull()
      expect(await store().deliveries.attempts(account.id, id)).toEqual([])
      expect(await store().events.get(account.id, event_id)).toBeNull()
    }
    expect(await store().deliveries.get(account.id, ofGone.id)).toBeNull()
    expect(await store().events.get(account.id, ofGone.event_id)).not.toBeNull()
    expect(await store().events.get(account.id, told.id)).toBeNull()
    expect(await store().events.get(account.id, died.id)).toBeNull()
    expect(await store().deliveries.get(account.id, elsewhere.id)).toMatchObject({ state: 'delivered' })
    expect(await store().deliveries.attempts(account.id, elsewhere.id)).toHaveLength(1)
    expect(await store().webhooks.versions(account.id, gone.id, { limit: 10 })).toEqual([])
    expect(await store().webhooks.versions(account.id, kept.id, { limit: 10 })).toHaveLength(1)
    const health = await store().webhooks.health(account.id, [gone.id, kept.id])
    expect([...health.keys()]).toEqual([kept.id])
    const left = await store().audit.list(account.id, {}, { limit: 10 })
    expect(left.map(({ actor, subject_id }) => [actor, subject_id])).toEqual([
      ['system', kept.id],
      ['token tok_1', gone.id],
    ])
    expect(await store().replays.missed(account.id, gone.id, 10)).toEqual({ count: 0, since: null })
    const counters = await store().transaction((tx) =>
      tx.firings.lock([
        { account_id: account.id, webhook_id: gone.id, subject: 'lead 2' },
        { account_id: account.id, webhook_id: kept.id, subject: 'lead 1' },
        { account_id: account.id, webhook_id: kept.id, subject: 'lead 2' },
      ]),
    )
    expect(counters).toEqual([counter(kept.id, 'lead 2')])
  })

  test('a webhook that is not deleted keeps itself and its versions', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    expect(await purge(account.id, [], [webhook.id])).toBe(true)
    expect(await store().webhooks.get(account.id, webhook.id)).toMatchObject({ id: webhook.id })
    expect(await store().webhooks.versions(account.id, webhook.id, { limit: 10 })).toHaveLength(1)
  })

  test('nothing is removed while a delivery is being sent; a lease that has ended is no hindrance', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const record = { kind: 'lead', id: '1' }
    await store().transaction((tx) => tx.records.put([makeRecord(account.id, '1')]))
    const sending = { state: 'sending', lease: 1, due_at: presentMs() + 60_000 } as const
    const [delivery] = await addDeliveries(store(), webhook, 1, sending, { record })
    expect(await purge(account.id, [record], [])).toBe(false)
    expect(await store().records.get(account.id, record)).not.toBeNull()
    expect(await store().deliveries.get(account.id, delivery!.id)).toEqual(delivery)
    expect(await purge(account.id, [record], [], sending.due_at)).toBe(true)
    expect(await store().deliveries.get(account.id, delivery!.id)).toBeNull()
  })

  test("another account's things are out of reach", async () => {
    const owner = await addAccount(store())
    const stranger = await addAccount(store())
    const webhook = await addWebhook(store(), owner)
    const record = { kind: 'lead', id: '1' }
    await store().transaction((tx) => tx.records.put([makeRecord(owner.id, '1')]))
    const delivery = await addSettled(store(), webhook, 'delivered', { record })
    await remove(webhook)
    expect(await purge(stranger.id, [record], [webhook.id])).toBe(true)
    expect(await store().records.get(owner.id, record)).not.toBeNull()
    expect(await store().deliveries.attempts(owner.id, delivery.id)).toHaveLength(1)
    expect(await store().webhooks.versions(owner.id, webhook.id, { limit: 10 })).toHaveLength(2)
  })
}
