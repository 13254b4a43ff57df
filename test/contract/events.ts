import { expect, test } from 'vitest'
import type { CrmEvent, Decision } from '../../src/model/index.ts'
import type { EventFilter, KeptAnswer } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import { addAccount, makeEvent, makeRecord, nextId, recorded } from './things.ts'

const decision: Decision = {
  webhook_id: 'whk_1',
  webhook_name: 'Won deals',
  webhook_version: 3,
  verdict: 'skipped',
  reason: 'condition',
  failed: [{ path: 'rules[0]', field: 'current.price', operator: '>', expected: 10000, seen: 900 }],
  delivery_id: null,
}

export function eventTests(opened: Opened): void {
  const store = () => opened().store

  test('an event comes back with its decisions and its keys in their order', async () => {
    const { id } = await addAccount(store())
    const event = makeEvent(id, { caused_by: { event_id: 'evt_0', chain: ['whk_1'] }, external_id: 'ours-1' })
    await store().transaction((tx) => tx.events.insert([recorded(event, [decision])]))
    const read = await store().events.get(id, event.id)
    expect(read).toEqual({ event, config_version: 2, decisions: [decision] })
    expect(JSON.stringify(read!.event)).toBe(JSON.stringify(event))
    expect(await store().events.get(id, 'evt_none')).toBeNull()
  })

  test('events are listed newest first, by type, record and time, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c, d] = [
      makeEvent(id),
      makeEvent(id, { type: 'lead.created', record: { kind: 'lead', id: '5' } }),
      makeEvent(id, { record: { kind: 'contact', id: '4831596' } }),
      makeEvent(id),
    ] as const
    await store().transaction((tx) => tx.events.insert([c, a, d, b].map((event) => recorded(event))))
    const ids = async (filter: Parameters<ReturnType<typeof store>['events']['list']>[1], after?: string) =>
      (await store().events.list(id, filter, { limit: 3, after })).map(({ event }) => event.id)
    expect(await ids({})).toEqual([d.id, c.id, b.id])
    expect(await ids({}, b.id)).toEqual([a.id])
    expect(await ids({ type: 'lead.created' })).toEqual([b.id])
    expect(await ids({ record: a.record })).toEqual([d.id, a.id])
    expect(await ids({ record: a.record, type: 'lead.created' })).toEqual([])
    const [sinceB, sinceD] = [Date.parse(b.received_at), Date.parse(d.received_at)]
    expect(await ids({ since: sinceB, until: sinceD })).toEqual([c.id, b.id])
    expect(await ids({ until: sinceB })).toEqual([a.id])
    expect(await ids({ since: sinceD + 1 })).toEqual([])
  })

  test("a record's history is found from its last event, with what stands apart from it, in parts and as a whole", async () => {
    const [{ id }, other] = [await addAccount(store()), await addAccount(store())]
    const count = 200
    const events = Array.from({ length: count }, (_, index) => makeEvent(id, { sequence: index + 1 }))
    // The first ones as they were written before there were chains; one of the server's own, which no record counts.
    const chained = events.slice(70)
    const own = makeEvent(id, { sequence: 0 })
    const { record } = own
    await store().transaction(async (tx) => {
      await tx.events.insert(
        [...events.slice(0, 70), own, makeEvent(other.id)].map((event) => recorded(event)),
      )
      await tx.events.insert(
        chained.map((event, index) => ({ ...recorded(event), previous_id: chained[index - 1]?.id ?? '' })),
      )
      const last_event_id = chained.at(-1)!.id
      await tx.records.put([makeRecord(id, record.id, { sequence: count, last_event_id })])
      await tx.records.put([makeRecord(other.id, record.id)])
    })
    const page = await store().events.list(id, { record }, { limit: 300 })
    expect(page.map(({ event }) => event.id)).toEqual(
      [...events, own].map((event) => event.id).sort().reverse(), // prettier-ignore
    )
    const elsewhere = { kind: 'lead', id: 'another' }
    expect(await store().events.list(id, { record: elsewhere }, { limit: 3 })).toEqual([])

    for (const limit of [1, 7, 64, 90, 500]) {
      const found: number[] = []
      await store().transaction(async (tx) => {
        for (let after = 0; ; after = found.at(-1)!) {
          const some = await tx.erasures.eventsOf(id, record, { after, upTo: count - 1, limit })
          if (some.length === 0) break
          found.push(...some.map(({ event }) => event.sequence))
        }
      })
      expect(found).toEqual(events.slice(0, -1).map(({ sequence }) => sequence))
    }
  })

  test('events are read as the texts that are kept, in the pages of the list', async () => {
    const [{ id }, other] = [await addAccount(store()), await addAccount(store())]
    const [a, b, c] = [makeEvent(id, { type: 'lead.created' }), makeEvent(id), makeEvent(id)] as const
    await store().transaction((tx) =>
      tx.events.insert([a, b, c, makeEvent(other.id)].map((event) => recorded(event, [decision]))),
    )
    const textOf = (event: CrmEvent) => ({ id: event.id, text: JSON.stringify(event) })
    const texts = (filter: EventFilter, after?: string) =>
      store().events.texts(id, filter, { limit: 2, after })
    expect(await texts({})).toEqual([textOf(c), textOf(b)])
    expect(await texts({}, b.id)).toEqual([textOf(a)])
    expect(await texts({ type: 'lead.created' })).toEqual([textOf(a)])
    expect(await texts({ since: Date.parse(c.received_at) })).toEqual([textOf(c)])
  })

  test("the callers' own ids are found again, each in its account", async () => {
    const [one, other] = [await addAccount(store()), await addAccount(store())]
    const event = makeEvent(one.id, { external_id: 'same' })
    const twin = makeEvent(other.id, { external_id: 'same' })
    await store().transaction((tx) => tx.events.insert([recorded(event), recorded(twin)]))
    const found = await store().transaction((tx) =>
      tx.events.findExternal([
        { account_id: one.id, external_id: 'same' },
        { account_id: one.id, external_id: 'another' },
      ]),
    )
    expect(found).toEqual([{ account_id: one.id, external_id: 'same', id: event.id, type: event.type }])
    expect(await store().transaction((tx) => tx.events.findExternal([]))).toEqual([])
  })

  test('of two transactions that bring the same external id at once, the second finds the first', async () => {
    const { id } = await addAccount(store())
    const bring = () =>
      store().transaction(async (tx) => {
        const [known] = await tx.events.findExternal([{ account_id: id, external_id: 'twin' }])
        if (known) return known.id
        const event = makeEvent(id, { external_id: 'twin' })
        await tx.events.insert([recorded(event)])
        return event.id
      })
    const ids = await Promise.all([bring(), bring(), bring()])
    expect(new Set(ids).size).toBe(1)
    expect(await store().events.list(id, {}, { limit: 10 })).toHaveLength(1)
  })

  const answer = (accountId: string, change: Partial<KeptAnswer> = {}): KeptAnswer => ({
    account_id: accountId,
    token_id: 'tok_1',
    route: 'POST /v1/events',
    key: nextId('req'),
    body_hash: 'abc',
    status_code: 201,
    body: '{"id":"1"}',
    created_at: 1000,
    ...change,
  })

  test('an answer is found by account, token, route and key together', async () => {
    const { id } = await addAccount(store())
    const kept = answer(id)
    const secret = answer(id, { body: null })
    await store().transaction((tx) => tx.answers.insert([kept, secret]))
    const find = (change: Partial<KeptAnswer>) =>
      store().transaction((tx) => tx.answers.find([{ ...kept, ...change }]))
    expect(await find({})).toEqual([kept])
    expect(await find({ key: secret.key })).toEqual([secret])
    for (const change of [{ account_id: 'acc_x' }, { token_id: 'tok_x' }, { route: 'x' }, { key: 'x' }]) {
      expect(await find(change)).toEqual([])
    }
  })

  test('of two transactions with the same key at once, the second finds the answer of the first', async () => {
    const { id } = await addAccount(store())
    const kept = answer(id)
    const handle = (body: string) =>
      store().transaction(async (tx) => {
        const [known] = await tx.answers.find([kept])
        if (known) return known.body
        await tx.answers.insert([{ ...kept, body }])
        return body
      })
    const bodies = await Promise.all([handle('first'), handle('second'), handle('third')])
    expect(new Set(bodies).size).toBe(1)
  })

  test('old answers are forgotten, so many at a time', async () => {
    const { id } = await addAccount(store())
    const old = Array.from({ length: 5 }, (_, n) => answer(id, { created_at: n }))
    const young = answer(id, { created_at: 500 })
    await store().transaction((tx) => tx.answers.insert([...old, young]))
    const expire = () => store().transaction((tx) => tx.answers.expire(500, 3))
    expect([await expire(), await expire(), await expire()]).toEqual([3, 2, 0])
    expect(await store().transaction((tx) => tx.answers.find([...old, young]))).toEqual([young])
  })
}
