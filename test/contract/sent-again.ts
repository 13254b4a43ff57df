/** What was sent again: of a delivery, by a filter, and of a replay what became of it. */
import { expect, test } from 'vitest'
import type { Delivery, SettledState, Webhook } from '../../src/model/index.ts'
import type { DeliveryFilter } from '../../src/store/store.ts'
import { makeReplay } from './replays.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addSettled,
  addWebhook,
  makeDelivery,
  makeEvent,
  makeOutcome,
  nextId,
  presentMs,
} from './things.ts'

export function sentAgainTests(opened: Opened): void {
  const store = () => opened().store
  /** Sends the event of a delivery once more; unsettled where no end is named. */
  const again = async (
    { account_id, webhook_id, event_id, id }: Delivery,
    end?: SettledState,
    change: Partial<Delivery> = {},
  ): Promise<Delivery> => {
    const event = { ...makeEvent(account_id), id: event_id }
    const replay = makeDelivery(
      event,
      { id: webhook_id },
      { purpose: 'replay', replay_of: id, state: 'sending', lease: 1, ...change },
    )
    await store().transaction((tx) => tx.deliveries.insert([replay]))
    if (end) await settle(replay, end)
    return replay
  }
  const settle = (delivery: Delivery, state: SettledState) =>
    store().recordAttempts(
      [makeOutcome({ delivery }, { next: { state, reason: state === 'dead' ? 'out_of_attempts' : null } })],
      presentMs(),
    )
  const told = async (...deliveries: Delivery[]) => {
    const found = await store().deliveries.sentAgain(deliveries[0]!.account_id, deliveries)
    return deliveries.map(({ id }) => found.get(id) ?? null)
  }
  const scene = async () => {
    const account = await addAccount(store())
    return { account, erp: await addWebhook(store(), account), chat: await addWebhook(store(), account) }
  }
  const list = async (account: { id: string }, filter: DeliveryFilter, limit = 100) => {
    const found: string[] = []
    for (;;) {
      const page = await store().deliveries.list(account.id, filter, { limit, after: found.at(-1) })
      found.push(...page.map(({ id }) => id))
      if (page.length < limit) return found
    }
  }
  const ids = (...deliveries: Delivery[]) => deliveries.map(({ id }) => id)

  test('of a delivery the last replay after it is told, under way or settled', async () => {
    const { erp } = await scene()
    const [first, quiet] = [await addSettled(store(), erp, 'dead'), await addSettled(store(), erp, 'dead')]
    expect(await told(first, quiet)).toEqual([null, null])
    const second = await again(first)
    const { id, created_at } = second
    expect(await told(first, quiet)).toEqual([{ id, state: 'sending', reason: null, created_at }, null])
    await settle(second, 'dead')
    const asDead = { id, state: 'dead', reason: 'out_of_attempts', created_at }
    expect(await told(first, second)).toEqual([asDead, null])
    // What the last one repeats does not matter: its event went out once more for both.
    const third = await again(first, 'delivered')
    const asDelivered = { id: third.id, state: 'delivered', reason: null, created_at: third.created_at }
    expect(await told(first, second, third)).toEqual([asDelivered, asDelivered, null])
    const fourth = await again(second)
    expect((await told(first, second, third)).map((one) => one?.id)).toEqual(Array(3).fill(fourth.id))
  })

  test('a replay for another webhook, and a delivery that is no replay, are none of it', async () => {
    const { erp, chat } = await scene()
    const delivery = await addSettled(store(), erp, 'dead')
    await again({ ...delivery, webhook_id: chat.id }, 'delivered')
    await again(delivery, 'delivered', { purpose: 'test', replay_of: null })
    expect(await told(delivery)).toEqual([null])
  })

  test('it is told of many at once', async () => {
    const { erp } = await scene()
    const dead: Delivery[] = []
    for (let count = 0; count < 30; count++) dead.push(await addSettled(store(), erp, 'dead'))
    const replays: Delivery[] = []
    for (const delivery of dead) replays.push(await again(delivery, 'delivered'))
    expect((await told(...dead)).map((one) => one?.id)).toEqual(ids(...replays))
    expect(await store().deliveries.sentAgain(erp.account_id, [])).toEqual(new Map())
  })

  test('the list holds what was sent again, or what was not', async () => {
    const { account, erp, chat } = await scene()
    const lost = await addSettled(store(), erp, 'dead')
    const saved = await addSettled(store(), erp, 'dead')
    const lostElsewhere = await addSettled(store(), chat, 'dead')
    const waiting = await addSettled(store(), erp, 'waiting')
    const arrived = await addSettled(store(), chat, 'delivered')
    const failed = await again(saved, 'dead')
    const under = await again(saved)
    const twice = await again(arrived, 'delivered')
    for (const limit of [1, 2, 100]) {
      expect(await list(account, { sent_again: true }, limit)).toEqual(ids(failed, arrived, saved))
      expect(await list(account, { sent_again: false }, limit)).toEqual(
        ids(twice, under, waiting, lostElsewhere, lost),
      )
      const owed = { states: ['dead'], sent_again: false } satisfies DeliveryFilter
      expect(await list(account, owed, limit)).toEqual(ids(lostElsewhere, lost))
      expect(await list(account, { ...owed, webhook_id: erp.id }, limit)).toEqual(ids(lost))
      expect(await list(account, { ...owed, sent_again: true }, limit)).toEqual(ids(failed, saved))
    }
    expect(await list(account, { sent_again: true, event_id: saved.event_id })).toEqual(ids(failed, saved))
    expect(await list(account, { sent_again: true, states: ['waiting'] })).toEqual([])
  })

  test('a replay leaves out what was sent again before it, however far it is', async () => {
    const { account, erp } = await scene()
    const [lost, saved, later] = [
      await addSettled(store(), erp, 'dead'),
      await addSettled(store(), erp, 'dead'),
      await addSettled(store(), erp, 'dead'),
    ]
    const failed = await again(saved, 'dead')
    const over = (sent_again: boolean) =>
      makeReplay(account.id, { selection: { of: 'filter', states: ['dead'], sent_again } })
    const [rest, others] = [over(false), over(true)]
    // Made while they are at work: it changes nothing about what they go over.
    await again(later, 'delivered')
    const walked = async (replay: typeof rest) =>
      (await store().replays.stretch(replay, 100)).items.map(({ delivery }) => delivery!.id)
    expect(await walked(rest)).toEqual(ids(lost, later, failed))
    expect(await store().replays.count(rest, 100)).toBe(3)
    expect(await walked(others)).toEqual(ids(saved))
    expect(await walked(over(false))).toEqual(ids(lost, failed))
  })

  test('the deliveries of a replay are listed by its id, and counted', async () => {
    const { account, erp, chat } = await scene()
    const [replay_id, other] = [nextId('rpl'), nextId('rpl')]
    const make = async (webhook: Webhook, end?: SettledState, replayId: string | null = replay_id) =>
      again(await addSettled(store(), webhook, 'dead'), end, { replay_id: replayId })
    const delivered = [
      await make(erp, 'delivered'),
      await make(chat, 'delivered'),
      await make(erp, 'delivered'),
    ]
    const dead = await make(erp, 'dead')
    const under = [await make(erp), await make(chat)]
    const canceled = await make(chat, 'canceled')
    const foreign = await make(erp, 'dead', other)
    const alone = await make(erp, 'dead', null)
    expect(await store().deliveries.get(account.id, dead.id)).toMatchObject({ replay_id, state: 'dead' })
    expect(await store().deliveries.get(account.id, under[0]!.id)).toMatchObject({ replay_id })
    expect(await store().deliveries.get(account.id, alone.id)).toMatchObject({ replay_id: null })

    const all = ids(...delivered, dead, ...under, canceled).reverse()
    for (const limit of [1, 3, 100]) expect(await list(account, { replay_id }, limit)).toEqual(all)
    expect(await list(account, { replay_id: other })).toEqual(ids(foreign))
    expect(await list(account, { replay_id, states: ['dead'] })).toEqual(ids(dead))
    const erpLeft = {
      replay_id,
      webhook_id: erp.id,
      states: ['delivered', 'sending'],
    } satisfies DeliveryFilter
    for (const limit of [1, 100])
      expect(await list(account, erpLeft, limit)).toEqual(ids(under[0]!, delivered[2]!, delivered[0]!))
    expect(await list(account, { replay_id, event_id: dead.event_id })).toEqual(ids(dead))

    const none = { unsettled: 0, delivered: 0, dead: 0, canceled: 0 }
    const tallies = (max: number) => store().replays.tallies(account.id, [replay_id, other, 'rpl_none'], max)
    expect(await tallies(100)).toEqual(
      new Map([
        [replay_id, { unsettled: 2, delivered: 3, dead: 1, canceled: 1 }],
        [other, { ...none, dead: 1 }],
        ['rpl_none', none],
      ]),
    )
    expect((await tallies(2)).get(replay_id)).toEqual({ unsettled: 2, delivered: 2, dead: 1, canceled: 1 })
    expect(await store().replays.tallies(account.id, [], 100)).toEqual(new Map())
  })

  test('it remembers its replay also where it is canceled or its webhook disabled', async () => {
    const { account, erp } = await scene()
    const replay_id = nextId('rpl')
    const dead = await addSettled(store(), erp, 'dead')
    const [first, second] = [
      await again(dead, undefined, { replay_id }),
      await again(dead, undefined, { replay_id }),
    ]
    await store().transaction(async (tx) => {
      await tx.deliveries.cancel(account.id, first.id, 'by_user', presentMs())
      await tx.webhooks.put({ ...erp, version: 2, status: 'disabled', status_reason: 'by_user' }, 'system')
      await tx.deliveries.cancelStranded(10, presentMs() + 60_000, account.id)
    })
    expect(await list(account, { replay_id, states: ['canceled'] })).toEqual(ids(second, first))
  })
}
