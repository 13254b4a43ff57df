import { expect, test } from 'vitest'
import type { Delivery, Webhook } from '../../src/model/index.ts'
import { lineKey } from '../../src/store/store.ts'
import type { Claim } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addWebhook,
  claimAll,
  makeAttempt,
  makeOutcome,
  makeWebhook,
  presentMs,
} from './things.ts'

const ids = ({ leases }: Claim) => leases.map(({ delivery }) => delivery.id)
const failed = (delivery: Delivery, dueAt: number, probe = false) =>
  makeOutcome(
    { delivery },
    { next: { state: 'waiting', due_at: dueAt }, attempt: makeAttempt(delivery, 'retry', { probe }) },
  )

/** What bounds a lane beside its slots: rate, circuit, order. */
export function laneTests(opened: Opened): void {
  const store = () => opened().store

  async function addLane(delivery: Partial<Webhook['delivery']>): Promise<Webhook> {
    const account = await addAccount(store())
    return addWebhook(store(), account, {
      delivery: { ...makeWebhook('').delivery, slots: 100, ...delivery },
    })
  }

  test('a rate gives its burst, then one at a time; all that are claimed count, whoever asks', async () => {
    const webhook = await addLane({ rate_per_s: 2 })
    const other = await addLane({})
    await addDeliveries(store(), webhook, 6)
    const [free] = await addDeliveries(store(), other, 1)
    const now = presentMs()
    const first = await claimAll(store(), { now })
    expect(first.leases).toHaveLength(3)
    expect(ids(first)).toContain(free!.id)
    const held = [{ webhook_id: webhook.id, until: now + 500, circuit_open: false }]
    expect(await claimAll(store(), { now })).toEqual({ leases: [], cursor: null, held, unfinished: false })
    expect((await claimAll(store(), { now: now + 499 })).leases).toEqual([])
    expect((await claimAll(store(), { now: now + 500 })).leases).toHaveLength(1)
    await opened().reopen()
    expect((await claimAll(store(), { now: now + 600 })).held).toEqual([{ ...held[0], until: now + 1000 }])
  })

  test('an open circuit gives one probe when that is due, and the next one after a failure', async () => {
    const webhook = await addLane({})
    const [tried] = await addDeliveries(store(), webhook, 3)
    const now = presentMs()
    await claimAll(store(), { now, limit: 1 })
    const lease = { ...tried!, lease: 1 }
    await store().recordAttempts([failed(lease, now)], now)
    const circuit = { opened_at: now, probe_at: now + 30_000, probe_wait_ms: 30_000, probe_delivery_id: null }
    const set = (change: Partial<typeof circuit> = {}) =>
      store().transaction((tx) =>
        tx.webhooks.setCircuit(webhook.account_id, webhook.id, { ...circuit, ...change }),
      )
    await set()
    const held = [{ webhook_id: webhook.id, until: now + 30_000, circuit_open: true }]
    expect(await claimAll(store(), { now })).toEqual({ leases: [], cursor: null, held, unfinished: false })

    const probeAt = now + 30_000
    const { leases } = await claimAll(store(), { now: probeAt })
    expect(leases).toMatchObject([{ probe: true }])
    const healthOf = async () =>
      (await store().webhooks.health(webhook.account_id, [webhook.id])).get(webhook.id)!
    expect((await healthOf()).circuit).toEqual({
      ...circuit,
      probe_at: probeAt + 15_000,
      probe_delivery_id: leases[0]!.delivery.id,
    })
    // While it is under way there is no other; a crash leaves its place to the next.
    expect((await claimAll(store(), { now: probeAt + 14_999 })).leases).toEqual([])
    const [again] = (await claimAll(store(), { now: probeAt + 15_000 })).leases
    expect(again).toMatchObject({ probe: true })

    // A failed probe is none of the delivery's attempts, and is kept all the same.
    const { delivery } = again!
    await store().recordAttempts([failed(delivery, probeAt, true)], probeAt + 16_000)
    const kept = await store().deliveries.get(webhook.account_id, delivery.id)
    expect(kept).toMatchObject({ state: 'waiting', attempts: delivery.attempts, last_status_code: 500 })
    const attempts = await store().deliveries.attempts(webhook.account_id, delivery.id)
    expect(attempts.at(-1)).toMatchObject({ probe: true, number: delivery.attempts + 1 })
    expect((await healthOf()).failures_in_a_row).toBe(2)

    await set({ probe_at: probeAt + 50_000 })
    const [good] = (await claimAll(store(), { now: probeAt + 50_000 })).leases
    await store().recordAttempts([makeOutcome(good!)], probeAt + 50_001)
    expect((await healthOf()).circuit).toBeNull()
    const rest = await claimAll(store(), { now: probeAt + 60_000 })
    expect(rest.leases.map(({ probe }) => probe)).toEqual([false, false])
  })

  test('what is in order goes one by one, by record; the others do not wait', async () => {
    const webhook = await addLane({ order: 'record' })
    const now = presentMs()
    const line = async (id: string, sequence: number, change: Partial<Delivery> = {}) => {
      const record = { kind: 'lead', id }
      const event = { record, sequence }
      const [delivery] = await addDeliveries(store(), webhook, 1, { due_at: now, ...change }, event)
      return delivery!
    }
    // The first one is not even due, and the second one older: by sequence, not by age or time.
    const second = await line('1', 2)
    const first = await line('1', 1, { due_at: now + 10_000 })
    const other = await line('2', 1)
    const replay = await line('1', 3, { purpose: 'replay' })
    const settle = async (at: number) => {
      for (;;) {
        const { leases, unfinished } = await claimAll(store(), { now: at })
        if (leases.length > 0) return leases
        if (!unfinished) return []
      }
    }
    const free = await settle(now)
    expect(free.map(({ delivery }) => delivery.id).sort()).toEqual([other.id, replay.id].sort())
    expect(await settle(now)).toEqual([])
    const [lease] = await settle(now + 10_000)
    expect(lease!.delivery.id).toBe(first.id)
    expect(await settle(now + 10_000)).toEqual([])
    const ended = makeOutcome(lease!, { releases: { kind: 'lead', id: '1' } })
    await store().recordAttempts([ended], now + 10_001)
    expect((await settle(now + 10_001)).map(({ delivery }) => delivery.id)).toEqual([second.id])
  })

  test('a canceled delivery makes way for the next of its record', async () => {
    const webhook = await addLane({ order: 'record' })
    const made: Delivery[] = []
    for (const sequence of [1, 2, 3])
      made.push(...(await addDeliveries(store(), webhook, 1, {}, { sequence })))
    const now = presentMs()
    expect(ids(await claimAll(store(), { now }))).toEqual([made[0]!.id])
    await store().transaction((tx) =>
      tx.deliveries.cancel(webhook.account_id, made[0]!.id, 'by_user', now + 5),
    )
    expect(ids(await claimAll(store(), { now: now + 5 }))).toEqual([made[1]!.id])
  })

  test('a long line is put aside in steps, and another record is found behind it', async () => {
    const webhook = await addLane({ order: 'record' })
    const sequences = Array.from({ length: 1500 }, (_, index) => index + 1)
    const deliveries: Delivery[] = []
    for (const sequence of sequences)
      deliveries.push(...(await addDeliveries(store(), webhook, 1, {}, { sequence })))
    const [last] = await addDeliveries(store(), webhook, 1, {}, { record: { kind: 'lead', id: 'other' } })
    const now = presentMs()
    const found: string[] = []
    let rounds = 0
    for (let after: Claim['cursor'] = null; ; rounds++) {
      const claim: Claim = await claimAll(store(), { now, after })
      found.push(...ids(claim))
      after = claim.cursor
      if (!claim.unfinished && claim.cursor === null) break
    }
    expect(found.sort()).toEqual([deliveries[0]!.id, last!.id].sort())
    expect(rounds).toBeLessThan(20)
    // From now on a look costs nothing: there is nothing due to wade through.
    expect(await claimAll(store(), { now })).toMatchObject({ leases: [], unfinished: false })
  })

  test('lines are those with an unsettled delivery of an event', async () => {
    const webhook = await addLane({ order: 'record' })
    const record = (id: string) => ({ kind: 'lead', id })
    const add = (id: string, change: Partial<Delivery> = {}) =>
      addDeliveries(store(), webhook, 1, change, { record: record(id) })
    await add('1')
    await add('2', { purpose: 'replay' })
    const [sent] = await add('3', { state: 'sending', lease: 1 })
    await store().recordAttempts([makeOutcome({ delivery: sent! })], presentMs())
    const keys = ['1', '2', '3', '4', '1'].map((id) => ({ webhook_id: webhook.id, record: record(id) }))
    const lines = await store().transaction((tx) => tx.deliveries.lines(keys))
    expect(lines).toEqual(new Set([lineKey(keys[0]!)]))
  })

  test('pauses are kept with the webhook, also once it is deleted', async () => {
    const webhook = await addLane({})
    const pauses = [
      { from: 5, to: 6 },
      { from: 7, to: null },
    ]
    await store().transaction((tx) => tx.webhooks.put({ ...webhook, version: 2, pauses }, 'system'))
    expect((await store().webhooks.get(webhook.account_id, webhook.id))!.pauses).toEqual(pauses)
    const deleted = { ...webhook, version: 3, status: 'deleted', pauses } as const
    await store().transaction((tx) => tx.webhooks.put(deleted, 'system'))
    expect(await store().webhooks.pauses(webhook.account_id, [webhook.id, 'whk_none'])).toEqual(
      new Map([[webhook.id, pauses]]),
    )
  })
}
