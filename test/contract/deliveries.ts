import { beforeAll, expect, test } from 'vitest'
import type { Account, Attempt, Delivery, DeliveryState, Webhook } from '../../src/model/index.ts'
import type { DeliveryFilter } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeAttempt,
  makeDelivery,
  makeEvent,
  makeOutcome,
  makeResponse,
  presentMs,
  recorded,
} from './things.ts'

export function deliveryTests(opened: Opened): void {
  const store = () => opened().store
  let account: Account
  let erp: Webhook
  let chat: Webhook
  /** In the order in which they were made. */
  let all: { id: string; state: DeliveryState; webhook: Webhook; type: string; record: string }[]

  beforeAll(async () => {
    account = await addAccount(store())
    erp = await addWebhook(store(), account)
    chat = await addWebhook(store(), account)
    all = []
    const note = (delivery: Delivery, state: DeliveryState, webhook: Webhook) =>
      all.push({ id: delivery.id, state, webhook, type: delivery.event_type, record: delivery.record.id })
    // Each state twice for each webhook, in turn, so that every page crosses states, webhooks and tables.
    for (const record of ['1', '2']) {
      for (const state of ['delivered', 'dead', 'canceled', 'waiting'] as const) {
        for (const webhook of [erp, chat]) {
          const type = webhook === erp ? 'lead.stage_changed' : 'lead.created'
          note(
            await addSettled(store(), webhook, state, { record: { kind: 'lead', id: record }, type }),
            state,
            webhook,
          )
        }
      }
      for (const state of ['pending', 'sending'] as const) {
        const [delivery] = await addDeliveries(
          store(),
          erp,
          1,
          { state },
          { record: { kind: 'lead', id: record } },
        )
        note(delivery!, state, erp)
      }
    }
  })

  /** For what would change the lists above. */
  const others = async () => {
    const account = await addAccount(store())
    return { account, erp: await addWebhook(store(), account), chat: await addWebhook(store(), account) }
  }

  const newestFirst = (choose: (one: (typeof all)[number]) => boolean) =>
    all
      .filter(choose)
      .map(({ id }) => id)
      .reverse()

  async function ids(filter: DeliveryFilter, limit = 100): Promise<string[]> {
    const found: string[] = []
    for (;;) {
      const page = await store().deliveries.list(account.id, filter, { limit, after: found.at(-1) })
      found.push(...page.map(({ id }) => id))
      if (page.length < limit) return found
    }
  }

  test.each<[string, () => DeliveryFilter, (one: (typeof all)[number]) => boolean]>([
    ['everything', () => ({}), () => true],
    ['a webhook', () => ({ webhook_id: erp.id }), ({ webhook }) => webhook === erp],
    ['a settled state', () => ({ states: ['dead'] }), ({ state }) => state === 'dead'],
    ['the delivered', () => ({ states: ['delivered'] }), ({ state }) => state === 'delivered'],
    ['an unsettled state', () => ({ states: ['waiting'] }), ({ state }) => state === 'waiting'],
    [
      'states of both tables',
      () => ({ states: ['canceled', 'sending', 'dead'] }),
      ({ state }) => ['canceled', 'sending', 'dead'].includes(state),
    ],
    [
      'states of a webhook',
      () => ({ webhook_id: chat.id, states: ['waiting', 'delivered', 'dead'] }),
      ({ webhook, state }) => webhook === chat && ['waiting', 'delivered', 'dead'].includes(state),
    ],
    ['no state at all', () => ({ states: [] }), () => false],
    ['an event type', () => ({ event_type: 'lead.created' }), ({ type }) => type === 'lead.created'],
    ['a record', () => ({ record: { kind: 'lead', id: '2' } }), ({ record }) => record === '2'],
    [
      'a record, a webhook and states',
      () => ({ record: { kind: 'lead', id: '2' }, webhook_id: erp.id, states: ['dead', 'pending'] }),
      ({ record, webhook, state }) =>
        record === '2' && webhook === erp && ['dead', 'pending'].includes(state),
    ],
    ['a record of another kind', () => ({ record: { kind: 'contact', id: '2' } }), () => false],
    ['a status code', () => ({ status_code: 200 }), ({ state }) => state === 'delivered'],
    [
      'a status code of both tables',
      () => ({ status_code: 500 }),
      ({ state }) => ['dead', 'canceled', 'waiting'].includes(state),
    ],
  ])('a list by %s is complete and newest first, whatever the pages', async (_, filter, choose) => {
    const expected = newestFirst(choose)
    expect(await ids(filter())).toEqual(expected)
    expect(await ids(filter(), 3)).toEqual(expected)
    expect(await ids(filter(), 1)).toEqual(expected)
  })

  test('a list by event shows its deliveries in both tables', async () => {
    const { account, erp, chat } = await others()
    const event = makeEvent(account.id, { type: 'lead.shared', record: { kind: 'lead', id: '3' } })
    const [first, second] = [
      makeDelivery(event, erp),
      makeDelivery(event, chat, { state: 'sending', lease: 1 }),
    ]
    await store().transaction(async (tx) => {
      await tx.events.insert([recorded(event)])
      await tx.deliveries.insert([first, second])
    })
    await store().recordAttempts([makeOutcome({ delivery: second })], presentMs())
    const ids = async (filter: DeliveryFilter) =>
      (await store().deliveries.list(account.id, filter, { limit: 10 })).map(({ id }) => id)
    expect(await ids({ event_id: event.id })).toEqual([second.id, first.id])
    expect(await ids({ event_id: event.id, states: ['delivered'] })).toEqual([second.id])
    expect(await ids({ event_id: event.id, webhook_id: erp.id })).toEqual([first.id])
    expect(await ids({ event_id: 'evt_none' })).toEqual([])
  })

  test.each<[string, () => DeliveryFilter, (one: (typeof all)[number]) => boolean]>([
    ['an event type', () => ({ event_type: 'lead.created' }), ({ type }) => type === 'lead.created'],
    [
      'a status code',
      () => ({ status_code: 500 }),
      ({ state }) => ['dead', 'canceled', 'waiting'].includes(state),
    ],
    [
      'what was never sent again',
      () => ({ sent_again: false, states: ['dead', 'delivered'] }),
      ({ state }) => ['dead', 'delivered'].includes(state),
    ],
    ['a code that no answer had', () => ({ status_code: 418 }), () => false],
    [
      'a code among states of a webhook',
      () => ({ status_code: 500, webhook_id: erp.id, states: ['dead', 'waiting', 'delivered'] }),
      ({ webhook, state }) => webhook === erp && ['dead', 'waiting'].includes(state),
    ],
  ])('a look for %s goes only so far at a time, and finds all in the end', async (_, filter, choose) => {
    const { deliveries } = store()
    const found: string[] = []
    let after: string | undefined
    for (let looks = 0; ; looks++) {
      const end = await deliveries.horizon(account.id, filter(), after, 2)
      const bounded = end === null ? filter() : { ...filter(), from_id: end }
      found.push(...(await deliveries.list(account.id, bounded, { limit: 100, after })).map(({ id }) => id))
      if (end === null) {
        expect(looks).toBeGreaterThan(0)
        break
      }
      if (after !== undefined) expect(end < after).toBe(true)
      after = end
    }
    expect(found).toEqual(newestFirst(choose))
  })

  test('where an index knows the way, a look goes as far as it must', async () => {
    for (const filter of [
      {},
      { webhook_id: erp.id },
      { event_type: 'lead.created', record: { kind: 'lead', id: '2' } },
    ])
      expect(await store().deliveries.horizon(account.id, filter, undefined, 1)).toBeNull()
  })

  test('a list by time goes by when they were made: from since on, before until', async () => {
    const made = await Promise.all(
      all.map(async ({ id }) => (await store().deliveries.get(account.id, id))!.created_at),
    )
    const [from, to] = [3, 15]
    expect(await ids({ since: made[from]!, until: made[to]! }, 5)).toEqual(
      all
        .slice(from, to)
        .map(({ id }) => id)
        .reverse(),
    )
    expect(await ids({ since: made.at(-1)! + 1 })).toEqual([])
  })

  test('deliveries come back as they are, settled ones with how they ended', async () => {
    const { account, erp } = await others()
    const [pending] = await addDeliveries(store(), erp, 1, {
      purpose: 'replay',
      replay_of: 'dlv_before',
      replay_attempt_id: 'att_before',
      last_status_code: 502,
      attempts: 2,
    })
    expect(await store().deliveries.get(account.id, pending!.id)).toEqual(pending)
    const [sending] = await addDeliveries(store(), erp, 1, {
      state: 'sending',
      lease: 1,
      replay_of: 'dlv_before',
      replay_attempt_id: 'att_before',
    })
    const outcome = makeOutcome(
      { delivery: sending! },
      { next: { state: 'dead', reason: 'out_of_attempts' } },
    )
    await store().recordAttempts([outcome], 1234)
    expect(await store().deliveries.get(account.id, sending!.id)).toEqual({
      ...sending,
      state: 'dead',
      reason: 'out_of_attempts',
      attempts: 1,
      last_status_code: 500,
      settled_at: 1234,
    })
    expect(await store().deliveries.get(account.id, 'dlv_none')).toBeNull()
  })

  test('their states are told by id, those of both tables', async () => {
    const state = ({ id, state }: (typeof all)[number]) => [id, state] as const
    const ids = all.map(({ id }) => id)
    expect(await store().deliveries.states(account.id, [...ids, 'dlv_none'])).toEqual(new Map(all.map(state)))
    expect(await store().deliveries.states(account.id, [])).toEqual(new Map())
  })

  test('of each the last attempt is told, late ones aside', async () => {
    const { account, erp } = await others()
    const [tried, fresh, probed] = await addDeliveries(store(), erp, 3, { state: 'sending', lease: 1 })
    const next = { state: 'waiting', due_at: presentMs() } as const
    const record = (delivery: Delivery, change: Partial<Attempt>) =>
      store().recordAttempts(
        [makeOutcome({ delivery }, { attempt: makeAttempt(delivery, 'retry', change), next })],
        presentMs(),
      )
    await record(tried!, { reason: 'timeout', response: null, duration_ms: 10_000 })
    const leased = (await store().transaction((tx) =>
      tx.deliveries.lease(account.id, tried!.id, presentMs() + 1000),
    ))!
    await record(leased, { duration_ms: 70, started_at: presentMs() })
    // Under a lease that is over.
    await record(tried!, { number: 9, duration_ms: 1 })
    await record(probed!, { probe: true, reason: 'dns', response: null })
    const [, second] = await store().deliveries.attempts(account.id, tried!.id)
    const [probe] = await store().deliveries.attempts(account.id, probed!.id)
    const short = ({ id, number, outcome, reason, started_at, duration_ms }: Attempt) =>
      ({ id, number, outcome, reason, started_at, duration_ms }) // prettier-ignore
    const ids = [tried!, fresh!, probed!].map(({ id }) => id)
    const last = await store().deliveries.lastAttempts(account.id, [...ids, 'dlv_none'])
    expect(last).toEqual(
      new Map([
        [tried!.id, short(second!)],
        [probed!.id, short(probe!)],
      ]),
    )
    expect(last.get(tried!.id)).toMatchObject({ number: 2, duration_ms: 70, reason: 'status' })
    const inside = await store().transaction((tx) => tx.deliveries.lastAttempts(account.id, [tried!.id]))
    expect(inside).toEqual(new Map([[tried!.id, short(second!)]]))
  })

  test('one that is named is leased whatever its due time, and by nobody twice', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id } = webhook
    const stranger = await addAccount(store())
    const waiting = await addSettled(store(), webhook, 'waiting')
    const settled = await addSettled(store(), webhook, 'delivered')
    const until = presentMs() + 15_000
    const lease = (accountId: string, id: string) =>
      store().transaction((tx) => tx.deliveries.lease(accountId, id, until))
    expect(await lease(stranger.id, waiting.id)).toBeNull()
    expect(await lease(account_id, settled.id)).toBeNull()
    const leased = await lease(account_id, waiting.id)
    expect(leased).toMatchObject({ id: waiting.id, state: 'sending', due_at: until, lease: 2, attempts: 1 })
    expect(await store().deliveries.get(account_id, waiting.id)).toEqual(leased)
    expect(await lease(account_id, waiting.id)).toBeNull()
    expect(await store().recordAttempts([makeOutcome({ delivery: leased! })], presentMs())).toEqual([])
    expect(await store().deliveries.get(account_id, waiting.id)).toMatchObject({
      state: 'delivered',
      attempts: 2,
    })
  })

  test('canceling settles it, voids its lease, and works once', async () => {
    const { account, erp } = await others()
    const [sending] = await addDeliveries(store(), erp, 1, {
      state: 'sending',
      lease: 4,
      due_at: presentMs() + 60_000,
    })
    const cancel = () =>
      store().transaction((tx) => tx.deliveries.cancel(account.id, sending!.id, 'by_user', 777))
    expect(await cancel()).toBe(true)
    expect(await cancel()).toBe(false)
    expect(await store().recordAttempts([makeOutcome({ delivery: sending! })], 888)).toEqual([sending!.id])
    const canceled = { ...sending, state: 'canceled', reason: 'by_user', settled_at: 777 }
    expect(await store().deliveries.get(account.id, sending!.id)).toEqual(canceled)
    const attempts = await store().deliveries.attempts(account.id, sending!.id)
    expect(attempts.map(({ late }) => late)).toEqual([true])
  })

  test('unsettled ones are counted up to a bound', async () => {
    const counted = await addAccount(store())
    const webhook = await addWebhook(store(), counted)
    await addDeliveries(store(), webhook, 4)
    await addSettled(store(), webhook, 'waiting')
    await addSettled(store(), webhook, 'delivered')
    expect(await store().deliveries.countUnsettled(counted.id, 100)).toBe(5)
    expect(await store().deliveries.countUnsettled(counted.id, 3)).toBe(3)
  })

  test('unsettled ones are counted by webhook, the one that waits longest first', async () => {
    const account = await addAccount(store())
    const [erp, shop] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const [first] = await addDeliveries(store(), erp, 3)
    const [second] = await addDeliveries(store(), shop, 2)
    await addSettled(store(), shop, 'dead')
    const expected = [
      { webhook_id: erp.id, count: 3, oldest_id: first!.id },
      { webhook_id: shop.id, count: 2, oldest_id: second!.id },
    ]
    expect(await store().deliveries.unsettledByWebhook(account.id, 10)).toEqual(expected)
    expect(await store().deliveries.unsettledByWebhook(account.id, 1)).toEqual(expected.slice(0, 1))
  })

  test('attempts come in their order, byte for byte, also such as had no request or no answer', async () => {
    const { account, erp } = await others()
    const [sending] = await addDeliveries(store(), erp, 1, {
      state: 'sending',
      lease: 1,
      due_at: presentMs(),
    })
    const refused = makeAttempt(sending!, 'retry', {
      reason: 'guard',
      detail: null,
      request: null,
      response: null,
    })
    const silent = makeAttempt({ ...sending!, attempts: 1 }, 'retry', { reason: 'timeout', response: null })
    const empty = makeAttempt({ ...sending!, attempts: 2 }, 'delivered')
    empty.request!.body = null
    empty.response = { ...makeResponse(204), body: null, truncated: true }
    const next = { state: 'waiting', due_at: presentMs() } as const
    // Recorded in another order than they were made in; the lease is over after the first.
    for (const attempt of [silent, refused, empty]) {
      await store().recordAttempts([makeOutcome({ delivery: sending! }, { attempt, next })], presentMs())
    }
    const kept = [{ ...refused, late: true }, silent, { ...empty, late: true }]
    const read = await store().deliveries.attempts(account.id, sending!.id)
    const bytes = (attempt: (typeof read)[number]) => [
      attempt.request?.body && [...attempt.request.body],
      attempt.response?.body && [...attempt.response.body],
    ]
    expect(read).toEqual(kept)
    expect(await store().deliveries.attempt(account.id, sending!.id, empty.id)).toEqual(kept[2])
    expect(await store().deliveries.attempt(account.id, 'dlv_none', empty.id)).toBeNull()
    expect(await store().deliveries.attempt(account.id, sending!.id, 'att_none')).toBeNull()
    expect(read.map(bytes)).toEqual(kept.map(bytes))
  })
}
