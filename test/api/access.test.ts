/** Who may do what: tokens of every kind and members of every role against every route, and the walls between accounts. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer, type WebhookAnswer } from '../support/api.ts'
import { addPerson, type MemberAnswer, type Role } from '../support/people.ts'
import { declarePipeline, makeWebhook, sendCall } from '../support/scenario.ts'
import { startTestServer, type TestAccount, type TestServer } from '../support/server.ts'

const kinds = ['operator', 'admin', 'manage', 'read', 'ingest'] as const
type Kind = (typeof kinds)[number]
const roles: readonly Role[] = ['owner', 'manager', 'viewer']

let server: TestServer
let account: TestAccount
const as = {} as Record<Kind | Role, Api>

beforeAll(async () => {
  // A live stream that is allowed would never end; where none may be opened, it is refused behind the token.
  server = await startTestServer({ backend: 'sqlite', environment: { HOOKLINE_LIVE_MAX: '0' } })
  account = await server.newAccount()
  as.operator = account.api
  for (const kind of kinds.slice(1)) {
    const made = await done(account.api.post<{ token: string }>('/v1/tokens', { kind, name: kind }))
    as[kind] = server.api.with({ authorization: `Bearer ${made.token}` })
  }
  for (const role of roles) as[role] = (await addPerson(server, account.api, role)).api
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** `console`: nothing but to come from the console, and not from another site. */
type Needed = Kind | 'member' | 'console' | 'nothing'

/** Typed in: which kind each call needs. The reference must name exactly these calls. */
const needs: Record<string, Needed> = {
  'POST /v1/events': 'ingest',
  'GET /v1/events': 'read',
  'GET /v1/events/{id}': 'read',
  'GET /v1/events/{id}/decisions': 'read',
  'PUT /v1/records/{kind}/{id}': 'ingest',
  'PATCH /v1/records/{kind}/{id}': 'ingest',
  'GET /v1/records/{kind}/{id}': 'read',
  'DELETE /v1/records/{kind}/{id}': 'ingest',
  'POST /v1/records/{kind}': 'ingest',
  'GET /v1/records/{kind}': 'read',
  'POST /v1/records/batch': 'ingest',
  'POST /v1/records/{kind}/{id}/activities': 'ingest',
  'POST /v1/webhooks': 'manage',
  'GET /v1/webhooks': 'read',
  'GET /v1/webhooks/{id}': 'read',
  'PATCH /v1/webhooks/{id}': 'manage',
  'DELETE /v1/webhooks/{id}': 'manage',
  'GET /v1/webhooks/{id}/versions': 'read',
  'GET /v1/webhooks/{id}/health': 'read',
  'GET /v1/webhooks/{id}/handout': 'read',
  'POST /v1/webhooks/{id}/share-links': 'manage',
  'GET /v1/webhooks/{id}/share-links': 'read',
  'DELETE /v1/webhooks/{id}/share-links/{link_id}': 'manage',
  'GET /v1/shared/{token}': 'nothing',
  'GET /v1/webhooks/{id}/signing-secret': 'manage',
  'POST /v1/webhooks/{id}/rotate-secret': 'manage',
  'POST /v1/webhooks/{id}/enable': 'manage',
  'POST /v1/webhooks/{id}/disable': 'manage',
  'POST /v1/webhooks/{id}/pause': 'manage',
  'POST /v1/webhooks/{id}/resume': 'manage',
  'POST /v1/webhooks/{id}/duplicate': 'manage',
  'POST /v1/webhooks/{id}/test': 'manage',
  'POST /v1/webhooks/test': 'manage',
  'GET /v1/deliveries': 'read',
  'GET /v1/deliveries/{id}': 'read',
  'POST /v1/deliveries/{id}/cancel': 'manage',
  'POST /v1/deliveries/{id}/replay': 'manage',
  'POST /v1/replays': 'manage',
  'GET /v1/audit': 'admin',
  'POST /v1/records/{kind}/{id}/erase': 'admin',
  'GET /v1/erasures': 'admin',
  'GET /v1/erasures/{id}': 'admin',
  'GET /v1/replays': 'read',
  'GET /v1/replays/{id}': 'read',
  'POST /v1/replays/{id}/cancel': 'manage',
  'POST /v1/sources': 'manage',
  'GET /v1/sources': 'read',
  'GET /v1/sources/{id}': 'read',
  'PATCH /v1/sources/{id}': 'manage',
  'DELETE /v1/sources/{id}': 'manage',
  'GET /v1/sources/{id}/calls': 'read',
  'POST /v1/sources/{id}/visitor-token': 'ingest',
  'POST /v1/sources/preview': 'read',
  'POST /v1/imports': 'ingest',
  'GET /v1/imports': 'read',
  'GET /v1/imports/{id}': 'read',
  'GET /v1/imports/{id}/errors': 'read',
  'POST /v1/imports/{id}/cancel': 'ingest',
  'GET /v1/kinds': 'read',
  'GET /v1/kinds/{name}': 'read',
  'PUT /v1/kinds/{name}': 'manage',
  'DELETE /v1/kinds/{name}': 'manage',
  'GET /v1/event-types': 'read',
  'GET /v1/event-types/{type}': 'read',
  'PUT /v1/event-types/{type}': 'manage',
  'DELETE /v1/event-types/{type}': 'manage',
  'POST /v1/pipelines': 'manage',
  'GET /v1/pipelines': 'read',
  'GET /v1/pipelines/{kind}/{id}': 'read',
  'GET /v1/pipelines/{kind}/{id}/counts': 'read',
  'PUT /v1/pipelines/{kind}/{id}': 'manage',
  'DELETE /v1/pipelines/{kind}/{id}': 'manage',
  'POST /v1/fields': 'manage',
  'GET /v1/fields': 'read',
  'GET /v1/fields/{kind}/{name}': 'read',
  'PUT /v1/fields/{kind}/{name}': 'manage',
  'DELETE /v1/fields/{kind}/{name}': 'manage',
  'POST /v1/users': 'manage',
  'GET /v1/users': 'read',
  'GET /v1/users/{id}': 'read',
  'PUT /v1/users/{id}': 'manage',
  'DELETE /v1/users/{id}': 'manage',
  'POST /v1/inspectors': 'manage',
  'GET /v1/inspectors': 'read',
  'GET /v1/inspectors/{id}': 'read',
  'PATCH /v1/inspectors/{id}': 'manage',
  'DELETE /v1/inspectors/{id}': 'manage',
  'GET /v1/inspectors/{id}/requests': 'read',
  'DELETE /v1/inspectors/{id}/requests': 'manage',
  'GET /v1/catalogue': 'read',
  'POST /v1/demo': 'manage',
  'GET /v1/demo': 'read',
  'DELETE /v1/demo': 'manage',
  'POST /v1/accounts': 'operator',
  'GET /v1/accounts/{external_id}': 'operator',
  'GET /v1/account': 'read',
  'PATCH /v1/account': 'manage',
  'POST /v1/tokens': 'admin',
  'GET /v1/tokens': 'admin',
  'DELETE /v1/tokens/{id}': 'admin',
  'GET /v1/members': 'read',
  'POST /v1/members': 'admin',
  'PATCH /v1/members/{id}': 'admin',
  'DELETE /v1/members/{id}': 'admin',
  'POST /v1/members/{id}/invite': 'admin',
  'GET /v1/session': 'nothing',
  'POST /v1/session': 'console',
  'PATCH /v1/session': 'member',
  'DELETE /v1/session': 'console',
  'POST /v1/setup': 'console',
  'POST /v1/join/check': 'console',
  'POST /v1/join': 'console',
  'POST /v1/webhooks/preview': 'manage',
  'POST /v1/webhooks/backtest': 'manage',
  'GET /v1/webhooks/backtests/{id}': 'manage',
  'DELETE /v1/webhooks/backtests/{id}': 'manage',
  'GET /v1/webhooks/{id}/stats': 'read',
  'GET /v1/stats': 'read',
  'GET /v1/stats/waiting': 'read',
  'GET /v1/live': 'read',
  'GET /metrics': 'read',
  'GET /healthz': 'nothing',
  'GET /readyz': 'nothing',
}

/** Which kinds and roles may make a call that needs the one. */
const allowed: Record<Needed, readonly (Kind | Role)[]> = {
  operator: ['operator'],
  admin: ['operator', 'admin', 'owner'],
  manage: ['operator', 'admin', 'manage', 'owner', 'manager'],
  read: ['operator', 'admin', 'manage', 'read', 'owner', 'manager', 'viewer'],
  ingest: ['operator', 'admin', 'manage', 'ingest', 'owner', 'manager'],
  member: roles,
  console: roles,
  nothing: [...kinds, ...roles],
}

test('the reference names exactly these calls', () => {
  const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, object> }
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(calls.sort()).toEqual(Object.keys(needs).sort())
})

describe.each(Object.entries(needs))('%s', (call, needed) => {
  const [method = '', path = ''] = call.split(' ')
  // An id that does not exist and a body that is wrong: whoever may call is told about these instead.
  const url = path.replace('{kind}', 'lead').replaceAll(/\{\w+\}/g, 'none')
  const body = method === 'GET' || method === 'DELETE' ? undefined : []

  test.each(kinds)(`a token of the kind %s`, async (kind) => {
    const answer = await as[kind].call<ProblemAnswer>(method, url, body)
    if (allowed[needed].includes(kind)) {
      expect([401, 403]).not.toContain(answer.status)
    } else {
      expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
      for (const able of kinds) if (allowed[needed].includes(able)) expect(answer.body.detail).toContain(able)
    }
  })

  test.each(roles)('a member with the role %s', async (role) => {
    // It would end the session that the other calls are made with.
    if (call === 'DELETE /v1/session') return
    const answer = await as[role].call<ProblemAnswer>(method, url, body)
    if (allowed[needed].includes(role)) {
      expect([401, 403]).not.toContain(answer.status)
    } else {
      expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
      for (const able of roles) if (allowed[needed].includes(able)) expect(answer.body.detail).toContain(able)
    }
  })

  test('a member whose browser was sent by another site', async () => {
    const browser = as.owner.with({ 'sec-fetch-site': 'cross-site' })
    const answer = await browser.call<ProblemAnswer>(method, url, body)
    if (method === 'GET') expect(answer.status).not.toBe(401)
    else expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('no token, a malformed one and an unknown one', async () => {
    for (const authorization of [
      '',
      'Basic aGw6aGw=',
      'Bearer',
      'Bearer nope',
      `Bearer hl_${'x'.repeat(40)}`,
    ]) {
      const answer = await server.api.with({ authorization }).call<ProblemAnswer>(method, url, body)
      if (needed === 'nothing') {
        // Nothing is shared under such an address, and that is told to everybody.
        expect(answer.status).toBe(path.includes('{token}') ? 404 : 200)
      } else if (needed === 'console') {
        expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
      } else {
        expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' })
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
    }
  })
})

describe('tokens', () => {
  test('are shown once', async () => {
    const { token, ...shown } = await done(
      as.admin.post<{ id: string; token: string }>('/v1/tokens', { kind: 'read', name: 'dashboard' }),
    )
    expect(token).toMatch(/^hl_[A-Za-z0-9]{40}$/)
    const list = await done(as.admin.get<Page<{ id: string }>>('/v1/tokens'))
    expect(list.items).toContainEqual(shown)
    expect(JSON.stringify(list)).not.toContain(token)
  })

  test('stop working at once when they are deleted', async () => {
    const { id, token } = await done(
      as.admin.post<{ id: string; token: string }>('/v1/tokens', { kind: 'read', name: 'leaving' }),
    )
    const leaving = server.api.with({ authorization: `Bearer ${token}` })
    expect((await leaving.get('/v1/account')).status).toBe(200)
    expect((await as.admin.delete(`/v1/tokens/${id}`)).status).toBe(204)
    expect((await leaving.get('/v1/account')).status).toBe(401)
    expect((await as.admin.delete(`/v1/tokens/${id}`)).status).toBe(404)
  })

  test('of one account do not act for another, whatever the header says', async () => {
    const other = await server.newAccount()
    const answer = await as.admin
      .with({ 'hookline-account': other.externalId })
      .get<ProblemAnswer>('/v1/account')
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
    const own = await as.admin.with({ 'hookline-account': account.externalId }).get('/v1/account')
    expect(own.status).toBe(200)
  })

  test("of an operator need an account's name", async () => {
    const nameless = await as.operator.with({ 'hookline-account': '' }).get<ProblemAnswer>('/v1/webhooks')
    expect(nameless.body).toMatchObject({
      status: 422,
      errors: [{ path: 'Hookline-Account', code: 'required' }],
    })
    const unknown = await as.operator
      .with({ 'hookline-account': 'nobody' })
      .get<ProblemAnswer>('/v1/webhooks')
    expect(unknown.body).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('of an operator act for the account that each request names', async () => {
    const other = await server.newAccount()
    const ids = []
    for (const { api } of [account, other, account])
      ids.push((await done(api.get<{ id: string }>('/v1/account'))).id)
    expect(ids[0]).toBe(ids[2])
    expect(ids[0]).not.toBe(ids[1])
  })
})

test('an account is made once', async () => {
  const body = { external_id: 'tenant ж', name: 'ACME', language: 'pl' }
  expect(await done(as.operator.post('/v1/accounts', body))).toMatchObject({ ...body, time_zone: 'UTC' })
  const again = await as.operator.post<ProblemAnswer>('/v1/accounts', body)
  expect(again.body).toMatchObject({ status: 409, code: 'conflict' })
  expect(await done(as.operator.get('/v1/accounts/tenant%20%D0%B6'))).toMatchObject(body)
})

describe("another account's ids", () => {
  let ids: Record<'webhook' | 'event' | 'delivery' | 'inspector' | 'token' | 'member' | 'share', string>
  let stranger: Api

  beforeAll(async () => {
    const owner = await server.newAccount()
    stranger = (await server.newAccount()).api
    await declarePipeline(owner.api)
    await done(owner.api.put('/v1/users/7', { name: 'Ann' }))
    await done(owner.api.put('/v1/fields/lead/region', { type: 'text' }))
    await done(owner.api.put('/v1/records/contact/88', { name: 'Ann' }))
    const inspector = await done(owner.api.post<{ id: string; url: string }>('/v1/inspectors'))
    const webhook = await makeWebhook(owner.api, { url: inspector.url })
    const event = await sendCall(owner.api)
    const deliveries = await done(owner.api.get<Page<{ id: string }>>('/v1/deliveries'))
    const token = await done(owner.api.post<{ id: string }>('/v1/tokens', { kind: 'read', name: 'x' }))
    const member = await done(
      owner.api.post<MemberAnswer>('/v1/members', { email: 'wall@example.com', role: 'viewer' }),
    )
    const share = await done(owner.api.post<{ id: string }>(`/v1/webhooks/${webhook.id}/share-links`))
    ids = {
      member: member.id,
      webhook: webhook.id,
      event: event.id,
      delivery: deliveries.items[0]!.id,
      inspector: inspector.id,
      token: token.id,
      share: share.id,
    }
  })

  test.each<[string, (known: typeof ids) => string]>([
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}`],
    ['PATCH', ({ webhook }) => `/v1/webhooks/${webhook}`],
    ['DELETE', ({ webhook }) => `/v1/webhooks/${webhook}`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/versions`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/health`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/handout`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/share-links`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/share-links`],
    ['DELETE', ({ webhook, share }) => `/v1/webhooks/${webhook}/share-links/${share}`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/signing-secret`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/rotate-secret`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/disable`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/duplicate`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/test`],
    ['GET', ({ event }) => `/v1/events/${event}`],
    ['GET', ({ event }) => `/v1/events/${event}/decisions`],
    ['GET', ({ delivery }) => `/v1/deliveries/${delivery}`],
    ['POST', ({ delivery }) => `/v1/deliveries/${delivery}/cancel`],
    ['GET', ({ inspector }) => `/v1/inspectors/${inspector}`],
    ['PATCH', ({ inspector }) => `/v1/inspectors/${inspector}`],
    ['DELETE', ({ inspector }) => `/v1/inspectors/${inspector}`],
    ['GET', ({ inspector }) => `/v1/inspectors/${inspector}/requests`],
    ['DELETE', ({ inspector }) => `/v1/inspectors/${inspector}/requests`],
    ['DELETE', ({ token }) => `/v1/tokens/${token}`],
    ['PATCH', ({ member }) => `/v1/members/${member}`],
    ['DELETE', ({ member }) => `/v1/members/${member}`],
    ['POST', ({ member }) => `/v1/members/${member}/invite`],
    ['GET', () => '/v1/pipelines/lead/752662'],
    ['GET', () => '/v1/pipelines/lead/752662/counts'],
    ['DELETE', () => '/v1/pipelines/lead/752662'],
    ['GET', () => '/v1/users/7'],
    ['DELETE', () => '/v1/users/7'],
    ['GET', () => '/v1/fields/lead/region'],
    ['DELETE', () => '/v1/fields/lead/region'],
    ['GET', () => '/v1/records/contact/88'],
    ['DELETE', () => '/v1/records/contact/88'],
  ])('%s %s do not exist', async (method, path) => {
    const body = method === 'PATCH' ? { name: 'Mine now' } : undefined
    const answer = await stranger.call<ProblemAnswer>(method, path(ids), body)
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
  })

  test.each([
    '/v1/webhooks',
    '/v1/events',
    '/v1/deliveries',
    '/v1/inspectors',
    '/v1/members',
    '/v1/pipelines',
    '/v1/users',
    '/v1/fields',
    '/v1/records/contact',
  ])('%s is empty for a stranger', async (path) => {
    expect(await done(stranger.get<Page<WebhookAnswer>>(path))).toEqual({ items: [], next_cursor: null })
  })

  test("lists filtered by another account's ids are empty", async () => {
    for (const path of [`/v1/deliveries?webhook_id=${ids.webhook}`, `/v1/deliveries?event_id=${ids.event}`]) {
      expect((await done(stranger.get<Page<unknown>>(path))).items).toEqual([])
    }
  })

  test('a test cannot name the event of another account', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/hooks' })
    const answer = await api.post<ProblemAnswer>(`/v1/webhooks/${webhook.id}/test`, {
      event_id: ids.event,
    })
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('a test of a draft cannot name the webhook, the event or the record of another account', async () => {
    const draft = { events: ['contact.*'], request: { url: 'https://erp.example/hooks' } }
    for (const body of [
      { webhook: { ...draft, id: ids.webhook } },
      { webhook: draft, event_id: ids.event },
      { webhook: draft, record: { kind: 'contact', id: '88' } },
    ]) {
      const answer = await stranger.post<ProblemAnswer>('/v1/webhooks/test', body)
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
    }
  })
})
