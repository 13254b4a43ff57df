import { describe, expect, test } from 'vitest'
import {
  type Api,
  type ApiAnswer,
  done,
  type EventAnswer,
  listAll,
  type ProblemAnswer,
  type WebhookAnswer,
  type WriteAnswer,
} from '../support/api.ts'
import { deliveriesOf, makeWebhook, sendCall } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const call = { type: 'lead.call_received', record: { kind: 'lead', id: '4831596' } }
const twins = 16

describe.each(backends)('requests that are sent twice, on %s', (backend) => {
  const stage = useStage(backend)

  const withKey = (key: string) => ({ headers: { 'idempotency-key': key } })
  const replayed = (answer: ApiAnswer<unknown>) => answer.headers.get('idempotent-replayed')
  const eventsOf = (api: Api) => listAll<EventAnswer>(api, '/v1/events')
  const webhooksOf = (api: Api) => listAll<WebhookAnswer>(api, '/v1/webhooks')
  const webhookBody = (name: string) => ({
    name,
    events: ['lead.call_received'],
    request: { url: `${stage.receiver.url}/hook` },
  })

  /** The three kinds of writes that take a key, each with a body and another one that is fine as well. */
  const writes = [
    {
      what: 'a record write',
      method: 'PATCH',
      path: '/v1/records/lead/4831596',
      body: () => ({ name: 'Deal with ACME' }) as object,
      other: () => ({ name: 'Deal with Globex' }) as object,
      count: async (api: Api) => (await eventsOf(api)).length,
    },
    {
      what: 'an event',
      method: 'POST',
      path: '/v1/events',
      body: () => call,
      other: () => ({ ...call, data: { from: '+15550100' } }),
      count: async (api: Api) => (await eventsOf(api)).length,
    },
    {
      what: 'making a webhook',
      method: 'POST',
      path: '/v1/webhooks',
      body: () => webhookBody('One'),
      other: () => webhookBody('Two'),
      count: async (api: Api) => (await webhooksOf(api)).length,
    },
  ]

  describe.each(writes)('$what', ({ method, path, body, other, count }) => {
    test('the same key and body: done once, answered the same', async () => {
      const { api } = await stage.server.newAccount()
      const first = await api.call(method, path, body(), withKey('key-1'))
      const second = await api.call(method, path, body(), withKey('key-1'))
      expect(first.status).toBe(201)
      expect(replayed(first)).toBeNull()
      expect(second.status).toBe(201)
      expect(replayed(second)).toBe('true')
      expect(second.body).toEqual(first.body)
      expect(await count(api)).toBe(1)
    })

    test('the same key and another body: refused, nothing done', async () => {
      const { api } = await stage.server.newAccount()
      await done(api.call(method, path, body(), withKey('key-1')))
      const answer = await api.call<ProblemAnswer>(method, path, other(), withKey('key-1'))
      expect(answer.status).toBe(422)
      expect(answer.body.code).toBe('idempotency_mismatch')
      expect(await count(api)).toBe(1)
    })

    test('another key: another request', async () => {
      const { api } = await stage.server.newAccount()
      await done(api.call(method, path, body(), withKey('key-1')))
      const answer = await api.call(method, path, other(), withKey('key-2'))
      expect(replayed(answer)).toBeNull()
      expect(await count(api)).toBe(2)
    })

    test('concurrent twins: one is done, all get its answer', async () => {
      const { api } = await stage.server.newAccount()
      const answers = await Promise.all(
        Array.from({ length: twins }, () => api.call(method, path, body(), withKey('key-1'))),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
      expect(answers.filter((answer) => replayed(answer) === null)).toHaveLength(1)
      expect(await count(api)).toBe(1)
    })

    test('concurrent requests of two bodies under one key: one body wins', async () => {
      const { api } = await stage.server.newAccount()
      const answers = await Promise.all(
        Array.from({ length: twins }, (_, index) =>
          api.call(method, path, index % 2 === 0 ? body() : other(), withKey('key-1')),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array.from({ length: twins / 2 }, () => 201),
        ...Array.from({ length: twins / 2 }, () => 422),
      ])
      expect(await count(api)).toBe(1)
    })

    test('after a restart the answer is still known', async () => {
      const { api } = await stage.server.newAccount()
      const first = await api.call(method, path, body(), withKey('key-1'))
      await stage.server.reopen()
      const second = await api.call(method, path, body(), withKey('key-1'))
      expect([second.status, second.body, replayed(second)]).toEqual([201, first.body, 'true'])
      expect((await api.call(method, path, other(), withKey('key-1'))).status).toBe(422)
      expect(await count(api)).toBe(1)
    })

    test('the same key in another account is another key', async () => {
      const [one, two] = [await stage.server.newAccount(), await stage.server.newAccount()]
      await done(one.api.call(method, path, body(), withKey('key-1')))
      const answer = await two.api.call(method, path, other(), withKey('key-1'))
      expect([answer.status, replayed(answer)]).toEqual([201, null])
      expect([await count(one.api), await count(two.api)]).toEqual([1, 1])
    })
  })

  test('a key belongs to its path', async () => {
    const { api } = await stage.server.newAccount()
    const body = { name: 'Deal' }
    await done(api.put('/v1/records/lead/1', body, withKey('key-1')))
    const answer = await api.put<WriteAnswer>('/v1/records/lead/2', body, withKey('key-1'))
    expect([answer.status, replayed(answer), answer.body.record.id]).toEqual([201, null, '2'])
  })

  test('a key belongs to its token', async () => {
    const { api } = await stage.server.newAccount()
    const tokens = await Promise.all(
      ['one', 'two'].map((name) => done(api.post<{ token: string }>('/v1/tokens', { kind: 'ingest', name }))),
    )
    const answers = []
    for (const { token } of tokens) {
      const authorization = `Bearer ${token}`
      const caller = api.with({ authorization })
      answers.push(await caller.post<EventAnswer>('/v1/events', call, withKey('key-1')))
    }
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers.map(replayed)).toEqual([null, null])
    expect(answers[0]!.body.id).not.toBe(answers[1]!.body.id)
  })

  test('a request that was refused leaves its key free', async () => {
    const { api } = await stage.server.newAccount()
    const path = '/v1/records/lead/4831596'
    expect((await api.patch(path, { price: 'dear' }, withKey('key-1'))).status).toBe(422)
    expect((await api.patch(path, { price: 12000 }, withKey('key-1'))).status).toBe(201)
    const webhook = webhookBody('One')
    expect((await api.post('/v1/webhooks', { ...webhook, events: [] }, withKey('key-2'))).status).toBe(422)
    expect((await api.post('/v1/webhooks', webhook, withKey('key-2'))).status).toBe(201)
  })

  test('an answer that held a secret is not given twice', async () => {
    const { api } = await stage.server.newAccount()
    const token = { kind: 'read', name: 'Reader' }
    await done(api.post('/v1/tokens', token, withKey('key-1')))
    const again = await api.post<ProblemAnswer>('/v1/tokens', token, withKey('key-1'))
    expect([again.status, again.body.code]).toEqual([409, 'conflict'])
    expect(JSON.stringify(again.body)).not.toMatch(/hl_\w{10}/)
    expect(await listAll(api, '/v1/tokens')).toHaveLength(1)
  })

  test('a twin sends nothing again', async () => {
    const { api } = await stage.server.newAccount()
    const webhook = await makeWebhook(api, { url: `${stage.receiver.url}/twin` })
    const answers = await Promise.all(
      Array.from({ length: twins }, () => api.post<EventAnswer>('/v1/events', call, withKey('key-1'))),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await deliveriesOf(api, webhook)).toHaveLength(1)
  })

  describe("the caller's own event id", () => {
    const own = { external_id: 'crm-77' }

    test('is accepted once; again it answers the first event', async () => {
      const { api } = await stage.server.newAccount()
      const webhook = await makeWebhook(api, { url: `${stage.receiver.url}/external` })
      const first = await api.post<EventAnswer>('/v1/events', { ...call, ...own })
      const again = await api.post<EventAnswer>('/v1/events', { ...call, ...own })
      expect([first.status, again.status]).toEqual([201, 200])
      expect(first.body.external_id).toBe('crm-77')
      expect(again.body).toEqual(first.body)
      expect(await eventsOf(api)).toMatchObject([first.body])
      expect(await deliveriesOf(api, webhook)).toHaveLength(1)
    })

    test('concurrent twins make one event', async () => {
      const { api } = await stage.server.newAccount()
      const webhook = await makeWebhook(api, { url: `${stage.receiver.url}/external` })
      const events = await Promise.all(Array.from({ length: twins }, () => sendCall(api, own)))
      expect(new Set(events.map(({ id }) => id)).size).toBe(1)
      expect(await eventsOf(api)).toHaveLength(1)
      expect(await deliveriesOf(api, webhook)).toHaveLength(1)
    })

    test('is remembered after a restart', async () => {
      const { api } = await stage.server.newAccount()
      const first = await sendCall(api, own)
      await stage.server.reopen()
      expect(await sendCall(api, own)).toEqual(first)
      expect(await eventsOf(api)).toHaveLength(1)
    })

    test("is the account's own", async () => {
      const [one, two] = [await stage.server.newAccount(), await stage.server.newAccount()]
      const first = await sendCall(one.api, own)
      const second = await sendCall(two.api, own)
      expect(second.id).not.toBe(first.id)
      expect([await eventsOf(one.api), await eventsOf(two.api)]).toMatchObject([[first], [second]])
    })
  })
})
