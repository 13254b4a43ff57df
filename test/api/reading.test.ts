/** What is read: pages, lists, the catalogue, the reference, inspectors, health. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, listAll, type Page } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { makeWebhook, sendCall } from '../support/scenario.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

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

describe('pages', () => {
  const make: Record<string, (index: number) => Promise<unknown>> = {
    '/v1/events': (index) => sendCall(api, { record: { kind: 'lead', id: String(index) } }),
    '/v1/records/lead': (index) => done(api.put(`/v1/records/lead/${index}`, {})),
    '/v1/webhooks': () => makeWebhook(api, { url: 'https://erp.example/' }),
    '/v1/users': (index) => done(api.put(`/v1/users/${index}`, { name: 'x' })),
    '/v1/pipelines': (index) => done(api.put(`/v1/pipelines/lead/${index}`, {})),
    '/v1/fields': (index) => done(api.put(`/v1/fields/lead/f${index}`, { type: 'text' })),
    '/v1/inspectors': () => done(api.post('/v1/inspectors')),
    '/v1/kinds': (index) => done(api.put(`/v1/kinds/kind_${index}`, {})),
    '/v1/event-types': (index) => done(api.put(`/v1/event-types/lead.action_${index}`, {})),
    '/v1/sources': () => done(api.post('/v1/sources', { adapter: 'amocrm' })),
    '/v1/imports': async (index) => {
      const options = { raw: `id\n${index}\n`, headers: { 'content-type': 'text/csv' } }
      const { id } = await done(api.post<{ id: string }>('/v1/imports?kind=lead', undefined, options))
      // One that still runs changes between two looks.
      await eventually(async () => {
        const { state } = await done(api.get<{ state: string }>(`/v1/imports/${id}`))
        return state === 'done'
      })
    },
    '/v1/tokens': () => done(api.post('/v1/tokens', { kind: 'read', name: 'x' })),
  }

  test.each(Object.keys(make))('%s', async (path) => {
    for (let index = 1; index <= 5; index++) await make[path]!(index)
    const whole = await done(api.get<Page<unknown>>(path))
    expect(whole.items).toHaveLength(5)
    expect(whole.next_cursor).toBeNull()
    const paged: unknown[] = []
    const lengths: number[] = []
    let cursor: string | null = null
    do {
      const more: string = cursor === null ? '' : `&cursor=${cursor}`
      const page: Page<unknown> = await done(api.get<Page<unknown>>(`${path}?limit=2${more}`))
      paged.push(...page.items)
      lengths.push(page.items.length)
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(lengths).toEqual([2, 2, 1])
    expect(paged).toEqual(whole.items)
    expect((await done(api.get<Page<unknown>>(`${path}?limit=5`))).next_cursor).toBeNull()
  })
})

describe('events', () => {
  test('are filtered by type, record and time', async () => {
    const first = await sendCall(api, { record: { kind: 'lead', id: '1' } })
    const second = await sendCall(api, { record: { kind: 'lead', id: '2' }, type: 'lead.email_received' })
    const ids = async (query: string) =>
      (await listAll<{ id: string }>(api, `/v1/events?${query}`)).map(({ id }) => id)
    expect(await ids('type=lead.email_received')).toEqual([second.id])
    expect(await ids('record_kind=lead&record_id=1')).toEqual([first.id])
    expect(await ids('since=2000-01-01')).toEqual([second.id, first.id])
    expect(await ids('until=2000-01-01T00:00:00%2B02:00')).toEqual([])
  })

  test('keep what the caller says, in the caller’s time zone or none', async () => {
    const sent = await sendCall(api, {
      occurred_at: '2026-11-20T09:00:00+01:00',
      external_id: 'call-1',
      data: { from: '+15550100' },
    })
    expect(sent).toMatchObject({
      occurred_at: '2026-11-20T08:00:00.000Z',
      external_id: 'call-1',
      data: { from: '+15550100' },
      actor: { kind: 'api' },
      source: 'api',
      bulk: false,
    })
    expect(await done(api.get(`/v1/events/${sent.id}`))).toEqual(sent)
  })

  test('with a known external_id are the first one again', async () => {
    const first = await sendCall(api, { external_id: 'call-1' })
    const again = await api.post('/v1/events', {
      type: 'lead.call_received',
      record: { kind: 'lead', id: '9' },
      external_id: 'call-1',
    })
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first)
  })
})

describe('records', () => {
  test('are created, changed, deleted, restored', async () => {
    type Written = { record: { id: string; state: string; fields: object }; events: { type: string }[] }
    const types = ({ events }: Written) => events.map(({ type }) => type)
    const created = await api.post<Written>('/v1/records/contact', { name: 'Ann' })
    expect(created.status).toBe(201)
    const path = `/v1/records/contact/${created.body.record.id}`
    expect(types(created.body)).toEqual(['contact.created'])
    expect(types(await done(api.patch<Written>(path, { email: 'ann@acme.example' })))).toEqual([
      'contact.updated',
    ])
    expect(types(await done(api.put<Written>(path, { email: 'ann@acme.example' })))).toEqual([])
    const replaced = await done(api.put<Written>(`${path}?replace=true`, { name: 'Ann Lee' }))
    expect(replaced.record.fields).toMatchObject({ name: 'Ann Lee', email: null })
    expect(types(await done(api.delete<Written>(path)))).toEqual(['contact.deleted'])
    expect(await done(api.get(path))).toMatchObject({ state: 'deleted' })
    expect((await api.delete(path)).status).toBe(404)
    expect(types(await done(api.patch<Written>(path, {})))).toEqual(['contact.restored'])
  })

  test('take their id from the body of a POST', async () => {
    const answer = await done(api.post('/v1/records/lead', { id: '4831596', name: 'Deal' }))
    expect(answer).toMatchObject({ record: { id: '4831596', fields: { name: 'Deal' } } })
    expect((await api.post('/v1/records/lead', { id: 5 })).status).toBe(422)
  })

  test('are found by text in any alphabet', async () => {
    await done(api.put('/v1/records/lead/1', { name: 'Сделка с АКМЕ' }))
    await done(api.put('/v1/records/lead/2', { name: 'Other' }))
    const found = await listAll<{ id: string }>(api, `/v1/records/lead?search=${encodeURIComponent('акме')}`)
    expect(found.map(({ id }) => id)).toEqual(['1'])
  })
})

describe('what an account declares', () => {
  test('is read, replaced and deleted', async () => {
    const pipeline = { kind: 'lead', id: '7', name: 'Sales', origin: 'declared' }
    const stage = { id: '1', name: '1', type: 'open', color: null, origin: 'declared' }
    expect(
      await done(api.post('/v1/pipelines', { kind: 'lead', id: '7', name: 'Sales', stages: [{ id: '1' }] })),
    ).toEqual({ ...pipeline, stages: [stage] })
    expect((await api.post('/v1/pipelines', { kind: 'lead', id: '7' })).status).toBe(409)
    const replaced = await done(
      api.put('/v1/pipelines/lead/7', { name: 'Sales', stages: [{ id: '2', type: 'won', color: '#0a0' }] }),
    )
    expect(replaced).toMatchObject({ stages: [{ id: '2', type: 'won', color: '#0a0' }] })
    expect(await done(api.get('/v1/pipelines/lead/7'))).toEqual(replaced)
    expect((await done(api.get<Page<unknown>>('/v1/pipelines?kind=customer'))).items).toEqual([])
    expect((await api.delete('/v1/pipelines/lead/7')).status).toBe(204)
    expect((await api.get('/v1/pipelines/lead/7')).status).toBe(404)
  })

  test('names what records only mentioned before', async () => {
    await done(
      api.put('/v1/records/lead/1', { region: 'north', pipeline_id: '7', stage_id: '1', owner_id: '3' }),
    )
    expect(await done(api.get('/v1/fields/lead/region'))).toMatchObject({
      type: 'text',
      origin: 'discovered',
    })
    expect(
      (await api.post('/v1/fields', { kind: 'lead', name: 'region', type: 'choice', choices: ['north'] }))
        .status,
    ).toBe(201)
    expect((await api.post('/v1/pipelines', { kind: 'lead', id: '7' })).status).toBe(201)
    expect((await api.post('/v1/users', { id: '3', name: 'Ann' })).status).toBe(201)
    expect((await api.put('/v1/records/lead/1', { region: 'south' })).status).toBe(422)
  })

  test('account settings change one by one', async () => {
    const before = await done(api.get<object>('/v1/account'))
    const changed = await done(
      api.patch('/v1/account', { language: 'pt-BR', strict: true, time_zone: 'America/Sao_Paulo' }),
    )
    expect(changed).toEqual({ ...before, language: 'pt-BR', strict: true, time_zone: 'America/Sao_Paulo' })
    expect(await done(api.patch('/v1/account', {}))).toEqual(changed)
    expect((await api.put('/v1/records/lead/1', { unheard: 1 })).status).toBe(422)
  })
})

describe('an inspector', () => {
  type Captured = {
    method: string
    url: string
    query: string
    body: string
    body_encoding: string
    headers: [string, string][]
  }
  const make = (body: object = {}) => done(api.post<{ id: string; url: string }>('/v1/inspectors', body))
  const captured = (id: string) => listAll<Captured>(api, `/v1/inspectors/${id}/requests`)

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'takes %s with anything in it',
    async (method) => {
      const { id, url } = await make()
      const body = method === 'GET' ? null : 'a=1&b=ж'
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-mark': 'yes' }
      const answer = await fetch(`${url}/deep/path?q=1&q=2`, { method, body, headers })
      expect(answer.status).toBe(200)
      const [request, ...more] = await captured(id)
      expect(more).toEqual([])
      const path = new URL(url).pathname
      expect(request).toMatchObject({
        method,
        url: `${path}/deep/path?q=1&q=2`,
        query: 'q=1&q=2',
        body: body ?? '',
        body_encoding: 'utf8',
      })
      expect(request!.headers).toContainEqual(['x-mark', 'yes'])
    },
  )

  test('keeps bytes that are no text, and JSON as it came', async () => {
    const { id, url } = await make()
    await fetch(url, { method: 'POST', body: new Uint8Array([0xff, 0x00]) })
    await fetch(url, { method: 'POST', body: '{"a": 1,', headers: { 'content-type': 'application/json' } })
    expect((await captured(id)).map(({ body, body_encoding }) => [body, body_encoding])).toEqual([
      ['{"a": 1,', 'utf8'],
      ['/wA=', 'base64'],
    ])
  })

  test('answers what it is told, and stays harmless', async () => {
    const { id, url } = await make({ name: 'Shop' })
    const answer = {
      status: 503,
      headers: [
        { name: 'Retry-After', value: '7' },
        { name: 'Content-Type', value: 'text/html' },
      ],
      body: '<script>1</script>',
    }
    expect(await done(api.patch(`/v1/inspectors/${id}`, { answer }))).toMatchObject({
      name: 'Shop',
      answer: { ...answer, delay_ms: 0 },
    })
    const got = await fetch(url)
    expect(got.status).toBe(503)
    expect(await got.text()).toBe('<script>1</script>')
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'retry-after': '7',
      'content-type': 'text/html',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(got.headers.has('set-cookie')).toBe(false)
  })

  test('forgets, and is gone', async () => {
    const { id, url } = await make()
    await fetch(url)
    expect((await api.delete(`/v1/inspectors/${id}/requests`)).status).toBe(204)
    expect(await captured(id)).toEqual([])
    expect((await api.delete(`/v1/inspectors/${id}`)).status).toBe(204)
    expect((await fetch(url)).status).toBe(404)
  })

  test('refuses more than the limit', async () => {
    const { url } = await make()
    expect((await fetch(url, { method: 'POST', body: new Uint8Array(1_048_577) })).status).toBe(413)
  })
})

describe('the catalogue', () => {
  test('has everything, in four languages or in one', async () => {
    const all = await done(api.get<Record<string, { name: string; title: unknown }[]>>('/v1/catalogue'))
    for (const part of ['kinds', 'events', 'operators', 'formats', 'retry_policies']) {
      expect(all[part]!.length).toBeGreaterThan(1)
      for (const { title } of all[part]!)
        expect(Object.keys(title as object).sort()).toEqual(['en', 'pl', 'pt-BR', 'ru'])
    }
    const polish = await done(api.get<Record<string, { title: unknown }[]>>('/v1/catalogue?language=pl'))
    expect(polish['kinds']!.map(({ title }) => typeof title)).not.toContain('object')
    expect(JSON.stringify(polish)).not.toContain('"pt-BR":')
  })

  test('is not sent again to who has it', async () => {
    const { headers } = await api.get('/v1/catalogue')
    const etag = headers.get('etag')!
    expect((await api.get('/v1/catalogue', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await api.get('/v1/catalogue?language=ru', { headers: { 'if-none-match': etag } })).status).toBe(
      200,
    )
  })
})

describe('the reference', () => {
  const open = () => server.api.with({ authorization: '' })

  test('needs no token, and every path in it exists', async () => {
    const document = await done(
      open().get<{ openapi: string; paths: Record<string, Record<string, { operationId: string }>> }>(
        '/openapi.json',
      ),
    )
    expect(document.openapi).toBe('3.1.0')
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('is a page that loads and runs nothing', async () => {
    const { body, headers } = await open().get<string>('/docs')
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(body).not.toMatch(/<script|<img|<link|javascript:|\son\w+=|\sstyle=/i)
    const anchors = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!)
    expect(anchors.length).toBeGreaterThan(50)
    for (const id of anchors) expect(body).toContain(`id="${id}"`)
  })
})

describe('health', () => {
  test('is told without a token', async () => {
    const open = server.api.with({ authorization: '' })
    expect(await done(open.get('/healthz'))).toEqual({ status: 'ok' })
    expect(await done(open.get('/readyz'))).toEqual({ status: 'ready' })
  })

  test('metrics are Prometheus text', async () => {
    const { body, headers } = await server.api.get<string>('/metrics')
    expect(headers.get('content-type')).toContain('text/plain')
    expect(body).toContain('# TYPE hookline_')
  })
})
