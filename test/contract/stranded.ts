import { expect, test } from 'vitest'
import type { Webhook, WebhookStatus } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, addDeliveries, addWebhook, makeOutcome, presentMs } from './things.ts'

export function strandedTests(opened: Opened): void {
  const store = () => opened().store
  const cancel = (limit = 100, now = presentMs()) =>
    store().transaction((tx) => tx.deliveries.cancelStranded(limit, now))
  const change = async (webhook: Webhook, status: WebhookStatus): Promise<Webhook> => {
    const changed = { ...webhook, status, version: webhook.version + 1 }
    await store().transaction((tx) => tx.webhooks.put(changed, 'system'))
    return changed
  }

  test('what is unsent of disabled and deleted webhooks is canceled, with the reason', async () => {
    const account = await addAccount(store())
    const disabled = await addWebhook(store(), account)
    const deleted = await addWebhook(store(), await addAccount(store()))
    const paused = await addWebhook(store(), account)
    const [pending] = await addDeliveries(store(), disabled, 1)
    const [ended] = await addDeliveries(store(), disabled, 1, {
      state: 'sending',
      lease: 1,
      due_at: 5,
      replay_of: 'dlv_before',
      replay_attempt_id: 'att_before',
    })
    const [waiting] = await addDeliveries(store(), deleted, 1, {
      state: 'waiting',
      due_at: presentMs() + 60_000,
    })
    const [kept] = await addDeliveries(store(), paused, 1)
    expect(await cancel()).toBe(0)
    await change(disabled, 'disabled')
    await change(deleted, 'deleted')
    await change(paused, 'paused')
    expect(await cancel(100, 1_000_000)).toBe(3)
    expect(await cancel()).toBe(0)
    const ofDisabled = { state: 'canceled', reason: 'webhook_disabled', settled_at: 1_000_000 }
    expect(await store().deliveries.get(account.id, pending!.id)).toEqual({ ...pending, ...ofDisabled })
    expect(await store().deliveries.get(account.id, ended!.id)).toEqual({ ...ended, ...ofDisabled })
    expect(await store().deliveries.get(deleted.account_id, waiting!.id)).toMatchObject({
      state: 'canceled',
      reason: 'webhook_deleted',
    })
    expect(await store().deliveries.get(account.id, kept!.id)).toEqual(kept)
  })

  test('what is being sent may end; when it comes back to wait it is canceled', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const leaseEnd = presentMs() + 60_000
    const [sending] = await addDeliveries(store(), webhook, 1, {
      state: 'sending',
      lease: 1,
      due_at: leaseEnd,
    })
    await change(webhook, 'disabled')
    expect(await cancel()).toBe(0)
    const next = { state: 'waiting', due_at: leaseEnd } as const
    expect(
      await store().recordAttempts([makeOutcome({ delivery: sending! }, { next })], presentMs()),
    ).toEqual([])
    expect(await cancel()).toBe(1)
  })

  test('as many are canceled as the limit allows, until none is left', async () => {
    const account = await addAccount(store())
    for (let n = 0; n < 3; n++) {
      const webhook = await addWebhook(store(), account)
      await addDeliveries(store(), webhook, 4)
      await change(webhook, 'disabled')
    }
    const counts = [await cancel(5), await cancel(5), await cancel(5), await cancel(5)]
    expect(counts).toEqual([5, 5, 2, 0])
    expect(await store().deliveries.countUnsettled(account.id, 100)).toBe(0)
  })

  test('where an account is named, only its own are canceled', async () => {
    const [one, other] = [await addAccount(store()), await addAccount(store())]
    for (const account of [one, other]) {
      const webhook = await addWebhook(store(), account)
      await addDeliveries(store(), webhook, 2)
      await change(webhook, 'disabled')
    }
    const ofOne = await store().transaction((tx) => tx.deliveries.cancelStranded(100, presentMs(), one.id))
    expect(ofOne).toBe(2)
    expect(await store().deliveries.countUnsettled(one.id, 10)).toBe(0)
    expect(await store().deliveries.countUnsettled(other.id, 10)).toBe(2)
    expect(await cancel()).toBe(2)
  })

  test('a delivery that comes after all were canceled is found as well', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    await change(webhook, 'disabled')
    expect(await cancel()).toBe(0)
    await addDeliveries(store(), webhook, 2, { purpose: 'test' })
    expect(await cancel()).toBe(2)
  })

  test('a webhook that was enabled again keeps what it has', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    await addDeliveries(store(), webhook, 2)
    await change(await change(webhook, 'disabled'), 'active')
    expect(await cancel()).toBe(0)
    expect(await store().deliveries.countUnsettled(webhook.account_id, 10)).toBe(2)
  })
}
