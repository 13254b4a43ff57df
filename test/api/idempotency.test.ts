/** `Idempotency-Key`: the same request is done once, whatever the write. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const key = (value: string) => ({ headers: { 'idempotency-key': value } })
const count = async (path: string) => (await done(api.get<Page<unknown>>(path))).items.length
const event = (id: string) => ({ type: 'lead.call_received', record: { kind: 'lead', id } })
const webhook = (name: string) => ({
  name,
  events: ['quote.created'],
  request: { url: 'https://erp.example/hooks' },
})

describe.each([
  { what: 'an event', path: '/v1/events', list: '/v1/events', body: event('1'), other: event('2') },
  {
    what: 'a record',
    path: '/v1/records/lead',
    list: '/v1/records/lead',
    body: { name: 'a' },
    other: { name: 'b' },
  },
  { what: 'a webhook', path: '/v1/webhooks', list: '/v1/webhooks', body: webhook('a'), other: webhook('b') },
  {
    what: 'an inspector',
    path: '/v1/inspectors',
    list: '/v1/inspectors',
    body: { name: 'a' },
    other: { name: 'b' },
  },
  {
    what: 'a user',
    path: '/v1/users',
    list: '/v1/users',
    body: { id: '1', name: 'a' },
    other: { id: '2', name: 'a' },
  },
])('$what', ({ path, list, body, other }) => {
  beforeAll(async () => {
    api = (await server.newAccount()).api
  })

  test('is made once; twice asked, twice the same answer', async () => {
    const first = await api.post(path, body, key('once'))
    expect(first.status).toBe(201)
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    const before = await count(list)
    const second = await api.post(path, body, key('once'))
    expect(second.status).toBe(201)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(await count(list)).toBe(before)
  })

  test('with another body is refused', async () => {
    await done(api.post(path, distinct(body, 'x'), key('other')))
    const before = await count(list)
    const answer = await api.post<ProblemAnswer>(path, other, key('other'))
    expect(answer.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    expect(await count(list)).toBe(before)
  })

  test('from concurrent twins is made once', async () => {
    const twin = distinct(body, 'twin')
    const before = await count(list)
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.post(path, twin, key('twins'))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.has('idempotent-replayed'))).toHaveLength(4)
    expect(await count(list)).toBe(before + 1)
  })
})

/** The same kind of thing, but another one. */
function distinct(body: object, mark: string): object {
  if ('record' in body) return event(mark)
  return 'id' in body ? { ...body, id: mark } : { ...body, name: mark }
}

test('an answer outlives a restart', async () => {
  await using restarted = await startTestServer({ backend: 'sqlite' })
  const first = await restarted.api.post('/v1/webhooks', webhook('kept'), key('kept'))
  const sent = await restarted.api.post('/v1/events', event('1'), key('kept'))
  await restarted.reopen()
  const second = await restarted.api.post('/v1/webhooks', webhook('kept'), key('kept'))
  expect(second.body).toEqual(first.body)
  expect((await restarted.api.post('/v1/events', event('1'), key('kept'))).body).toEqual(sent.body)
  expect((await done(restarted.api.get<Page<unknown>>('/v1/events'))).items).toHaveLength(1)
})

describe('a key', () => {
  beforeAll(async () => {
    api = (await server.newAccount()).api
  })

  test('is bound to its path and token', async () => {
    await done(api.put('/v1/users/1', { name: 'a' }, key('bound')))
    await done(api.put('/v1/users/2', { name: 'b' }, key('bound')))
    const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'manage', name: 'x' }))
    const other = server.api.with({ authorization: `Bearer ${token}` })
    const answer = await other.put('/v1/users/1', { name: 'c' }, key('bound'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('idempotent-replayed')).toBeNull()
  })

  test('is bound to the options of the request, too', async () => {
    await done(api.patch('/v1/records/lead/1', { name: 'a' }, key('options')))
    const answer = await api.patch<ProblemAnswer>(
      '/v1/records/lead/1?replace=true',
      { name: 'a' },
      key('options'),
    )
    expect(answer.body.code).toBe('idempotency_mismatch')
  })

  test('is free again where the request was refused', async () => {
    expect((await api.post('/v1/users', { id: '3' }, key('refused'))).status).toBe(422)
    expect((await api.delete('/v1/users/none', key('refused'))).status).toBe(404)
    expect((await api.post('/v1/users', { id: '3', name: 'c' }, key('refused'))).status).toBe(201)
  })

  test('replays an answer without a body', async () => {
    await done(api.put('/v1/users/9', { name: 'a' }))
    expect((await api.delete('/v1/users/9', key('gone'))).status).toBe(204)
    const again = await api.delete('/v1/users/9', key('gone'))
    expect(again.status).toBe(204)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  })

  test('keeps no secrets: the second answer says so instead', async () => {
    const { id } = await done(api.post<{ id: string }>('/v1/webhooks', webhook('secret')))
    const calls = [
      () => api.post<ProblemAnswer>('/v1/tokens', { kind: 'read', name: 'x' }, key('secret')),
      () => api.post<ProblemAnswer>(`/v1/webhooks/${id}/rotate-secret`, undefined, key('secret')),
    ]
    for (const call of calls) {
      await done(call())
      expect((await call()).body).toMatchObject({
        status: 409,
        code: 'conflict',
        errors: [{ code: 'answer_not_kept' }],
      })
    }
  })

  test.each(['', 'a b', 'ü', 'x'.repeat(256)])('%j is refused', async (value) => {
    const answer = await api.put<ProblemAnswer>('/v1/users/1', { name: 'z' }, key(value))
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'Idempotency-Key' }] })
    const sent = await api.post<ProblemAnswer>('/v1/events', event('1'), key(value))
    expect(sent.body).toMatchObject({ status: 422, errors: [{ path: 'Idempotency-Key' }] })
  })

  test('of a batch is bound to each of its items', async () => {
    const items = ['b1', 'b2'].map((id) => ({ kind: 'contact', id, fields: { name: id } }))
    const first = await done(api.post('/v1/records/batch', { items }, key('batch')))
    expect(await done(api.post('/v1/records/batch', { items }, key('batch')))).toEqual(first)
    expect(await count('/v1/events?type=contact.created')).toBe(2)
  })
})
