import { expect, test } from 'vitest'
import type { Delivery, Replay, ReplaySelection, Webhook } from '../../src/model/index.ts'
import type { ReplayItem } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeAttempt,
  makeEvent,
  makeOutcome,
  nextId,
  presentMs,
  recorded,
} from './things.ts'

/** Of everything that is dead. */
export function makeReplay(accountId: string, change: Partial<Replay> = {}): Replay {
  const id = nextId('rpl')
  return {
    id,
    account_id: accountId,
    webhook_id: null,
    selection: { of: 'filter', states: ['dead'] },
    mode: 'render',
    pace_per_s: null,
    state: 'running',
    made_by: 'token tok_1',
    cursor: null,
    total: null,
    done: 0,
    created: 0,
    skipped: 0,
    next_at: presentMs(),
    created_at: presentMs(),
    updated_at: presentMs(),
    ...change,
  }
}

export function replayTests(opened: Opened): void {
  const store = () => opened().store
  const insert = (replay: Replay) => store().transaction((tx) => tx.replays.insert(replay))
  const lock = (replay: Replay) => store().transaction((tx) => tx.replays.lock(replay.id))
  const cancel = ({ account_id, id }: Replay, now = 5) =>
    store().transaction((tx) => tx.replays.cancel(account_id, id, now))
  const idOf = ({ delivery, event_id }: ReplayItem) => delivery?.id ?? event_id
  /** All that it goes over, `limit` at a time. */
  const walk = async (replay: Replay, limit = 100): Promise<string[]> => {
    const ids: string[] = []
    let { cursor } = replay
    for (;;) {
      const stretch = await store().replays.stretch({ ...replay, cursor }, limit)
      ids.push(...stretch.items.map(idOf))
      cursor = stretch.cursor
      if (stretch.end) return ids
      expect(stretch.items.length).toBeLessThanOrEqual(limit)
    }
  }
  /** One that is being sent, with the outcome that it will have: delivered. */
  const send = async (webhook: Webhook, change: Partial<Delivery> = {}) => {
    const [made] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1, ...change })
    return { made: made!, outcome: makeOutcome({ delivery: made! }) }
  }
  /** Canceled since its webhook was disabled. */
  const strand = async (webhook: Webhook): Promise<Delivery> => {
    const [delivery] = await addDeliveries(store(), webhook, 1)
    await store().transaction((tx) =>
      tx.deliveries.cancel(webhook.account_id, delivery!.id, 'webhook_disabled', presentMs()),
    )
    return delivery!
  }
  const miss = async (webhook: Webhook, count: number): Promise<string[]> => {
    const events = Array.from({ length: count }, () => makeEvent(webhook.account_id))
    await store().transaction(async (tx) => {
      await tx.events.insert(events.map((event) => recorded(event)))
      await tx.replays.addMissed(
        events.map(({ id }) => ({ account_id: webhook.account_id, webhook_id: webhook.id, event_id: id })),
      )
    })
    return events.map(({ id }) => id)
  }

  test('a replay comes back as it was made, with whatever it goes over', async () => {
    const { id } = await addAccount(store())
    const selections: ReplaySelection[] = [
      { of: 'deliveries', delivery_ids: ['dlv_1', 'dlv_2'] },
      {
        of: 'filter',
        states: ['dead', 'canceled'],
        record: { kind: 'lead', id: 'Ё' },
        status_code: 500,
        sent_again: false,
      },
      { of: 'missed', since: 5, until: 6 },
    ]
    for (const selection of selections) {
      const replay = makeReplay(id, {
        selection,
        webhook_id: 'whk_1',
        mode: 'bytes',
        pace_per_s: 3,
        total: 2,
      })
      await insert(replay)
      expect(await store().replays.get(id, replay.id)).toEqual(replay)
    }
    expect(await store().replays.get(id, 'rpl_none')).toBeNull()
  })

  test('replays are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [makeReplay(id), makeReplay(id), makeReplay(id)] as const
    for (const replay of [b, c, a]) await insert(replay)
    expect(await store().replays.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().replays.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('what was settled before it began is gone over by id, whatever the steps', async () => {
    const account = await addAccount(store())
    const [erp, chat] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const made: { delivery: Delivery; state: string }[] = []
    for (const state of ['dead', 'delivered', 'canceled', 'waiting', 'dead', 'canceled'] as const)
      for (const webhook of [erp, chat])
        made.push({ delivery: await addSettled(store(), webhook, state), state })
    const ids = (choose: (one: (typeof made)[number]) => boolean) =>
      made.filter(choose).map(({ delivery }) => delivery.id)
    const over = (states: ('dead' | 'delivered' | 'canceled')[], webhook_id: string | null = null) =>
      makeReplay(account.id, { webhook_id, selection: { of: 'filter', states } })
    const all = over(['dead', 'delivered', 'canceled'])
    const settled = ids(({ state }) => state !== 'waiting')
    const later = await addSettled(store(), erp, 'dead')
    expect(later.id.slice(4) > all.id.slice(4)).toBe(true)
    for (const limit of [1, 3, 100]) expect(await walk(all, limit)).toEqual(settled)
    expect(await store().replays.count(all, 100)).toBe(settled.length)
    expect(await store().replays.count(all, 4)).toBe(4)
    expect(await store().replays.count({ ...all, cursor: settled[0]! }, 100)).toBe(settled.length - 1)
    const chatDead = { ...over(['dead'], chat.id), id: all.id, created_at: all.created_at }
    expect(await walk(chatDead, 1)).toEqual(
      ids(({ state, delivery }) => state === 'dead' && delivery.webhook_id === chat.id),
    )
    const [item] = (await store().replays.stretch(all, 1)).items
    const { id, webhook_id, event_id, event_type, record, sequence } = made[0]!.delivery
    const delivery = { id, state: 'dead' }
    expect(item).toEqual({ webhook_id, event_id, event_type, record, sequence, delivery, attempt_id: null })
  })

  test('a delivery that settled after it began is no part of it', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const { outcome, made } = await send(webhook)
    const replay = makeReplay(account.id, { selection: { of: 'filter', states: ['delivered'] } })
    await store().recordAttempts([outcome], replay.created_at + 1)
    expect(await walk(replay)).toEqual([])
    expect(await walk({ ...replay, created_at: replay.created_at + 1 })).toEqual([made.id])
  })

  test('a filter narrows it down', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const lead = (id: string) => ({ kind: 'lead', id })
    const one = await addSettled(store(), webhook, 'dead', { record: lead('1') })
    const two = await addSettled(store(), webhook, 'dead', { record: lead('2'), type: 'lead.created' })
    const three = await addSettled(store(), webhook, 'delivered', { record: lead('1') })
    const ids = (filter: Omit<Extract<ReplaySelection, { of: 'filter' }>, 'of' | 'states'>) =>
      walk(
        makeReplay(account.id, { selection: { of: 'filter', states: ['dead', 'delivered'], ...filter } }),
        1,
      )
    expect(await ids({})).toEqual([one.id, two.id, three.id])
    expect(await ids({ record: lead('1') })).toEqual([one.id, three.id])
    expect(await ids({ event_type: 'lead.created' })).toEqual([two.id])
    expect(await ids({ status_code: 200 })).toEqual([three.id])
    expect(await ids({ since: two.created_at, until: three.created_at })).toEqual([two.id])
  })

  test('deliveries that are named are gone over once each; those that are not there are passed', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const a = await addSettled(store(), webhook, 'delivered')
    const waiting = await addSettled(store(), webhook, 'waiting')
    const b = await addSettled(store(), webhook, 'canceled')
    const delivery_ids = [b.id, 'dlv_none', waiting.id, a.id]
    const replay = makeReplay(account.id, { selection: { of: 'deliveries', delivery_ids } })
    for (const limit of [1, 2, 100]) expect(await walk(replay, limit)).toEqual([a.id, b.id])
    expect(await store().replays.count(replay, 100)).toBe(4)
  })

  test('byte for byte, the last attempt with a request is named', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const { made, outcome } = await send(webhook)
    const first = makeAttempt(made, 'retry')
    const second = makeAttempt({ ...made, attempts: 1 }, 'retry')
    const refused = makeAttempt({ ...made, attempts: 2 }, 'rejected', { request: null, response: null })
    const dead = { state: 'dead', reason: 'rejected' } as const
    for (const attempt of [refused, first, second])
      await store().recordAttempts([{ ...outcome, attempt, next: dead }], presentMs())
    const never = await strand(webhook)
    const selection: ReplaySelection = { of: 'deliveries', delivery_ids: [made.id, never.id] }
    const replay = makeReplay(account.id, { mode: 'bytes', selection })
    const { items } = await store().replays.stretch(replay, 10)
    expect(items.map(({ attempt_id }) => attempt_id)).toEqual([second.id, null])
  })

  test('what a webhook missed: deliveries first, then events; of others nothing', async () => {
    const account = await addAccount(store())
    const [erp, chat] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const stranded = [await strand(erp), await strand(erp)]
    await strand(chat)
    await addSettled(store(), erp, 'canceled')
    const events = await miss(erp, 3)
    await miss(chat, 1)
    const replay = makeReplay(account.id, { webhook_id: erp.id, selection: { of: 'missed' } })
    await miss(erp, 1)
    const all = [...stranded.map(({ id }) => id), ...events]
    for (const limit of [1, 2, 3, 100]) expect(await walk(replay, limit)).toEqual(all)
    expect(await store().replays.count(replay, 100)).toBe(5)
    expect(await store().replays.count(replay, 3)).toBe(3)
    const since = stranded[1]!.created_at
    expect(await walk({ ...replay, selection: { of: 'missed', since } })).toEqual(all.slice(1))
    expect(await walk({ ...replay, selection: { of: 'missed', until: since } })).toEqual(all.slice(0, 1))
    const { items } = await store().replays.stretch({ ...replay, cursor: all[3]! }, 1)
    expect(items).toMatchObject([
      {
        webhook_id: erp.id,
        event_id: events[2],
        event_type: 'lead.stage_changed',
        sequence: 7,
        delivery: null,
      },
    ])
    expect(await store().replays.missed(account.id, erp.id, 100)).toEqual({
      count: 6,
      since: stranded[0]!.created_at,
    })
    expect((await store().replays.missed(account.id, erp.id, 1)).count).toBe(2)
  })

  test('what was replayed is missed no more, unless that failed, too', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const missed = async () => (await store().replays.missed(account.id, webhook.id, 100)).count
    const stranded = await strand(webhook)
    const [event] = await miss(webhook, 1)
    expect(await missed()).toBe(2)
    await store().transaction((tx) => tx.replays.removeMissed(account.id, webhook.id, [event!]))
    expect(await missed()).toBe(1)
    const change = { purpose: 'replay', replay_of: stranded.id } as const
    const again = await send(webhook, { ...change, event_id: stranded.event_id })
    expect(await missed()).toBe(0)
    const dead = { state: 'dead', reason: 'out_of_attempts' } as const
    await store().recordAttempts([makeOutcome({ delivery: again.made }, { next: dead })], presentMs())
    expect(await missed()).toBe(1)
    const third = await send(webhook, { ...change, event_id: stranded.event_id })
    await store().recordAttempts([third.outcome], presentMs())
    expect(await store().replays.missed(account.id, webhook.id, 100)).toEqual({ count: 0, since: null })
  })

  test('the replays of an event are known, and which events are kept', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const original = await addSettled(store(), webhook, 'dead')
    const quiet = await addSettled(store(), webhook, 'dead')
    const pending = await send(webhook, { purpose: 'replay', event_id: original.event_id })
    const sent = await send(webhook, { purpose: 'replay', event_id: original.event_id })
    await store().recordAttempts([sent.outcome], presentMs())
    const made = await store().transaction((tx) =>
      tx.replays.made(account.id, [original.event_id, quiet.event_id, 'evt_none']),
    )
    expect([...made.keys()].sort()).toEqual([original.event_id, quiet.event_id].sort())
    expect(made.get(quiet.event_id)).toEqual([])
    expect(made.get(original.event_id)!.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: pending.made.id, webhook_id: webhook.id, state: 'sending' },
      { id: sent.made.id, webhook_id: webhook.id, state: 'delivered' },
    ])
  })

  test('it goes on where its last step ended; a throw takes the step back', async () => {
    const { id } = await addAccount(store())
    const replay = makeReplay(id)
    await insert(replay)
    const progress = { cursor: 'dlv_5', total: 9, done: 5, created: 4, skipped: 1, next_at: 7, updated_at: 8 }
    await store().transaction(async (tx) => {
      expect(await tx.replays.lock(replay.id)).toEqual(replay)
      await tx.replays.update({ ...replay, ...progress })
    })
    const oops = new Error('oops')
    const failing = store().transaction(async (tx) => {
      await tx.replays.update({ ...replay, cursor: 'dlv_9' })
      throw oops
    })
    await expect(failing).rejects.toBe(oops)
    expect(await lock(replay)).toEqual({ ...replay, ...progress })
    await store().transaction((tx) => tx.replays.update({ ...replay, ...progress, state: 'done' }))
    expect(await lock(replay)).toBeNull()
    expect(await cancel(replay)).toBe(false)
  })

  test('many workers do every step once', async () => {
    const { id } = await addAccount(store())
    const [one, other] = [makeReplay(id, { total: 12 }), makeReplay(id, { total: 12 })]
    await insert(one)
    await insert(other)
    const work = async ({ id: replayId }: Replay) => {
      for (;;) {
        const state = await store().transaction(async (tx) => {
          const locked = await tx.replays.lock(replayId)
          if (!locked) return (await tx.replays.get(id, replayId))!.state
          const done = locked.done + 1
          const after = { ...locked, done, state: done === 12 ? 'done' : 'running' } as const
          await tx.replays.update(after)
          return after.state
        })
        if (state !== 'running') return
      }
    }
    await Promise.all([work(one), work(one), work(other), work(other)])
    for (const replay of [one, other])
      expect(await store().replays.get(id, replay.id)).toMatchObject({ state: 'done', done: 12 })
  })

  test('a running replay is canceled once', async () => {
    const { id } = await addAccount(store())
    const replay = makeReplay(id)
    await insert(replay)
    expect(await cancel(replay, 77)).toBe(true)
    expect(await cancel(replay, 78)).toBe(false)
    expect(await store().replays.get(id, replay.id)).toEqual({ ...replay, state: 'canceled', updated_at: 77 })
    expect(await lock(replay)).toBeNull()
    expect(await store().transaction((tx) => tx.replays.cancel(id, 'rpl_none', 5))).toBe(false)
  })
}

/** They look at all accounts. */
export function dueReplayTests(opened: Opened): void {
  const store = () => opened().store

  test('those that are due are found in all accounts, the longest waiting first, also after a restart', async () => {
    const [one, other] = [await addAccount(store()), await addAccount(store())]
    const [a, b, c] = [
      makeReplay(one.id, { next_at: 30 }),
      makeReplay(other.id, { next_at: 10 }),
      makeReplay(one.id, { next_at: 20 }),
    ] as const
    const over = [
      makeReplay(one.id, { state: 'done', next_at: 1 }),
      makeReplay(one.id, { state: 'canceled' }),
    ]
    await store().transaction(async (tx) => {
      for (const replay of [a, b, c, ...over]) await tx.replays.insert(replay)
    })
    await opened().reopen()
    expect(await store().replays.due(30, 10)).toEqual([b, c, a])
    expect(await store().replays.due(30, 2)).toEqual([b, c])
    expect(await store().replays.due(29, 10)).toEqual([b, c])
    expect(await store().replays.due(9, 10)).toEqual([])
  })
}
