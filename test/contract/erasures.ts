import { expect, test } from 'vitest'
import { erasedDetail, type Erasure } from '../../src/model/index.ts'
import type { KeptContent } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeEvent,
  makeInspector,
  makeOutcome,
  nextId,
  presentMs,
  recorded,
} from './things.ts'

export function makeErasure(accountId: string, change: Partial<Erasure> = {}): Erasure {
  return {
    id: nextId('ers'),
    account_id: accountId,
    record: { kind: 'lead', id: '4831596' },
    state: 'running',
    phase: 'own',
    place: null,
    up_to_sequence: 7,
    events: 0,
    snapshots: 0,
    canceled: 0,
    attempts: 0,
    contents: 0,
    traces_left: false,
    made_by: 'token tok_1',
    created_at: presentMs(),
    updated_at: presentMs(),
    ...change,
  }
}

export function erasureTests(opened: Opened): void {
  const store = () => opened().store

  test('an erasure comes back as it was written, and is locked while it runs', async () => {
    const { id: accountId } = await addAccount(store())
    const { id: other } = await addAccount(store())
    const erasure = makeErasure(accountId)
    await store().transaction((tx) => tx.erasures.insert(erasure))
    expect(await store().erasures.get(accountId, erasure.id)).toEqual(erasure)
    expect(await store().erasures.get(other, erasure.id)).toBeNull()
    expect(await store().erasures.list(other, { limit: 10 })).toEqual([])
    expect((await store().erasures.running(100)).map(({ id }) => id)).toContain(erasure.id)
    const ended = {
      ...erasure,
      state: 'done',
      phase: 'files',
      place: 'x',
      events: 3,
      traces_left: true,
    } as const
    await store().transaction(async (tx) => {
      expect(await tx.erasures.lock(erasure.id)).toEqual(erasure)
      await tx.erasures.update(ended)
    })
    expect(await store().erasures.list(accountId, { limit: 10 })).toEqual([ended])
    expect((await store().erasures.running(100)).map(({ id }) => id)).not.toContain(erasure.id)
    await store().transaction(async (tx) => expect(await tx.erasures.lock(erasure.id)).toBeNull())
  })

  test('events are searched in stretches, whatever the text', async () => {
    const { id: accountId } = await addAccount(store())
    const texts = ['100%_!"\\ sure', 'other', 'Сделка 100%_!"\\ sure', '100 sure']
    const events = texts.map((name) => makeEvent(accountId, { current: { name } }))
    await store().transaction((tx) => tx.events.insert(events.map((event) => recorded(event))))
    const text = JSON.stringify('100%_!"\\ sure').slice(1, -1)
    const found: string[] = []
    for (let after: string | null = null; ;) {
      const looked = await store().erasures.searchEvents(accountId, { after, limit: 3, text })
      found.push(...looked.found.map(({ event }) => event.id))
      if (looked.last === null) break
      after = looked.last
    }
    expect(found).toEqual([events[0]!.id, events[2]!.id])
  })

  test("a record's events are read by number and rewritten", async () => {
    const { id: accountId } = await addAccount(store())
    const events = [1, 2, 3, 4].map((sequence) => makeEvent(accountId, { sequence }))
    await store().transaction((tx) => tx.events.insert(events.map((event) => recorded(event))))
    const { record } = events[0]!
    const blank = recorded({ ...events[1]!, current: {} })
    await store().transaction(async (tx) => {
      const some = await tx.erasures.eventsOf(accountId, record, { after: 1, upTo: 3, limit: 10 })
      expect(some.map(({ event }) => event.id)).toEqual([events[1]!.id, events[2]!.id])
      const first = await tx.erasures.eventsOf(accountId, record, { after: -1, upTo: 3, limit: 1 })
      expect(first.map(({ event }) => event.id)).toEqual([events[0]!.id])
      await tx.erasures.rewriteEvents([blank])
    })
    expect(await store().events.get(accountId, blank.event.id)).toEqual(blank)
    expect(await store().events.get(accountId, events[2]!.id)).toEqual(recorded(events[2]!))
  })

  test('what is unsent is canceled, but not what is being sent', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id } = webhook
    const [pending] = await addDeliveries(store(), webhook, 1)
    const leased = { state: 'sending', lease: 1 } as const
    const [sending] = await addDeliveries(store(), webhook, 1, { ...leased, due_at: presentMs() + 60_000 })
    const [left] = await addDeliveries(store(), webhook, 1, { ...leased, due_at: 5 })
    const ids = [pending!, sending!, left!].map(({ event_id }) => event_id)
    const now = presentMs()
    await store().transaction(async (tx) => {
      expect(await tx.erasures.areBeingSent(account_id, ids, now)).toBe(true)
      expect(await tx.erasures.cancelUnsent(account_id, ids, now)).toBe(2)
      expect(await tx.erasures.cancelUnsent(account_id, ids, now)).toBe(0)
      expect(await tx.erasures.areBeingSent(account_id, [ids[0]!, ids[2]!], now)).toBe(false)
    })
    for (const delivery of [pending!, left!]) {
      const end = { state: 'canceled', reason: 'erased', settled_at: now }
      expect(await store().deliveries.get(account_id, delivery.id)).toEqual({ ...delivery, ...end })
    }
    expect(await store().deliveries.get(account_id, sending!.id)).toEqual(sending)
  })

  test('attempts keep their outcome and status, and nothing else of what was sent and received', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id } = webhook
    const [settled, waiting, other] = [
      await addSettled(store(), webhook, 'delivered'),
      await addSettled(store(), webhook, 'waiting'),
      await addSettled(store(), webhook, 'delivered'),
    ]
    const before = await store().deliveries.attempts(account_id, waiting.id)
    const ids = [settled.event_id, waiting.event_id]
    await store().transaction(async (tx) => {
      expect(await tx.erasures.blankAttempts(account_id, ids)).toBe(2)
      expect(await tx.erasures.blankAttempts(account_id, ids)).toBe(0)
    })
    const response = { status_code: 500, headers: [], body: null, truncated: false }
    const [attempt] = await store().deliveries.attempts(account_id, waiting.id)
    expect(attempt).toEqual({ ...before[0]!, request: null, response, detail: erasedDetail })
    const [untouched] = await store().deliveries.attempts(account_id, other.id)
    expect(untouched!.request).not.toBeNull()
  })

  test('an attempt that comes late, after its record was erased, is emptied as it is kept', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id } = webhook
    const leased = { state: 'sending', lease: 1, due_at: presentMs() + 60_000 } as const
    const [erased] = await addDeliveries(store(), webhook, 1, leased, { sequence: 3 })
    const [fresh] = await addDeliveries(store(), webhook, 1, leased, { sequence: 4 })
    await store().transaction(async (tx) => {
      await tx.erasures.insert(makeErasure(account_id, { up_to_sequence: 3 }))
      for (const { id } of [erased!, fresh!])
        await tx.deliveries.cancel(account_id, id, 'by_user', presentMs())
    })
    const outcomes = [erased!, fresh!].map((delivery) => makeOutcome({ delivery }))
    expect(await store().recordAttempts(outcomes, presentMs())).toEqual([erased!.id, fresh!.id])
    expect(await store().deliveries.attempts(account_id, erased!.id)).toMatchObject([
      { late: true, outcome: 'delivered', request: null, response: { status_code: 200, body: null } },
    ])
    const [kept] = await store().deliveries.attempts(account_id, fresh!.id)
    expect(kept!.request).not.toBeNull()
  })

  test('what inspectors received is walked through and emptied, in its own account only', async () => {
    const { id: accountId } = await addAccount(store())
    const { id: other } = await addAccount(store())
    const inspectors = [makeInspector(accountId), makeInspector(accountId), makeInspector(other)]
    const requests = inspectors.flatMap((inspector) =>
      [1, 2].map((n) => ({
        id: nextId('req'),
        inspector_id: inspector.id,
        at: presentMs(),
        method: 'POST',
        url: `/i/x?n=${n}`,
        query: `n=${n}`,
        headers: [['Hookline-Event-Id', `evt_${n}`]] as [string, string][],
        body: Buffer.from('Сделка'),
      })),
    )
    await store().transaction(async (tx) => {
      for (const inspector of inspectors) await tx.inspectors.insert(inspector)
      await tx.inspectors.addRequests(requests, 10)
    })
    const found: KeptContent[] = []
    for (let after: string[] | null = null; ;) {
      const page = await store().erasures.contents(accountId, 'inspector_request', { after, limit: 3 })
      found.push(...page)
      if (page.length === 0) break
      after = page.at(-1)!.key
    }
    expect(found.map(({ event_id }) => event_id)).toEqual(['evt_1', 'evt_2', 'evt_1', 'evt_2'])
    expect(found.every(({ text }) => text.includes('Сделка') && text.includes('/i/x?n='))).toBe(true)
    await store().transaction((tx) =>
      tx.erasures.blankContents(accountId, 'inspector_request', [found[0]!.key]),
    )
    const [, first] = await store().inspectors.requests(accountId, inspectors[0]!.id, { limit: 2 })
    expect(first).toMatchObject({ method: 'POST', url: '/', query: '', headers: [], body: new Uint8Array() })
  })

  test('kept answers are walked through, and forget their bodies', async () => {
    const { id: account_id } = await addAccount(store())
    const answer = (key: string) => ({
      account_id,
      token_id: 'tok_1',
      route: 'PUT /v1/records/lead/1',
      key,
      body_hash: 'x',
      status_code: 200,
      body: `{"record":"${key}"}`,
      created_at: presentMs(),
    })
    await store().transaction((tx) => tx.answers.insert([answer('a'), answer('b')]))
    const page = await store().erasures.contents(account_id, 'answer', { after: null, limit: 1 })
    const rest = await store().erasures.contents(account_id, 'answer', { after: page[0]!.key, limit: 5 })
    expect([...page, ...rest].map(({ text }) => text)).toEqual(['{"record":"a"}', '{"record":"b"}'])
    await store().transaction(async (tx) => {
      await tx.erasures.blankContents(account_id, 'answer', [page[0]!.key])
      expect(await tx.answers.find([answer('a')])).toEqual([{ ...answer('a'), body: null }])
      expect(await tx.answers.find([answer('b')])).toEqual([answer('b')])
    })
  })

  test('after a scrub everything else is as it was', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    expect(await store().scrub()).toBe(store().backend === 'sqlite' ? 'done' : 'left')
    expect(await store().webhooks.get(webhook.account_id, webhook.id)).toEqual(webhook)
    const [delivery] = await addDeliveries(store(), webhook, 1)
    expect(await store().deliveries.get(webhook.account_id, delivery!.id)).toEqual(delivery)
  })
}
