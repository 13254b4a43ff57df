import { expect, test } from 'vitest'
import { type Counts, readAttemptCount, type StatsStep, stepMs } from '../../src/store/stats.ts'
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

  /** Of an hour around now, by what was counted; attempts without the spans of their durations. */
  async function counted(accountId: string, step: StatsStep, webhookId?: string): Promise<Counts> {
    const [from, to] = [-1, 2].map(
      (steps) => (Math.floor(presentMs() / stepMs.quarter) + steps) * stepMs.quarter,
    )
    const slice = { from: from!, to: to!, step, webhook_id: webhookId }
    const sums: Counts = {}
    for (const { at, counts } of await store().stats.counts(accountId, slice)) {
      expect(at % stepMs[step]).toBe(0)
      for (const [what, count] of Object.entries(counts)) {
        const name = readAttemptCount(what) ? `attempt ${what.split(' ')[0]}` : what
        sums[name] = (sums[name] ?? 0) + count
      }
    }
    return sums
  }

  async function fold(limit = 1000): Promise<number> {
    return store().transaction((tx) => tx.stats.fold(limit))
  }

  async function foldAll(): Promise<void> {
    while ((await fold()) > 0);
  }

  test('events, deliveries and attempts are counted per account and webhook, folded or not', async () => {
    const [account, other] = [await addAccount(store()), await addAccount(store())]
    const webhook = await addWebhook(store(), account)
    const second = await addWebhook(store(), account)
    await addSettled(store(), webhook, 'delivered')
    await addSettled(store(), webhook, 'dead')
    await addSettled(store(), second, 'delivered')
    await addSettled(store(), await addWebhook(store(), other), 'delivered')
    await addDeliveries(store(), webhook, 1)
    const [slow] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1 })
    const attempt = makeAttempt(slow!, 'retry', { duration_ms: 30_000 })
    const next = { state: 'waiting', due_at: presentMs() + 1000 } as const
    const outcome = makeOutcome({ delivery: slow! }, { attempt, next })
    await store().recordAttempts([outcome], presentMs())

    const ofAccount = {
      events: 5,
      made: 5,
      delivered: 2,
      dead: 1,
      'attempt delivered': 2,
      'attempt rejected': 1,
      'attempt retry': 1,
    }
    const ofWebhook = {
      made: 4,
      delivered: 1,
      dead: 1,
      'attempt delivered': 1,
      'attempt rejected': 1,
      'attempt retry': 1,
    }
    const asExpected = async () => {
      for (const step of ['minute', 'quarter'] as const) {
        expect(await counted(account.id, step)).toEqual(ofAccount)
        expect(await counted(account.id, step, webhook.id)).toEqual(ofWebhook)
        expect(await counted(other.id, step, webhook.id)).toEqual({})
      }
    }
    await asExpected()
    // A row at a time, so that some of it stands in the sums and some in the journal.
    expect(await fold(1)).toBe(1)
    await asExpected()
    await foldAll()
    await asExpected()
    expect(await fold()).toBe(0)

    // Again under the lease that is gone: late, so that it changes nothing.
    await store().recordAttempts([{ ...outcome, attempt: makeAttempt(slow!, 'delivered') }], presentMs())
    await asExpected()
    await store().transaction((tx) => tx.deliveries.cancel(account.id, slow!.id, 'by_user', presentMs()))
    expect(await counted(account.id, 'minute', webhook.id)).toEqual({ ...ofWebhook, canceled: 1 })
    await foldAll()
    expect(await counted(account.id, 'quarter', webhook.id)).toEqual({ ...ofWebhook, canceled: 1 })
  })

  test('how long attempts took is counted in spans', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const durations = [0, 12, 12, 30_000]
    for (const duration_ms of durations) {
      const [delivery] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1 })
      const attempt = makeAttempt(delivery!, 'delivered', { duration_ms })
      const next = { state: 'delivered', reason: null } as const
      await store().recordAttempts([makeOutcome({ delivery: delivery! }, { attempt, next })], presentMs())
    }
    const from = Math.floor(presentMs() / stepMs.quarter - 1) * stepMs.quarter
    const found = await store().stats.counts(account.id, {
      from,
      to: from + 3 * stepMs.quarter,
      step: 'minute',
    })
    const spans = found
      .flatMap(({ counts }) => Object.entries(counts))
      .flatMap(([what, count]) => Array.from({ length: count }, () => readAttemptCount(what)?.span ?? -1))
      .filter((span) => span >= 0)
      .sort((a, b) => a - b)
    expect(spans).toHaveLength(4)
    expect(spans[0]).toBe(0)
    expect(spans[1]).toBe(spans[2])
    expect(spans[3]).toBeGreaterThan(spans[2]!)
  })

  test('sums go with the history that they count', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    await addSettled(store(), webhook, 'delivered')
    await foldAll()
    const expire = (before: number) =>
      store().transaction((tx) => tx.retention.expireHistory(account.id, before, 100))
    await expire(presentMs() - stepMs.quarter)
    expect(await counted(account.id, 'minute')).toMatchObject({ made: 1 })
    await expire(presentMs() + 2 * stepMs.quarter)
    expect(await counted(account.id, 'minute')).toEqual({})
    expect(await counted(account.id, 'quarter', webhook.id)).toEqual({})
  })
}
