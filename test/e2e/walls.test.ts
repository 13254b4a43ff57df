import { describe, expect, test } from 'vitest'
import { type Api, done, listAll, type ProblemAnswer } from '../support/api.ts'
import { declarePipeline, deliveryIdOf, deliveryIn, makeWebhook, sendCall } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

/** Ids of what one account has. */
interface Furniture {
  webhook: string
  event: string
  delivery: string
  inspector: string
  token: string
}

describe.each(backends)('two accounts on one server, on %s', (backend) => {
  const stage = useStage(backend)

  /** One of everything, and an admin token of the account. */
  async function furnish(): Promise<{ api: Api; has: Furniture; externalId: string }> {
    const { api: operator, externalId } = await stage.server.newAccount()
    const { id, token } = await done(
      operator.post<{ id: string; token: string }>('/v1/tokens', { kind: 'admin', name: 'Admin' }),
    )
    const api = withToken(token)
    await declarePipeline(api)
    await done(api.put('/v1/records/lead/4831596', { name: 'Deal with ACME', budget: 5 }))
    await done(api.put('/v1/users/7', { name: 'Ann' }))
    const inspector = await done(api.post<{ id: string }>('/v1/inspectors'))
    const webhook = await makeWebhook(api, { url: `${stage.receiver.url}/${externalId}` })
    const event = await sendCall(api, { external_id: 'crm-1' })
    const delivery = await deliveryIdOf(api, event.id, webhook)
    await deliveryIn(api, delivery, 'delivered')
    const has = { webhook: webhook.id, event: event.id, delivery, inspector: inspector.id, token: id }
    return { api, has, externalId }
  }

  function withToken(token: string): Api {
    // The operator's header must not come along: the token alone says whose account it is.
    return stage.server.api.with({ authorization: `Bearer ${token}` })
  }

  const targets = (has: Furniture): [method: string, path: string, body?: object][] => [
    ['GET', `/v1/webhooks/${has.webhook}`],
    ['PATCH', `/v1/webhooks/${has.webhook}`, { name: 'Taken over' }],
    ['DELETE', `/v1/webhooks/${has.webhook}`],
    ['GET', `/v1/webhooks/${has.webhook}/versions`],
    ['GET', `/v1/webhooks/${has.webhook}/health`],
    ['GET', `/v1/webhooks/${has.webhook}/signing-secret`],
    ['POST', `/v1/webhooks/${has.webhook}/rotate-secret`],
    ['POST', `/v1/webhooks/${has.webhook}/disable`],
    ['POST', `/v1/webhooks/${has.webhook}/enable`],
    ['POST', `/v1/webhooks/${has.webhook}/pause`],
    ['POST', `/v1/webhooks/${has.webhook}/resume`],
    ['POST', `/v1/webhooks/${has.webhook}/test`, {}],
    ['GET', `/v1/events/${has.event}`],
    ['GET', `/v1/events/${has.event}/decisions`],
    ['GET', `/v1/deliveries/${has.delivery}`],
    ['POST', `/v1/deliveries/${has.delivery}/cancel`],
    ['GET', `/v1/inspectors/${has.inspector}`],
    ['PATCH', `/v1/inspectors/${has.inspector}`, { name: 'Taken over' }],
    ['DELETE', `/v1/inspectors/${has.inspector}`],
    ['GET', `/v1/inspectors/${has.inspector}/requests`],
    ['DELETE', `/v1/inspectors/${has.inspector}/requests`],
    ['DELETE', `/v1/tokens/${has.token}`],
  ]

  const lists = [
    '/v1/webhooks',
    '/v1/events',
    '/v1/deliveries',
    '/v1/inspectors',
    '/v1/tokens',
    '/v1/records/lead',
    '/v1/pipelines',
    '/v1/fields',
    '/v1/users',
  ]

  /** All that an account can see of itself by its lists. */
  async function everything(api: Api): Promise<unknown[]> {
    const seen: unknown[] = []
    for (const path of lists) seen.push(await listAll(api, path))
    return seen
  }

  test('what has an id of another account does not exist, and is not changed', async () => {
    const a = await furnish()
    const b = await furnish()
    const before = await everything(a.api)
    for (const [method, path, body] of targets(a.has)) {
      const answer = await b.api.call<ProblemAnswer>(method, path, body)
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'not_found'])
      // It reads like an id that nobody has: nothing tells that it exists elsewhere.
      const nobodys = path.replace(/_[0-9a-z]{26}/, `_${'0'.repeat(26)}`)
      const same = await b.api.call<ProblemAnswer>(method, nobodys, body)
      const id = /\w+_[0-9a-z]{26}/
      expect(JSON.stringify(same.body).replace(id, '')).toBe(JSON.stringify(answer.body).replace(id, ''))
    }
    expect(await everything(a.api)).toEqual(before)
    const own = targets(a.has).filter(([method]) => method === 'GET')
    for (const [method, path] of own) expect((await a.api.call(method, path)).status).toBe(200)
  })

  test("the other account's event is no example for a test", async () => {
    const a = await furnish()
    const b = await furnish()
    const answer = await b.api.post<ProblemAnswer>(`/v1/webhooks/${b.has.webhook}/test`, {
      event_id: a.has.event,
    })
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
  })

  test('lists show the own account only, also where they are asked for an id of the other', async () => {
    const a = await furnish()
    const b = await furnish()
    for (const path of lists) {
      const [ofA, ofB] = [await listAll<object>(a.api, path), await listAll<object>(b.api, path)]
      expect([path, ofA.length > 0, ofB.length]).toEqual([path, true, ofA.length])
      const text = JSON.stringify(ofB)
      for (const id of Object.values(a.has)) expect(text).not.toContain(id)
    }
    const filters = [`/v1/deliveries?webhook_id=${a.has.webhook}`, `/v1/deliveries?event_id=${a.has.event}`]
    for (const path of filters) {
      expect(await listAll(a.api, path)).toHaveLength(1)
      expect(await listAll(b.api, path)).toEqual([])
    }
  })

  test('records, names and fields of one id are different things in each account', async () => {
    const a = await furnish()
    const b = await furnish()
    await done(b.api.patch('/v1/records/lead/4831596', { name: 'Of B' }))
    await done(b.api.put('/v1/users/7', { name: 'Bob' }))
    await done(b.api.delete('/v1/pipelines/lead/752662'))
    await done(b.api.delete('/v1/records/lead/4831596'))
    expect(await done(a.api.get('/v1/records/lead/4831596'))).toMatchObject({
      state: 'present',
      fields: { name: 'Deal with ACME' },
    })
    expect(await listAll(a.api, '/v1/users')).toMatchObject([{ id: '7', name: 'Ann' }])
    expect((await a.api.get('/v1/pipelines/lead/752662')).status).toBe(200)
  })

  test("an event in one account asks no webhook of the other's", async () => {
    const a = await furnish()
    const b = await furnish()
    const event = await sendCall(b.api)
    const decisions = await done(
      b.api.get<{ items: { webhook_id: string }[] }>(`/v1/events/${event.id}/decisions`),
    )
    expect(decisions.items.map(({ webhook_id }) => webhook_id)).toEqual([b.has.webhook])
    expect(await listAll(a.api, `/v1/deliveries?webhook_id=${a.has.webhook}`)).toHaveLength(1)
  })

  test('a cursor of one account shows nothing of it to the other', async () => {
    const a = await furnish()
    const b = await furnish()
    for (let more = 0; more < 2; more++) await sendCall(a.api)
    const page = await done(a.api.get<{ next_cursor: string }>('/v1/events?limit=1'))
    const answer = await b.api.get<{ items: { account_id: string }[] }>(
      `/v1/events?cursor=${page.next_cursor}`,
    )
    const aAccount = (await done(a.api.get<{ account_id: string }>(`/v1/events/${a.has.event}`))).account_id
    expect(answer.status).toBe(200)
    expect(answer.body.items.filter(({ account_id }) => account_id === aAccount)).toEqual([])
  })

  test("an account's token cannot name another account, and an operator's must name one", async () => {
    const a = await furnish()
    const b = await furnish()
    const crossed = await b.api.with({ 'hookline-account': a.externalId }).get<ProblemAnswer>('/v1/webhooks')
    expect([crossed.status, crossed.body.code]).toEqual([403, 'forbidden'])
    const own = await b.api.with({ 'hookline-account': b.externalId }).get('/v1/webhooks')
    expect(own.status).toBe(200)

    const { api: operator } = await stage.server.newAccount()
    const nameless = await operator.with({ 'hookline-account': '' }).get<ProblemAnswer>('/v1/webhooks')
    expect([nameless.status, nameless.body.code]).toEqual([422, 'invalid'])
    const unknown = await operator.with({ 'hookline-account': 'nobody' }).get<ProblemAnswer>('/v1/webhooks')
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found'])
  })

  test('only operators make accounts', async () => {
    const { api } = await furnish()
    for (const caller of [api, stage.server.api]) {
      const answer = await caller.post<ProblemAnswer>('/v1/accounts', { external_id: 'mine' })
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
    }
  })

  test('a deleted token opens nothing any more, and each kind opens only its part', async () => {
    const { api } = await furnish()
    const made = new Map<string, { id: string; token: string }>()
    for (const kind of ['ingest', 'read', 'manage'])
      made.set(kind, await done(api.post<{ id: string; token: string }>('/v1/tokens', { kind, name: kind })))
    const statuses = async (kind: string) => {
      const caller = withToken(made.get(kind)!.token)
      const answers = [
        await caller.post('/v1/events', {
          type: 'lead.call_received',
          record: { kind: 'lead', id: '1' },
        }),
        await caller.get('/v1/events'),
        await caller.post('/v1/inspectors', {}),
        await caller.post('/v1/tokens', { kind: 'admin', name: 'More' }),
      ]
      return answers.map(({ status }) => status)
    }
    expect(await statuses('ingest')).toEqual([201, 403, 403, 403])
    expect(await statuses('read')).toEqual([403, 200, 403, 403])
    expect(await statuses('manage')).toEqual([201, 200, 201, 403])
    for (const { id } of made.values()) await done(api.delete(`/v1/tokens/${id}`))
    for (const kind of made.keys()) expect(await statuses(kind)).toEqual([401, 401, 401, 401])
  })
})
