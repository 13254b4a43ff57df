import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Webhook } from '../../src/model/index.ts'
import type { Claim, Lease, NextStep, Store } from '../../src/store/store.ts'
import { lineKey } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addWebhook,
  makeAttempt,
  makeDelivery,
  makeEvent,
  makeOutcome,
  makeWebhook,
  presentMs,
  recorded,
} from './things.ts'

type Held = Pick<Lease, 'delivery'>

type Step =
  | { do: 'event'; record: number; delayMs: number; handOn: boolean }
  | { do: 'replay'; record: number }
  | { do: 'claim' }
  | { do: 'end'; which: number; how: 'delivered' | 'dead' | 'retry'; waitMs: number }
  | { do: 'cancel'; which: number }
  | { do: 'pause' | 'resume' | 'crash' }
  | { do: 'wait'; ms: number }

const record = fc.nat(2)
const which = fc.nat(9)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      record,
      delayMs: fc.constantFrom(0, 0, 5000),
      handOn: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), record }) },
  { weight: 4, arbitrary: fc.constant({ do: 'claim' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which,
      how: fc.constantFrom('delivered', 'dead', 'retry'),
      waitMs: fc.constantFrom(0, 1000, 30_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ do: 'pause' }, { do: 'resume' }, { do: 'crash' }) as fc.Arbitrary<Step>,
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1000, 10_000) }),
  },
)

/** A worker, an ingest and a user on one webhook in order; the model is the list of what each record still has to send. */
function makeWorld(store: Store, made: Webhook) {
  let webhook = made
  let now = presentMs()
  let held: Held[] = []
  /** Ids of unsettled deliveries of events, in the order of their sequence, by record. */
  const lines = new Map<string, string[]>()
  const unsettled = new Set<string>()
  let sequence = 0
  let after: Claim['cursor'] = null

  const lineOf = (recordId: string) => lines.get(recordId) ?? []

  async function add(
    recordId: string,
    purpose: 'event' | 'replay',
    delayMs: number,
    handOn: boolean,
  ): Promise<void> {
    sequence++
    const event = makeEvent(webhook.account_id, { record: { kind: 'lead', id: recordId }, sequence })
    const added = await store.transaction(async (tx) => {
      const key = { webhook_id: webhook.id, record: event.record }
      const behind = (await tx.deliveries.lines([key])).has(lineKey(key))
      expect(behind).toBe(lineOf(recordId).length > 0)
      const leased = purpose === 'event' && handOn && delayMs === 0 && !behind && webhook.status === 'active'
      const delivery = makeDelivery(event, webhook, {
        purpose,
        ...(leased ? { state: 'sending', lease: 1, due_at: now + 15_000 } : { due_at: now + delayMs }),
      })
      await tx.events.insert([recorded(event)])
      await tx.deliveries.insert([delivery])
      return { delivery, leased }
    })
    unsettled.add(added.delivery.id)
    if (purpose === 'event') lines.set(recordId, [...lineOf(recordId), added.delivery.id])
    if (added.leased) held.push(added)
  }

  /** Claims until there is nothing more to be had; every lease must be of the first in its record's line. */
  async function claim(): Promise<number> {
    let found = 0
    for (;;) {
      const { leases, cursor, unfinished } = await store.claim({ now, limit: 5, busy: new Map(), after })
      after = cursor
      for (const lease of leases) {
        const { id, purpose, record: of } = lease.delivery
        expect(webhook.status).toBe('active')
        expect(unsettled.has(id)).toBe(true)
        if (purpose === 'event') expect(id).toBe(lineOf(of.id)[0])
        held.push(lease)
      }
      found += leases.length
      if (leases.length === 0 && cursor === null && !unfinished) return found
    }
  }

  async function end(one: Held, how: 'delivered' | 'dead' | 'retry', waitMs: number): Promise<void> {
    held = held.filter((other) => other !== one)
    const { delivery } = one
    const next: NextStep =
      how === 'retry'
        ? { state: 'waiting', due_at: now + waitMs }
        : { state: how, reason: how === 'dead' ? 'rejected' : null }
    const attempt = makeAttempt(delivery, how === 'delivered' ? 'delivered' : 'retry')
    const outcome = makeOutcome(one, { next, attempt, releases: delivery.record })
    const late = await store.recordAttempts([outcome], now)
    if (how !== 'retry' && late.length === 0) settle(delivery.id)
  }

  function settle(id: string): void {
    unsettled.delete(id)
    for (const [recordId, line] of lines)
      lines.set(
        recordId,
        line.filter((one) => one !== id),
      )
  }

  async function cancel(id: string): Promise<void> {
    await store.transaction((tx) => tx.deliveries.cancel(webhook.account_id, id, 'by_user', now))
    settle(id)
  }

  async function put(status: Webhook['status']): Promise<void> {
    if (webhook.status === status) return
    webhook = { ...webhook, status, version: webhook.version + 1 }
    await store.transaction((tx) => tx.webhooks.put(webhook, 'system'))
  }

  const nth = <T>(from: readonly T[], index: number) => from[index % from.length]

  return {
    put,
    async run(one: Step): Promise<void> {
      if (one.do === 'event') await add(String(one.record), 'event', one.delayMs, one.handOn)
      else if (one.do === 'replay') await add(String(one.record), 'replay', 0, false)
      else if (one.do === 'claim') await claim()
      else if (one.do === 'pause') await put('paused')
      else if (one.do === 'resume') await put('active')
      else if (one.do === 'crash') held = []
      else if (one.do === 'wait') now += one.ms
      else if (one.do === 'cancel') {
        const id = nth([...unsettled], one.which)
        if (id !== undefined) await cancel(id)
      } else if (one.do === 'end') {
        const lease = nth(held, one.which)
        if (lease) await end(lease, one.how, one.waitMs)
      }
    },
    /** With a receiver that answers and nobody in the way, all that is left goes out, and no line waits for a look. */
    async drain(): Promise<void> {
      await put('active')
      held = []
      // Longer than any wait, delay or lease here, shorter than what is put aside waits by itself.
      now += 40_000
      while ((await claim()) > 0) for (const one of held) await end(one, 'delivered', 0)
      expect([...unsettled]).toEqual([])
    },
  }
}

export function orderTests(opened: Opened): void {
  test('whatever happens, only the first of a record’s line is sent, and all lines come to an end', async () => {
    const account = await addAccount(opened().store)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const delivery = { ...makeWebhook('').delivery, slots: 4, order: 'record' } as const
        const world = makeWorld(opened().store, await addWebhook(opened().store, account, { delivery }))
        try {
          for (const one of steps) await world.run(one)
          await world.drain()
        } finally {
          await world.put('deleted')
        }
      }),
      { numRuns: 60 },
    )
  })
}
