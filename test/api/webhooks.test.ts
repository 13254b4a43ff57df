/** A webhook's life: defaults, changes, secrets, versions, status, and what is decided meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer, type WebhookAnswer } from '../support/api.ts'
import {
  createLead,
  declarePipeline,
  decisionOf,
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  moveLead,
  offerStage,
  pipelineId,
  readDelivery,
  readWebhook,
  secretOf,
  sendCall,
  wonStage,
} from '../support/scenario.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const mask = '••••••••'

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  api = (await server.newAccount()).api
})

interface Warned extends WebhookAnswer {
  warnings: { path: string; code: string }[]
}

const inspectorUrl = async () => (await done(api.post<{ url: string }>('/v1/inspectors'))).url

test('what is left out has a default', async () => {
  const webhook = await makeWebhook(api, { name: 'Plain', url: 'https://erp.example/hooks' })
  expect(webhook).toEqual({
    id: expect.stringMatching(/^whk_/),
    version: 1,
    status: 'active',
    status_reason: null,
    name: 'Plain',
    description: '',
    events: ['lead.call_received'],
    scope: [],
    entering: 'moved',
    conditions: { combinator: 'and', rules: [] },
    fire: 'each_time',
    limits: { per: 'record', per_record: null, min_interval_s: null },
    delay_s: 0,
    active_hours: null,
    request: {
      method: 'POST',
      url: 'https://erp.example/hooks',
      headers: [],
      auth: { type: 'none' },
      format: 'standard',
      options: {},
    },
    delivery: {
      retry: { policy: 'schedule', waits_s: [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400] },
      timeout_s: 10,
      slots: 10,
      rate_per_s: null,
      order: 'none',
      expires_s: 604800,
      disable_after_s: 432000,
      disable_after_failures: null,
      on_gone: 'disable',
      signing: 'standard',
    },
    last_delivery: null,
    health: {
      failures_in_a_row: 0,
      failing_since: null,
      blocked_until: null,
      circuit: 'closed',
      next_probe_at: null,
    },
    warnings: [],
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: expect.any(String),
  })
  expect(await readWebhook(api, webhook)).toEqual(webhook)
})

test('a GET is not signed unless that is asked for, and then a warning says what it is worth', async () => {
  const url = 'https://erp.example/hooks'
  const request = { method: 'GET', format: 'params' }
  expect(await makeWebhook(api, { url, request })).toMatchObject({
    delivery: { signing: 'none' },
    warnings: [],
  })
  expect(await makeWebhook(api, { url, request, delivery: { signing: 'standard' } })).toMatchObject({
    delivery: { signing: 'standard' },
    warnings: [{ path: 'delivery.signing', code: 'signature_covers_nothing' }],
  })
})

test('a parameter that is not snake_case is a warning, not a mistake', async () => {
  const options = { params: [{ name: 'dealId', from: 'field', value: 'record.id' }] }
  const webhook = await makeWebhook(api, {
    url: 'https://erp.example/',
    request: { format: 'params', options },
  })
  expect((webhook as Warned).warnings.map(({ path }) => path)).toEqual(['request.options.params[0].name'])
})

describe('a change', () => {
  const url = 'https://erp.example/hooks'

  test('keeps what it does not name, inside request and delivery, too', async () => {
    const before = await makeWebhook(api, {
      url,
      delivery: { slots: 3, timeout_s: 2.5 },
      request: { method: 'PUT' },
    })
    const answer = await done(
      api.patch<WebhookAnswer>(`/v1/webhooks/${before.id}`, {
        description: 'Changed',
        delivery: { slots: 4 },
        request: { url: `${url}/2` },
      }),
    )
    expect(answer).toEqual({
      ...before,
      version: 2,
      description: 'Changed',
      delivery: { ...(before as unknown as { delivery: object }).delivery, slots: 4 },
      request: { ...before.request, url: `${url}/2` },
      updated_at: (answer as unknown as { updated_at: string }).updated_at,
    })
  })

  test('to another format starts with its defaults', async () => {
    const options = { params: [{ name: 'a', from: 'value', value: 'b' }] }
    const { id } = await makeWebhook(api, { url, request: { format: 'params', options } })
    const changed = await done(api.patch(`/v1/webhooks/${id}`, { request: { format: 'standard' } }))
    expect(changed).toMatchObject({ request: { format: 'standard', options: {} } })
  })

  test('says its version in ETag, and of two editors If-Match tells the second', async () => {
    const made = await api.post<WebhookAnswer>('/v1/webhooks', {
      name: 'a',
      events: ['quote.created'],
      request: { url },
    })
    const { id } = made.body
    const ifMatch = (tag: string) => ({ headers: { 'if-match': tag } })
    const read = await api.get(`/v1/webhooks/${id}`)
    expect([made, read].map(({ headers }) => headers.get('etag'))).toEqual(['"1"', '"1"'])
    const first = await api.patch(`/v1/webhooks/${id}`, { name: 'b' }, ifMatch('"1"'))
    expect(first).toMatchObject({ status: 200 })
    expect(first.headers.get('etag')).toBe('"2"')
    const late = await api.patch<ProblemAnswer>(`/v1/webhooks/${id}`, { name: 'c' }, ifMatch('"1"'))
    expect(late.body).toMatchObject({ status: 412, code: 'precondition_failed' })
    expect(late.body.detail).toContain('at version 2 now, not 1')
    expect(late.headers.get('etag')).toBeNull()
    const calls = [
      () => api.post(`/v1/webhooks/${id}/disable`, undefined, ifMatch('1')),
      () => api.delete(`/v1/webhooks/${id}`, ifMatch('W/"1"')),
    ]
    for (const call of calls) expect(await call()).toMatchObject({ status: 412 })
    const wrong = await api.patch<ProblemAnswer>(`/v1/webhooks/${id}`, { name: 'c' }, ifMatch('new'))
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ path: 'If-Match' }] })
    expect(await readWebhook(api, { id })).toMatchObject({ name: 'b', version: 2, status: 'active' })
    expect(await api.patch(`/v1/webhooks/${id}`, { name: 'c' }, ifMatch('*'))).toMatchObject({ status: 200 })
  })

  test('that is answered again has the ETag that it had', async () => {
    const { id } = await makeWebhook(api, { url })
    const headers = { 'idempotency-key': 'renamed', 'if-match': '"1"' }
    for (const replayed of [null, 'true']) {
      const answer = await api.patch(`/v1/webhooks/${id}`, { name: 'b' }, { headers })
      expect(answer.headers.get('idempotent-replayed')).toBe(replayed)
      expect(answer.headers.get('etag')).toBe('"2"')
    }
  })

  test('by many at once: all are kept, one version each', async () => {
    const { id } = await makeWebhook(api, { url })
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => done(api.patch(`/v1/webhooks/${id}`, { name }))))
    const { items } = await done(
      api.get<Page<{ version: number; settings: { name: string } }>>(`/v1/webhooks/${id}/versions`),
    )
    expect(items.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1])
    expect(
      items
        .slice(0, 4)
        .map(({ settings }) => settings.name)
        .sort(),
    ).toEqual(names)
  })
})

describe('secrets', () => {
  const auth = { type: 'basic', username: 'u', password: 'pa$$' }
  const headers = [
    { name: 'X-Key', value: 'first-key' },
    { name: 'X-Key', value: 'second-key' },
  ]
  const masked = {
    auth: { ...auth, password: mask },
    headers: headers.map(({ name }) => ({ name, value: mask })),
  }

  /** What the receiver is sent, which is the only place where the secrets appear. */
  const sent = async (webhook: { id: string }) => {
    await done(api.post(`/v1/webhooks/${webhook.id}/test`))
    const inspectors = await done(api.get<Page<{ id: string }>>('/v1/inspectors'))
    const path = `/v1/inspectors/${inspectors.items[0]!.id}/requests?limit=1`
    const { items } = await done(api.get<Page<{ headers: [string, string][] }>>(path))
    return items[0]!.headers.filter(([name]) => ['authorization', 'x-key'].includes(name.toLowerCase()))
  }
  const all = [
    ['x-key', 'first-key'],
    ['x-key', 'second-key'],
    ['authorization', `Basic ${Buffer.from('u:pa$$').toString('base64')}`],
  ]
  const lower = (list: [string, string][]) => list.map(([name, value]) => [name.toLowerCase(), value])

  test('are never shown: not in answers, lists, versions or tests', async () => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl(), request: { auth, headers } })
    expect(webhook.request).toMatchObject(masked)
    const path = `/v1/webhooks/${webhook.id}`
    for (const answer of [
      await api.get(path),
      await api.get('/v1/webhooks'),
      await api.get(`${path}/versions`),
      await api.patch(path, { name: 'x' }),
      await api.post(`${path}/pause`),
      await api.post(`${path}/test`),
    ]) {
      expect(answer.status).toBe(200)
      const text = JSON.stringify(answer.body)
      for (const secret of [
        'pa$$',
        'first-key',
        'second-key',
        Buffer.from('u:pa$$').toString('base64'),
        'whsec_',
      ]) {
        expect(text).not.toContain(secret)
      }
    }
  })

  test('sent back masked stay as they are', async () => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl(), request: { auth, headers } })
    expect(lower(await sent(webhook)).sort()).toEqual(all.toSorted())
    await done(api.patch(`/v1/webhooks/${webhook.id}`, { request: webhook.request }))
    expect(lower(await sent(webhook)).sort()).toEqual(all.toSorted())
  })

  test('do not follow the URL to another origin', async () => {
    const url = await inspectorUrl()
    for (const again of [{}, { auth: masked.auth, headers: masked.headers }]) {
      const webhook = await makeWebhook(api, { url: 'https://erp.example/', request: { auth, headers } })
      const moved = await done(
        api.patch<Warned>(`/v1/webhooks/${webhook.id}`, { request: { url, ...again } }),
      )
      expect(moved.request).toMatchObject({ auth: { type: 'none' }, headers: [] })
      expect(moved.warnings).toMatchObject([
        { path: 'request.auth', code: 'secrets_cleared' },
        { path: 'request.headers', code: 'secrets_cleared' },
      ])
      expect(await sent(webhook)).toEqual([])
    }
  })

  test('sent anew with another origin are taken', async () => {
    const url = await inspectorUrl()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/', request: { auth, headers } })
    const moved = await done(
      api.patch<Warned>(`/v1/webhooks/${webhook.id}`, { request: { url, auth, headers } }),
    )
    expect(moved.warnings.filter(({ code }) => code === 'secrets_cleared')).toEqual([])
    expect(lower(await sent(webhook)).sort()).toEqual(all.toSorted())
  })

  test('that sign are replaced with an overlap of a day', async () => {
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    const first = await secretOf(api, webhook)
    expect(first.previous).toEqual([])
    expect(Buffer.from(first.secret.replace('whsec_', ''), 'base64')).toHaveLength(32)
    const second = await done(api.post<typeof first>(`/v1/webhooks/${webhook.id}/rotate-secret`))
    expect(second.secret).not.toBe(first.secret)
    expect(second.previous).toEqual([{ secret: first.secret, until: expect.any(String) }])
    expect(Date.parse(second.previous[0]!.until) - Date.now()).toBeGreaterThan(23 * 3600 * 1000)
    expect(await secretOf(api, webhook)).toEqual(second)
    expect((await readWebhook(api, webhook)).version).toBe(1)
  })
})

describe('status', () => {
  test('every change of it is a version, and the same again is none', async () => {
    const { id } = await makeWebhook(api, { url: 'https://erp.example/' })
    const steps = []
    for (const step of [
      'enable',
      'pause',
      'pause',
      'resume',
      'disable',
      'disable',
      'enable',
      'disable',
      'pause',
    ]) {
      const { status, version } = await done(api.post<WebhookAnswer>(`/v1/webhooks/${id}/${step}`))
      steps.push([step, status, version])
    }
    expect(steps).toEqual([
      ['enable', 'active', 1],
      ['pause', 'paused', 2],
      ['pause', 'paused', 2],
      ['resume', 'active', 3],
      ['disable', 'disabled', 4],
      ['disable', 'disabled', 4],
      ['enable', 'active', 5],
      ['disable', 'disabled', 6],
      ['pause', 'paused', 7],
    ])
  })

  test('a disabled webhook is enabled, not resumed', async () => {
    const { id } = await makeWebhook(api, { url: 'https://erp.example/' })
    expect(await done(api.post(`/v1/webhooks/${id}/disable`))).toMatchObject({ status_reason: 'by a user' })
    const answer = await api.post<ProblemAnswer>(`/v1/webhooks/${id}/resume`)
    expect(answer.body).toMatchObject({ status: 409, code: 'conflict' })
    expect(await done(api.post(`/v1/webhooks/${id}/enable`))).toMatchObject({ status_reason: null })
  })

  test('paused keeps, resumed sends', async () => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl() })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const event = await sendCall(api)
    const delivery = await deliveryIdOf(api, event.id, webhook)
    expect(await readDelivery(api, delivery)).toMatchObject({ state: 'pending', attempts: [] })
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    expect(await deliveryIn(api, delivery, 'delivered')).toMatchObject({ attempt_count: 1 })
    expect((await readWebhook(api, webhook)).last_delivery).toMatchObject({
      id: delivery,
      state: 'delivered',
      status_code: 200,
    })
  })

  test.each(['disable', 'delete'])('%s cancels what is unsent', async (how) => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl() })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const event = await sendCall(api)
    const delivery = await deliveryIdOf(api, event.id, webhook)
    if (how === 'disable') await done(api.post(`/v1/webhooks/${webhook.id}/disable`))
    else await done(api.delete(`/v1/webhooks/${webhook.id}`))
    const reason = how === 'disable' ? 'webhook_disabled' : 'webhook_deleted'
    expect(await readDelivery(api, delivery)).toMatchObject({ state: 'canceled', reason, due_at: null })
  })

  test('a deleted webhook is gone, its versions and decisions stay', async () => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl() })
    const event = await sendCall(api)
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    expect((await api.get(`/v1/webhooks/${webhook.id}`)).status).toBe(404)
    expect((await api.delete(`/v1/webhooks/${webhook.id}`)).status).toBe(404)
    expect((await done(api.get<Page<unknown>>('/v1/webhooks'))).items).toEqual([])
    const versions = await done(api.get<Page<{ status: string }>>(`/v1/webhooks/${webhook.id}/versions`))
    expect(versions.items.map(({ status }) => status)).toEqual(['deleted', 'active'])
    expect((await decisionOf(api, event.id, webhook)).reason).toBe('fired')
  })
})

test('a delivery is canceled once', async () => {
  const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
  await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
  const delivery = await deliveryIdOf(api, (await sendCall(api)).id, webhook)
  expect(await done(api.post(`/v1/deliveries/${delivery}/cancel`))).toMatchObject({
    state: 'canceled',
    reason: 'by_user',
  })
  expect((await api.post<ProblemAnswer>(`/v1/deliveries/${delivery}/cancel`)).body).toMatchObject({
    status: 409,
    code: 'conflict',
  })
  expect((await done(api.get<Page<unknown>>('/v1/deliveries?state=canceled,dead'))).items).toHaveLength(1)
  expect((await done(api.get<Page<unknown>>('/v1/deliveries?state=pending&state=dead'))).items).toEqual([])
})

describe('decisions', () => {
  test('name every webhook of that moment, also those that were not asked', async () => {
    await declarePipeline(api)
    await createLead(api)
    const url = await inspectorUrl()
    const events = ['lead.stage_changed']
    const rule = { field: 'current.price', operator: '>', value: 20000 }
    const fires = await makeWebhook(api, {
      url,
      events,
      scope: [{ pipeline_id: pipelineId, stage_ids: [wonStage] }],
    })
    const elsewhere = await makeWebhook(api, {
      url,
      events,
      scope: [{ pipeline_id: pipelineId, stage_ids: [offerStage] }],
    })
    const others = await makeWebhook(api, { url, events: ['contact.*'] })
    const tooCheap = await makeWebhook(api, { url, events, conditions: { combinator: 'and', rules: [rule] } })
    const off = await makeWebhook(api, { url, events })
    await done(api.post(`/v1/webhooks/${off.id}/disable`))

    const event = await moveLead(api)
    const later = await makeWebhook(api, { url, events })
    await done(api.patch(`/v1/webhooks/${elsewhere.id}`, { scope: [] }))
    await done(api.delete(`/v1/webhooks/${others.id}`))

    const { items } = await done(
      api.get<Page<{ webhook_id: string; verdict: string; reason: string }>>(`/v1/events/${event}/decisions`),
    )
    const reasons = new Map(items.map(({ webhook_id, reason }) => [webhook_id, reason]))
    expect(Object.fromEntries(reasons)).toEqual({
      [fires.id]: 'fired',
      [elsewhere.id]: 'other_stage',
      [others.id]: 'not_subscribed',
      [tooCheap.id]: 'condition',
      [off.id]: 'disabled',
    })
    expect(reasons.has(later.id)).toBe(false)
    expect(await decisionOf(api, event, tooCheap)).toMatchObject({
      verdict: 'skipped',
      failed: [{ path: 'rules[0]', field: 'current.price', operator: '>', expected: 20000, seen: 12000 }],
      delivery_id: null,
    })
  })
})

describe('a test', () => {
  test('sends a sample of the first event, and says what each row saw', async () => {
    const rules = [{ field: 'current.price', operator: '>', value: 99999 }]
    const webhook = await makeWebhook(api, {
      url: await inspectorUrl(),
      events: ['lead.stage_changed'],
      scope: [{ stage_ids: ['my-stage'] }],
      conditions: { combinator: 'and', rules },
    })
    const answer = await done(api.post<{ request: { body: string } }>(`/v1/webhooks/${webhook.id}/test`, {}))
    expect(answer).toMatchObject({
      verdict: 'skipped',
      reason: 'condition',
      trace: { holds: false, rows: [{ field: 'current.price', expected: 99999, holds: false }] },
      request: { method: 'POST', body_encoding: 'utf8' },
      attempt: { outcome: 'delivered', status_code: 200, response: { status_code: 200, body: '' } },
    })
    expect(JSON.parse(answer.request.body)).toMatchObject({
      type: 'lead.stage_changed',
      data: { current: { stage_id: 'my-stage' }, data: { stage_id: 'my-stage' } },
    })
    expect((await done(api.get<Page<unknown>>('/v1/deliveries'))).items).toEqual([])
  })

  test('sends a past event', async () => {
    const webhook = await makeWebhook(api, { url: await inspectorUrl(), events: ['lead.created'] })
    const event = await sendCall(api)
    const answer = await done(
      api.post<{ request: { body: string } }>(`/v1/webhooks/${webhook.id}/test`, { event_id: event.id }),
    )
    expect(answer).toMatchObject({
      verdict: 'skipped',
      reason: 'not_subscribed',
      attempt: { outcome: 'delivered' },
    })
    expect(JSON.parse(answer.request.body)).toMatchObject({ data: { id: event.id } })
  })

  test('that cannot reach its receiver says why', async () => {
    const webhook = await makeWebhook(api, { url: 'http://127.0.0.1:1/' })
    const answer = await done(api.post(`/v1/webhooks/${webhook.id}/test`))
    expect(answer).toMatchObject({
      attempt: { outcome: 'retry', reason: 'connect', status_code: null, response: null },
    })
  })
})
