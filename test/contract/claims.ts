import { expect, test } from 'vitest'
import type { Account, Webhook } from '../../src/model/index.ts'
import type { Claim } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addWebhook,
  claimAll,
  makeOutcome,
  makeWebhook,
  presentMs,
} from './things.ts'

const slots = (count: number) => ({ delivery: { ...makeWebhook('').delivery, slots: count } })
const ids = ({ leases }: Claim) => leases.map(({ delivery }) => delivery.id)
const lanes = ({ leases }: Claim) => leases.map(({ delivery }) => delivery.webhook_id)
const count = (claim: Claim, webhook: Webhook) => lanes(claim).filter((id) => id === webhook.id).length

export function claimTests(opened: Opened): void {
  const store = () => opened().store

  /** Accounts in the order of their ids, each with so many webhooks. */
  async function addLanes(webhooks: number[], slotCount = 10): Promise<Webhook[][]> {
    const accounts: Account[] = []
    for (const _ of webhooks) accounts.push(await addAccount(store()))
    const made: Webhook[][] = []
    for (const [index, account] of accounts.entries()) {
      const own: Webhook[] = []
      for (let n = 0; n < webhooks[index]!; n++)
        own.push(await addWebhook(store(), account, slots(slotCount)))
      made.push(own)
    }
    return made
  }

  test('nothing due gives no leases and ends the round', async () => {
    const nothing = { leases: [], cursor: null, held: [], unfinished: false }
    expect(await claimAll(store())).toEqual(nothing)
    const [[webhook]] = (await addLanes([1])) as [[Webhook]]
    await addDeliveries(store(), webhook, 3, { due_at: presentMs() + 3_600_000, state: 'waiting' })
    expect(await claimAll(store())).toEqual(nothing)
    expect(await claimAll(store(), { after: { account_id: 'a', webhook_id: 'w' } })).toEqual(nothing)
  })

  test('a lease carries the delivery as it now is, its event, and the config version', async () => {
    const [[webhook]] = (await addLanes([1])) as [[Webhook]]
    const [delivery] = await addDeliveries(store(), webhook, 1)
    const now = presentMs()
    const { leases, cursor } = await claimAll(store())
    const leased = { ...delivery, state: 'sending', lease: 1, due_at: now + 15_000 }
    const { event } = (await store().events.get(webhook.account_id, delivery!.event_id))!
    expect(leases).toEqual([{ delivery: leased, event, config_version: 2, probe: false }])
    expect(cursor).toBeNull()
    expect(await store().deliveries.get(webhook.account_id, delivery!.id)).toEqual(leased)
  })

  test('what is leased is not leased again before its lease has ended', async () => {
    const [[webhook]] = (await addLanes([1])) as [[Webhook]]
    await addDeliveries(store(), webhook, 1)
    const now = presentMs()
    const [first] = (await claimAll(store())).leases
    const endsAt = first!.delivery.due_at
    expect((await claimAll(store(), { now: endsAt - 1 })).leases).toEqual([])
    const [second] = (await claimAll(store(), { now: endsAt })).leases
    expect(second!.delivery).toMatchObject({
      id: first!.delivery.id,
      lease: 2,
      due_at: endsAt + endsAt - now,
    })
    // The first holder comes back: too late.
    expect(await store().recordAttempts([makeOutcome(first!)], endsAt)).toEqual([first!.delivery.id])
    expect(await store().recordAttempts([makeOutcome(second!)], endsAt)).toEqual([])
  })

  test('a delivery inserted under a lease is claimed by nobody else until that ends', async () => {
    const [[webhook]] = (await addLanes([1])) as [[Webhook]]
    const dueAt = presentMs() + 3_600_000
    const [delivery] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1, due_at: dueAt })
    expect((await claimAll(store())).leases).toEqual([])
    expect(ids(await claimAll(store(), { now: dueAt }))).toEqual([delivery!.id])
  })

  test('within a lane the oldest due goes first', async () => {
    const [[webhook]] = (await addLanes([1])) as [[Webhook]]
    const [a, b, c] = (await addDeliveries(store(), webhook, 3, { due_at: presentMs() })) as { id: string }[]
    const [old] = await addDeliveries(store(), webhook, 1, { due_at: 1, state: 'waiting' })
    expect(ids(await claimAll(store()))).toEqual([old!.id, a!.id, b!.id, c!.id])
  })

  test('free slots bound what one lane gets; what is under way counts', async () => {
    const [[webhook, other]] = (await addLanes([2], 3)) as [[Webhook, Webhook]]
    await addDeliveries(store(), webhook, 5)
    await addDeliveries(store(), other, 5)
    const claim = await claimAll(store(), { busy: new Map([[webhook.id, 2]]) })
    expect([count(claim, webhook), count(claim, other)]).toEqual([1, 3])
    const busy = new Map([
      [webhook.id, 3],
      [other.id, 4],
    ])
    expect((await claimAll(store(), { busy })).leases).toEqual([])
  })

  test('the limit bounds all lanes together', async () => {
    const [[a, b, c]] = (await addLanes([3])) as [[Webhook, Webhook, Webhook]]
    for (const webhook of [a, b, c]) await addDeliveries(store(), webhook, 10)
    const claim = await claimAll(store(), { limit: 7 })
    expect(claim.leases).toHaveLength(7)
    expect(new Set(ids(claim)).size).toBe(7)
  })

  test('a long lane does not crowd out the others', async () => {
    const [[long, short, single]] = (await addLanes([3], 100)) as [[Webhook, Webhook, Webhook]]
    await addDeliveries(store(), long, 300)
    await addDeliveries(store(), short, 3)
    await addDeliveries(store(), single, 1)
    const claim = await claimAll(store(), { limit: 10 })
    expect([count(claim, long), count(claim, short), count(claim, single)]).toEqual([6, 3, 1])
  })

  test('an account with many lanes does not crowd out one with a single lane', async () => {
    const [[single], many] = (await addLanes([1, 5], 100)) as [[Webhook], Webhook[]]
    for (const webhook of [single, ...many]) await addDeliveries(store(), webhook, 20)
    const claim = await claimAll(store(), { limit: 10 })
    expect(count(claim, single)).toBe(5)
  })

  test('rounds of one visit every lane in turn, by account, then by webhook, and begin again', async () => {
    const made = (await addLanes([2, 1, 2])).flat()
    for (const webhook of made) await addDeliveries(store(), webhook, 3)
    const visited: string[] = []
    let after: Claim['cursor'] = null
    for (let round = 0; round < 10; round++) {
      const claim: Claim = await claimAll(store(), { limit: 1, after })
      visited.push(...lanes(claim))
      after = claim.cursor
    }
    const inTurn = made.map(({ id }) => id)
    expect(visited).toEqual([...inTurn, ...inTurn])
  })

  test('a round that begins in the middle comes round to the first lane, too', async () => {
    const made = (await addLanes([1, 1])).flat()
    const [delivery] = await addDeliveries(store(), made[0]!, 1)
    const { account_id, id: webhook_id } = made[1]!
    const claim = await claimAll(store(), { after: { account_id, webhook_id } })
    expect(ids(claim)).toEqual([delivery!.id])
    expect(claim.cursor).toBeNull()
  })

  test('repeated rounds find everything, however small they are', async () => {
    const made = (await addLanes([3, 2], 11)).flat()
    for (const webhook of made) await addDeliveries(store(), webhook, 11)
    const found = new Set<string>()
    let after: Claim['cursor'] = null
    for (;;) {
      const claim: Claim = await claimAll(store(), { limit: 3, after })
      if (claim.leases.length === 0 && claim.cursor === null) break
      ids(claim).forEach((id) => found.add(id))
      after = claim.cursor
    }
    expect(found.size).toBe(55)
  })

  test.each(['paused', 'disabled', 'deleted'] as const)(
    'lanes of %s webhooks are passed over',
    async (status) => {
      const [[stopped, running]] = (await addLanes([2])) as [[Webhook, Webhook]]
      await addDeliveries(store(), stopped, 2)
      const [delivery] = await addDeliveries(store(), running, 1)
      const change = { ...stopped, status, version: 2 }
      await store().transaction((tx) => tx.webhooks.put(change, 'system'))
      const claim = await claimAll(store())
      expect(ids(claim)).toEqual([delivery!.id])
      expect(claim.cursor).toBeNull()
      await store().transaction((tx) =>
        tx.webhooks.put({ ...change, status: 'active', version: 3 }, 'system'),
      )
      const resumed = await claimAll(store())
      expect(resumed.leases.map((lease) => lease.config_version)).toEqual([5, 5])
    },
  )

  test('a blocked lane is passed over until its time', async () => {
    const [[blocked, open]] = (await addLanes([2])) as [[Webhook, Webhook]]
    const [held] = await addDeliveries(store(), blocked, 1, { state: 'sending', lease: 1 })
    const until = presentMs() + 60_000
    const waiting = { state: 'waiting', due_at: presentMs() } as const
    await store().recordAttempts(
      [makeOutcome({ delivery: held! }, { next: waiting, lane_blocked_until: until })],
      presentMs(),
    )
    const [other] = await addDeliveries(store(), open, 1)
    expect(ids(await claimAll(store(), { now: until - 1 }))).toEqual([other!.id])
    expect(ids(await claimAll(store(), { now: until }))).toContain(held!.id)
  })

  test('claimers at the same time never hold the same delivery', async () => {
    const made = (await addLanes([3, 3], 50)).flat()
    for (const webhook of made) await addDeliveries(store(), webhook, 20)
    const held: string[] = []
    const work = async () => {
      let idle = 0
      // Another claimer may hold for a moment what is left: only twice nothing means that nothing is there.
      while (idle < 2) {
        const claim = await claimAll(store(), { limit: 7 })
        held.push(...ids(claim))
        idle = claim.leases.length === 0 ? idle + 1 : 0
      }
    }
    await Promise.all([work(), work(), work(), work()])
    expect(held.length).toBe(new Set(held).size)
    held.push(...ids(await claimAll(store(), { limit: 500 })))
    expect(new Set(held).size).toBe(120)
  })

  test('metrics see states and the oldest that is due and not leased', async () => {
    const [[webhook]] = (await addLanes([1], 1)) as [[Webhook]]
    expect(await store().deliveries.backlog(presentMs())).toEqual({ states: {}, oldest_due_at: null })
    await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1, due_at: presentMs() + 3_600_000 })
    expect((await store().deliveries.backlog(presentMs())).oldest_due_at).toBeNull()
    await addDeliveries(store(), webhook, 2, { due_at: 5000 })
    await addDeliveries(store(), webhook, 1, { state: 'waiting', due_at: 4000 })
    expect(await store().deliveries.backlog(presentMs())).toEqual({
      states: { sending: 1, pending: 2, waiting: 1 },
      oldest_due_at: 4000,
    })
  })
}
