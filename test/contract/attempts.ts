import { beforeAll, expect, test } from 'vitest'
import type { Account, Webhook } from '../../src/model/index.ts'
import type { AttemptRecord } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addWebhook,
  makeAttempt,
  makeDelivery,
  makeEvent,
  makeOutcome,
  presentMs,
  recorded,
} from './things.ts'

export function attemptTests(opened: Opened): void {
  const store = () => opened().store
  let account: Account
  beforeAll(async () => {
    account = await addAccount(store())
  })

  const leased = { state: 'sending', lease: 1, due_at: Date.UTC(2031, 0, 1) } as const
  const failed = { next: { state: 'dead', reason: 'out_of_attempts' } } as const
  const healthOf = async (webhookId: string) =>
    (await store().webhooks.health(account.id, [webhookId])).get(webhookId)

  test('what is to be tried again waits until it is due', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, leased)
    const next = { state: 'waiting', due_at: 99_000 } as const
    expect(await store().recordAttempts([makeOutcome({ delivery: delivery! }, { next })], 1)).toEqual([])
    expect(await store().deliveries.get(account.id, delivery!.id)).toEqual({
      ...delivery,
      state: 'waiting',
      due_at: 99_000,
      attempts: 1,
      last_status_code: 500,
    })
  })

  test('a delivery that expired ends without an attempt and says nothing about health', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, {
      ...leased,
      attempts: 2,
      last_status_code: 503,
    })
    const expired = makeOutcome(
      { delivery: delivery! },
      { attempt: null, next: { state: 'dead', reason: 'expired' } },
    )
    expect(await store().recordAttempts([expired], 5)).toEqual([])
    expect(await store().deliveries.get(account.id, delivery!.id)).toEqual({
      ...delivery,
      state: 'dead',
      reason: 'expired',
      settled_at: 5,
    })
    expect(await store().deliveries.attempts(account.id, delivery!.id)).toEqual([])
    expect(await healthOf(webhook.id)).toBeUndefined()
  })

  test.each(['replay', 'test'] as const)('a %s that fails says nothing of health', async (purpose) => {
    const webhook = await addWebhook(store(), account)
    const [event, other, third] = [
      (await addDeliveries(store(), webhook, 1, leased))[0]!,
      (await addDeliveries(store(), webhook, 1, { ...leased, purpose }))[0]!,
      (await addDeliveries(store(), webhook, 1, { ...leased, purpose }))[0]!,
    ]
    await store().recordAttempts([makeOutcome({ delivery: event }, failed)], 5)
    await store().recordAttempts([makeOutcome({ delivery: other }, failed)], 6)
    const before = { failures_in_a_row: 1, failing_since: 5 }
    expect(await healthOf(webhook.id)).toMatchObject({ ...before, last_delivery: { id: other.id, at: 6 } })
    await store().recordAttempts([makeOutcome({ delivery: third })], 7)
    expect(await healthOf(webhook.id)).toMatchObject({ failures_in_a_row: 0, failing_since: null })
  })

  test('an outcome under another lease is kept as late and changes no state', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, { ...leased, lease: 3 })
    const stale = makeOutcome({ delivery: delivery! }, { lease: 2 })
    expect(await store().recordAttempts([stale], 5)).toEqual([delivery!.id])
    expect(await store().deliveries.get(account.id, delivery!.id)).toEqual(delivery)
    expect(await store().deliveries.attempts(account.id, delivery!.id)).toEqual([
      { ...stale.attempt, late: true },
    ])
    expect(await healthOf(webhook.id)).toBeUndefined()
  })

  test('an outcome for a delivery that is not being sent, is settled, or never was, is late', async () => {
    const webhook = await addWebhook(store(), account)
    const [pending] = await addDeliveries(store(), webhook, 1, { lease: 1 })
    const [sent] = await addDeliveries(store(), webhook, 1, leased)
    const first = makeOutcome({ delivery: sent! })
    expect(await store().recordAttempts([first], 5)).toEqual([])
    const nowhere = makeOutcome({ delivery: { ...sent!, id: 'dlv_nowhere' } })
    const again = makeOutcome({ delivery: sent! }, failed)
    expect(await store().recordAttempts([makeOutcome({ delivery: pending! }), again, nowhere], 6)).toEqual([
      pending!.id,
      sent!.id,
      'dlv_nowhere',
    ])
    expect((await store().deliveries.get(account.id, pending!.id))!.state).toBe('pending')
    expect((await store().deliveries.get(account.id, sent!.id))!.state).toBe('delivered')
    const attempts = await store().deliveries.attempts(account.id, sent!.id)
    expect(attempts.map(({ late }) => late)).toEqual([false, true])
  })

  test('recording the same attempt twice keeps it once', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, leased)
    const outcome = makeOutcome({ delivery: delivery! })
    await store().recordAttempts([outcome], 5)
    expect(await store().recordAttempts([outcome], 6)).toEqual([delivery!.id])
    expect(await store().deliveries.attempts(account.id, delivery!.id)).toEqual([outcome.attempt])
    expect((await healthOf(webhook.id))!.last_delivery!.at).toBe(5)
  })

  test('of two outcomes under one lease in one batch, the first counts', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, leased)
    const twice = [makeOutcome({ delivery: delivery! }), makeOutcome({ delivery: delivery! }, failed)]
    expect(await store().recordAttempts(twice, 5)).toEqual([delivery!.id])
    expect((await store().deliveries.get(account.id, delivery!.id))!.state).toBe('delivered')
    expect((await healthOf(webhook.id))!.failures_in_a_row).toBe(0)
  })

  test('failures in a row are counted since when, and a success forgets them', async () => {
    const webhook = await addWebhook(store(), account)
    const deliveries = await addDeliveries(store(), webhook, 6, leased)
    const record = async (now: number, ...changes: Partial<AttemptRecord>[]) => {
      const records = changes.map((change) => makeOutcome({ delivery: deliveries.shift()! }, change))
      await store().recordAttempts(records, now)
      return records.at(-1)!.delivery_id
    }
    const failing = async (accountId: string) =>
      (await store().webhooks.list(accountId, { failing: true }, { limit: 10 })).map(({ id }) => id)
    await record(10, failed)
    // One failure alone happens.
    expect(await failing(webhook.account_id)).toEqual([])
    const last = await record(20, failed, failed)
    expect(await failing(webhook.account_id)).toEqual([webhook.id])
    expect(await failing((await addAccount(store())).id)).toEqual([])
    expect(await healthOf(webhook.id)).toEqual({
      failures_in_a_row: 3,
      failing_since: 10,
      blocked_until: null,
      circuit: null,
      last_delivery: { id: last, at: 20, state: 'dead', status_code: 500 },
    })
    // In one batch what comes last counts last.
    const { id } = deliveries[1]!
    await record(30, {}, failed)
    expect(await healthOf(webhook.id)).toEqual({
      failures_in_a_row: 1,
      failing_since: 30,
      blocked_until: null,
      circuit: null,
      last_delivery: { id, at: 30, state: 'dead', status_code: 500 },
    })
    await record(40, {})
    expect(await healthOf(webhook.id)).toMatchObject({ failures_in_a_row: 0, failing_since: null })
    expect(await failing(webhook.account_id)).toEqual([])
  })

  test('an attempt without an answer leaves no status code', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, { ...leased, last_status_code: 500 })
    const attempt = makeAttempt(delivery!, 'retry', { reason: 'timeout', response: null })
    const next = { state: 'waiting', due_at: 7 } as const
    await store().recordAttempts([makeOutcome({ delivery: delivery! }, { attempt, next })], 5)
    expect((await store().deliveries.get(account.id, delivery!.id))!.last_status_code).toBeNull()
    expect((await healthOf(webhook.id))!.last_delivery).toEqual({
      id: delivery!.id,
      at: 5,
      state: 'waiting',
      status_code: null,
    })
  })

  test('a lane stays blocked until the latest time that was asked for, and a reset opens it', async () => {
    const webhook = await addWebhook(store(), account)
    const deliveries = await addDeliveries(store(), webhook, 3, leased)
    const blocked = (until: number | null) =>
      makeOutcome({ delivery: deliveries.shift()! }, { ...failed, lane_blocked_until: until })
    await store().recordAttempts([blocked(5000), blocked(3000)], 1)
    await store().recordAttempts([blocked(null)], 2)
    expect(await healthOf(webhook.id)).toMatchObject({ blocked_until: 5000, failures_in_a_row: 3 })
    await store().transaction((tx) => tx.webhooks.resetHealth(account.id, webhook.id))
    expect(await healthOf(webhook.id)).toMatchObject({
      failures_in_a_row: 0,
      failing_since: null,
      blocked_until: null,
      circuit: null,
      last_delivery: { at: 2, state: 'dead' },
    })
  })

  test('recorded inside a transaction, outcomes stand and fall with the rest of it', async () => {
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1, leased)
    const outcome = makeOutcome({ delivery: delivery! }, failed)
    const stale = makeOutcome({ delivery: delivery! }, { lease: 7 })
    const oops = new Error('oops')
    let disabled: Webhook = { ...webhook, version: 2, status: 'disabled', status_reason: '410 Gone' }
    const record = (end: () => void) =>
      store().transaction(async (tx) => {
        expect(await tx.deliveries.recordAttempts([outcome, stale], 5)).toEqual([delivery!.id])
        expect((await tx.deliveries.get(account.id, delivery!.id))!.state).toBe('dead')
        expect(await tx.webhooks.put(disabled, 'system')).toBe(true)
        end()
      })
    const throwing = record(() => {
      throw oops
    })
    await expect(throwing).rejects.toBe(oops)
    expect(await store().deliveries.get(account.id, delivery!.id)).toEqual(delivery)
    expect(await store().deliveries.attempts(account.id, delivery!.id)).toEqual([])
    expect(await healthOf(webhook.id)).toBeUndefined()
    disabled = { ...disabled, updated_at: presentMs() }
    await record(() => {})
    expect(await store().deliveries.get(account.id, delivery!.id)).toMatchObject({
      state: 'dead',
      reason: 'out_of_attempts',
      attempts: 1,
      settled_at: 5,
    })
    expect(await store().deliveries.attempts(account.id, delivery!.id)).toEqual([
      outcome.attempt,
      { ...stale.attempt, late: true },
    ])
    expect(await healthOf(webhook.id)).toMatchObject({ failures_in_a_row: 1, failing_since: 5 })
    expect(await store().webhooks.get(account.id, webhook.id)).toEqual(disabled)
  })

  test('what a transaction just inserted can end in it', async () => {
    const webhook = await addWebhook(store(), account)
    const event = makeEvent(account.id)
    const delivery = makeDelivery(event, webhook, leased)
    await store().transaction(async (tx) => {
      await tx.events.insert([recorded(event)])
      await tx.deliveries.insert([delivery])
      expect(await tx.deliveries.recordAttempts([makeOutcome({ delivery })], 5)).toEqual([])
      expect(await tx.deliveries.recordAttempts([], 5)).toEqual([])
    })
    expect((await store().deliveries.get(account.id, delivery.id))!.state).toBe('delivered')
  })

  test('a thousand go in and out in one batch', async () => {
    const webhook = await addWebhook(store(), account)
    const deliveries = await addDeliveries(store(), webhook, 1000, leased)
    const records = deliveries.map((delivery) => makeOutcome({ delivery }))
    expect(await store().recordAttempts(records, presentMs())).toEqual([])
    const filter = { webhook_id: webhook.id, states: ['delivered' as const] }
    expect(await store().deliveries.list(account.id, filter, { limit: 2000 })).toHaveLength(1000)
    expect(await store().recordAttempts([], presentMs())).toEqual([])
  })
}
