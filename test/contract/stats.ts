import { expect, test } from 'vitest'
import type { StatsSlice } from '../../src/store/stats.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeAttempt,
  makeOutcome,
  presentMs,
} from './things.ts'

export function statsTests(opened: Opened): void {
  const store = () => opened().store

  /** Sums what may come in parts. */
  function summed<Row extends { count: number }>(rows: Row[]): Record<string, number> {
    const sums: Record<string, number> = {}
    for (const { count, ...rest } of rows) {
      const key = Object.values(rest).join(' ')
      sums[key] = (sums[key] ?? 0) + count
    }
    return sums
  }

  test('events, deliveries and attempts are counted by bucket, per account and webhook', async () => {
    const [account, other] = [await addAccount(store()), await addAccount(store())]
    const webhook = await addWebhook(store(), account)
    const second = await addWebhook(store(), account)
    const from = presentMs() + 1
    await addSettled(store(), webhook, 'delivered')
    await addSettled(store(), webhook, 'dead')
    await addSettled(store(), second, 'delivered')
    await addSettled(store(), await addWebhook(store(), other), 'delivered')
    const half = presentMs() + 1
    const [pending] = await addDeliveries(store(), webhook, 1)
    const [slow] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1 })
    const attempt = makeAttempt(slow!, 'retry', { duration_ms: 30_000 })
    const next = { state: 'waiting', due_at: presentMs() + 1000 } as const
    await store().recordAttempts([makeOutcome({ delivery: slow! }, { attempt, next })], presentMs())
    const to = presentMs() + 1

    const bucketMs = half - from
    const slice: StatsSlice = { from, to, bucketMs }
    const { stats } = store()
    expect(summed(await stats.events(account.id, slice))).toEqual({ 0: 3, 1: 2 })
    expect(summed(await stats.deliveries(account.id, slice))).toEqual({
      '0 delivered': 2,
      '0 dead': 1,
      '1 pending': 1,
      '1 waiting': 1,
    })
    const ofOne = { ...slice, webhook_id: webhook.id }
    expect(summed(await stats.deliveries(account.id, ofOne))).toEqual({
      '0 delivered': 1,
      '0 dead': 1,
      '1 pending': 1,
      '1 waiting': 1,
    })
    // 12 ms lie at or below the edge 12; 30 s further on.
    const attempts = await stats.attempts(account.id, ofOne)
    expect(summed(attempts.map(({ span: _, ...rest }) => rest))).toEqual({
      '0 delivered': 1,
      '0 rejected': 1,
      '1 retry': 1,
    })
    const spans = new Map(attempts.map(({ outcome, span }) => [outcome, span]))
    expect(spans.get('delivered')).toBe(spans.get('rejected'))
    expect(spans.get('retry')).toBeGreaterThan(spans.get('delivered')!)
    expect(await stats.attempts(other.id, ofOne)).toEqual([])
    expect(await stats.events(account.id, { ...slice, from: to, to: to + 1000 })).toEqual([])
    expect(pending!.state).toBe('pending')
  })
}
