/** Sources: addresses that take other systems' webhooks, what becomes of their calls, and what is kept of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, listAll, type Page, type ProblemAnswer } from '../support/api.ts'
import { makeWebhook } from '../support/scenario.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({
    backend: 'sqlite',
    environment: { HOOKLINE_SOURCE_KEEP: '3', HOOKLINE_SOURCE_WAITING_BYTES_MAX: '500000' },
  })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  api = (await server.newAccount()).api
})

interface SourceAnswer {
  id: string
  adapter: string
  name: string
  url: string
  token: string
  options: Record<string, unknown>
  status: string
  calls: number
  items: number
  problems: number
  last_call_at: string | null
}

interface CallAnswer {
  id: string
  method: string
  path: string
  query: string
  headers: [string, string][]
  body: string
  body_encoding: string
  items: number
  problems: { path: string; code: string; message: string }[]
}

const mapping = {
  map: [
    { to: 'record.kind', value: 'kind' },
    { to: 'record.id', value: 'id' },
    { to: 'event', value: 'event' },
    { to: 'fields.*', value: 'fields' },
    { to: 'old.price', value: 'old_price' },
    { to: 'data.from', value: 'from' },
    { to: 'as_of', value: 'at' },
    { to: 'actor_id', value: 'by' },
    { to: 'external_id', value: 'call' },
  ],
}

const make = (adapter: string, more: object = {}) =>
  done(api.post<SourceAnswer>('/v1/sources', { adapter, ...more }))
const makeJson = () => make('generic-json', { options: mapping })
const read = ({ id }: SourceAnswer) => done(api.get<SourceAnswer>(`/v1/sources/${id}`))
const callsOf = ({ id }: SourceAnswer) => listAll<CallAnswer>(api, `/v1/sources/${id}/calls`)
const events = () => listAll<EventAnswer>(api, '/v1/events')
const types = async () => (await events()).map(({ type }) => type).reverse()
const lead = (id: string) => api.get<{ fields: object }>(`/v1/records/lead/${id}`)

/** What another system does: a call without a token, to the address as it was given. */
function send({ url }: SourceAnswer, init: RequestInit = {}, suffix = ''): Promise<Response> {
  return fetch(url + suffix, { method: 'POST', ...init })
}
const sendJson = (source: SourceAnswer, body: unknown, headers: Record<string, string> = {}) =>
  send(source, {
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const sendForm = (source: SourceAnswer, form: Record<string, string>) =>
  send(source, { body: new URLSearchParams(form) })

describe('a source', () => {
  test('is made, read, listed, changed and deleted; its secret is never shown', async () => {
    const source = await make('amocrm', { name: 'Our amoCRM', options: { subdomain: 'acme' } })
    expect(source).toEqual({
      id: expect.stringMatching(/^src_/),
      adapter: 'amocrm',
      name: 'Our amoCRM',
      url: `${server.url}/in/${source.token}`,
      token: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
      options: { subdomain: 'acme' },
      status: 'active',
      calls: 0,
      items: 0,
      problems: 0,
      last_call_at: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    expect(await read(source)).toEqual(source)
    expect(await listAll(api, '/v1/sources')).toEqual([source])
    const changed = await done(
      api.patch(`/v1/sources/${source.id}`, { name: 'Kommo', options: {}, status: 'disabled' }),
    )
    expect(changed).toMatchObject({ name: 'Kommo', options: {}, status: 'disabled', token: source.token })
    expect(await read(source)).toEqual(changed)
    await done(api.delete(`/v1/sources/${source.id}`))
    expect((await api.get(`/v1/sources/${source.id}`)).status).toBe(404)
    expect((await api.delete(`/v1/sources/${source.id}`)).status).toBe(404)
    expect((await send(source)).status).toBe(404)
  })

  test('shows its address only to those who may write', async () => {
    const source = await make('amocrm')
    const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'read', name: 'r' }))
    const reader = server.api.with({ authorization: `Bearer ${token}` })
    expect(await done(reader.get(`/v1/sources/${source.id}`))).toEqual({ ...source, url: null, token: null })
    expect((await reader.post('/v1/sources', { adapter: 'amocrm' })).status).toBe(403)
  })

  test('is of one account', async () => {
    const source = await make('amocrm')
    const other = (await server.newAccount()).api
    for (const path of ['', '/calls'])
      expect((await other.get(`/v1/sources/${source.id}${path}`)).status).toBe(404)
    expect((await other.patch(`/v1/sources/${source.id}`, {})).status).toBe(404)
    expect((await other.delete(`/v1/sources/${source.id}`)).status).toBe(404)
    const visitor = { kind: 'lead', id: '1' }
    expect((await other.post(`/v1/sources/${source.id}/visitor-token`, visitor)).status).toBe(404)
  })

  test.each<[object, string[]]>([
    [{}, ['adapter required']],
    [{ adapter: 'amocr' }, ['adapter not_a_choice']],
    [{ adapter: 'amocrm', options: { subdomain: 'acme.amocrm.ru' } }, ['options.subdomain bad_subdomain']],
    [{ adapter: 'amocrm', options: { domain: 'acme' } }, ['options.domain unknown_option']],
    [{ adapter: 'generic-json' }, ['options.map required']],
    [{ adapter: 'amocrm', secret: 'x' }, ['secret unknown_key']],
    [{ adapter: 'amocrm', name: '' }, ['name too_short']],
  ])('%j is refused', async (body, expected) => {
    const answer = await api.post<ProblemAnswer>('/v1/sources', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(expected)
  })

  test('whose change is wrong stays as it is', async () => {
    const source = await makeJson()
    expect((await api.patch(`/v1/sources/${source.id}`, { options: {} })).status).toBe(422)
    expect((await api.patch(`/v1/sources/${source.id}`, { status: 'paused' })).status).toBe(422)
    expect(await read(source)).toEqual(source)
  })
})

describe('a call', () => {
  test('of amoCRM about several records writes them in order, and fires webhooks', async () => {
    const source = await make('amocrm')
    const webhook = await makeWebhook(api, { url: 'https://erp.example/', events: ['lead.stage_changed'] })
    const answer = await sendForm(source, {
      'leads[status][0][id]': '4831596',
      'leads[status][0][name]': 'Deal',
      'leads[status][0][status_id]': '16203337',
      'leads[status][0][pipeline_id]': '752662',
      'leads[status][0][old_status_id]': '16203334',
      'leads[status][0][old_pipeline_id]': '752662',
      'leads[status][0][modified_user_id]': '504141',
      'leads[status][0][last_modified]': '1511174400',
      'leads[status][0][custom_fields][0][id]': '427183',
      'leads[status][0][custom_fields][0][name]': 'Город',
      'leads[status][0][custom_fields][0][values][0][value]': 'Казань',
      'leads[add][0][id]': '5',
      'leads[add][0][status_id]': '16203334',
      'leads[add][0][pipeline_id]': '752662',
      'account[subdomain]': 'acme',
    })
    expect(answer.status).toBe(200)
    expect(await read(source)).toMatchObject({
      calls: 1,
      items: 2,
      problems: 0,
      last_call_at: expect.any(String),
    })
    expect((await types()).sort()).toEqual(['lead.created', 'lead.stage_changed'])
    const moved = (await events()).find(({ type }) => type === 'lead.stage_changed')!
    expect(moved).toMatchObject({
      source: 'amocrm',
      bulk: false,
      actor: { kind: 'user', id: '504141' },
      previous: { stage_id: '16203334' },
      data: { old_stage_id: '16203334', stage_id: '16203337' },
    })
    const { items } = await done(api.get<{ items: object[] }>(`/v1/events/${moved.id}/decisions`))
    expect(items).toEqual([expect.objectContaining({ webhook_id: webhook.id, verdict: 'fired' })])
    expect(await done(lead('4831596'))).toMatchObject({ fields: { cf_427183: 'Казань' } })
    expect(await done(api.get('/v1/fields/lead/cf_427183'))).toMatchObject({
      title: 'Город',
      origin: 'discovered',
    })
    expect(await callsOf(source)).toEqual([])
  })

  test('titles a field that had none, and leaves one that somebody named', async () => {
    const source = await make('amocrm')
    await done(api.put('/v1/records/lead/1', { cf_1: 'x', cf_2: 'y' }))
    await done(api.put('/v1/fields/lead/cf_2', { type: 'text', title: 'Our word' }))
    await sendForm(source, {
      'leads[update][0][id]': '1',
      'leads[update][0][custom_fields][0][id]': '1',
      'leads[update][0][custom_fields][0][name]': 'City',
      'leads[update][0][custom_fields][0][values][0][value]': 'x',
      'leads[update][0][custom_fields][1][id]': '2',
      'leads[update][0][custom_fields][1][name]': 'Street',
      'leads[update][0][custom_fields][1][values][0][value]': 'y',
    })
    const { items } = await done(api.get<Page<{ name: string; title: string }>>('/v1/fields'))
    expect(items.map(({ name, title }) => [name, title])).toEqual([
      ['cf_1', 'City'],
      ['cf_2', 'Our word'],
    ])
  })

  test('about a record that was never seen stores where it stands, and is no news', async () => {
    const source = await makeJson()
    const update = { kind: 'lead', id: '1', event: 'updated' }
    await sendJson(source, { ...update, fields: { price: 5 } })
    expect(await done(lead('1'))).toMatchObject({ fields: { price: 5 } })
    expect(await types()).toEqual([])
    await sendJson(source, { ...update, fields: { price: 6 } })
    expect(await types()).toEqual(['lead.updated'])
  })

  test('with an old value is news also of a record that was never seen', async () => {
    const source = await makeJson()
    await sendJson(source, { kind: 'lead', id: '1', event: 'updated', fields: { price: 6 }, old_price: 5 })
    expect(await events()).toMatchObject([{ type: 'lead.updated', previous: { price: 5 } }])
  })

  test('creates, deletes and restores', async () => {
    const source = await makeJson()
    for (const event of ['created', 'deleted', 'restored'])
      await sendJson(source, { kind: 'lead', id: '1', event, fields: { name: 'x' } })
    expect(await types()).toEqual(['lead.created', 'lead.deleted', 'lead.restored'])
  })

  test('that is older than what the record holds changes nothing', async () => {
    const source = await makeJson()
    const say = (price: number, at: string) =>
      sendJson(source, { kind: 'lead', id: '1', event: 'updated', fields: { price }, at })
    await say(1, '2026-11-20T09:00:00Z')
    await say(2, '2026-11-20T08:00:00Z')
    expect(await done(lead('1'))).toMatchObject({ fields: { price: 1 } })
    expect(await read(source)).toMatchObject({ calls: 2, items: 2, problems: 0 })
  })

  test('about an activity is taken once by its id, within its source', async () => {
    const source = await makeJson()
    const activity = { kind: 'contact', id: '8', event: 'call_received', from: '+48', call: 'c-1' }
    await sendJson(source, activity)
    await sendJson(source, activity)
    expect(await events()).toMatchObject([
      { type: 'contact.call_received', data: { from: '+48' }, external_id: `${source.id}:c-1` },
    ])
    await sendJson(await makeJson(), activity)
    expect(await events()).toHaveLength(2)
  })

  test('with an endless id is taken once, too', async () => {
    const source = await makeJson()
    const activity = { kind: 'contact', id: '8', event: 'call_received', call: 'c'.repeat(5000) }
    for (const attempt of [1, 2])
      expect((await sendJson(source, { ...activity, from: attempt })).status).toBe(200)
    expect(await events()).toHaveLength(1)
  })

  test('may pass on which delivery led to it', async () => {
    const source = await makeJson()
    await sendJson(source, { kind: 'lead', id: '1', event: 'created' }, { 'hookline-cause': 'made up' })
    expect(await events()).toMatchObject([{ caused_by: null }])
  })

  test('that is half wrong gives its good half, and is kept whole', async () => {
    const options = { items: 'list', map: mapping.map }
    const source = await make('generic-json', { options })
    const body = JSON.stringify({
      list: [
        { kind: 'lead', id: '1', event: 'created' },
        { kind: 'leed', id: '2', event: 'created' },
        { kind: 'lead', id: '3', event: 'emailed' },
        { kind: 'lead', id: '4', event: 'created', fields: { price: 'much' } },
        { kind: 'lead', id: '5', event: 'deleted' },
        { kind: 'lead', id: 'a\u0001b', event: 'created' },
        { kind: 'lead', event: 'created' },
      ],
    })
    const headers = { 'content-type': 'application/json', 'X-Shop': 'a' }
    const answer = await send(source, { method: 'PUT', headers, body }, '/orders/1?a=b&a=c')
    expect(answer.status).toBe(200)
    const said = (await answer.json()) as { taken: number; problems: { path: string; code: string }[] }
    expect(said.taken).toBe(1)
    expect(said.problems.map(({ code }) => code)).toEqual([
      'missing',
      'bad_id',
      'unknown_kind',
      'unknown_activity',
      'wrong_type',
      'not_found',
    ])
    expect(await types()).toEqual(['lead.created'])
    const [call] = await callsOf(source)
    expect(call).toMatchObject({
      method: 'PUT',
      path: '/orders/1',
      query: 'a=b&a=c',
      items: 1,
      body,
      body_encoding: 'utf8',
    })
    expect(call!.headers.map(([name, value]) => [name.toLowerCase(), value])).toContainEqual(['x-shop', 'a'])
    expect(call!.problems).toEqual(said.problems)
    expect(call!.problems.map(({ path }) => path)).toEqual([
      'list[6]',
      'lead',
      'leed 2: kind',
      'lead 3: type',
      'lead 4: price',
      'lead 5',
    ])
    expect(await read(source)).toMatchObject({ calls: 1, items: 1, problems: 6 })
  })

  test.each<[string, string, RequestInit['body'] | undefined, number]>([
    ['no JSON', 'generic-json', 'id=5', 400],
    ['nothing', 'generic-json', undefined, 400],
    ['bytes', 'generic-json', Uint8Array.of(0xff, 0xfe, 0), 400],
    ['nothing', 'amocrm', undefined, 200],
    ['no form', 'amocrm', '{"a":', 200],
    ['bytes', 'amocrm', Uint8Array.of(0xff, 0xfe, 0), 200],
    ['nobody’s token', 'site-tracker', '{"u":"https://shop.example/","k":"lead:1:00"}', 204],
  ])('of %s to %s is answered and kept', async (_what, adapter, body, status) => {
    const source = await make(adapter, adapter === 'generic-json' ? { options: mapping } : {})
    expect((await send(source, body === undefined ? {} : { body })).status).toBe(status)
    const calls = await callsOf(source)
    expect(calls).toHaveLength(1)
    expect(calls[0]!.problems.length).toBeGreaterThan(0)
  })

  test('of which the account takes nothing is answered so', async () => {
    const source = await makeJson()
    const answer = await sendJson(source, { kind: 'leed', id: '1' })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      taken: 0,
      problems: [{ path: 'leed 1: kind', code: 'unknown_kind', message: expect.stringContaining('"lead"') }],
    })
  })

  test('any method and type is taken, and an answer is never a page of ours', async () => {
    const source = await makeJson()
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect({ method, status: (await send(source, { method })).status }).toEqual({ method, status: 400 })
    expect(await read(source)).toMatchObject({ calls: 6 })
    const { headers } = await send(source, { headers: { 'content-type': 'a/b; c="d' }, body: 'x' })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('only the newest calls with problems are kept', async () => {
    const source = await makeJson()
    for (const body of ['1', '2', '3', '4', '5']) await sendJson(source, `"${body}`)
    expect((await callsOf(source)).map(({ body }) => body)).toEqual(['"5', '"4', '"3'])
    expect(await read(source)).toMatchObject({ calls: 5 })
  })

  test('over the limit is refused', async () => {
    const source = await makeJson()
    expect((await send(source, { body: 'x'.repeat(1_048_577) })).status).toBe(413)
  })

  test('is refused where more would wait than is allowed, and taken afterwards', async () => {
    const source = await makeJson()
    const status = async (length: number) => (await sendJson(source, `"${'x'.repeat(length)}"`)).status
    expect(await status(499_000)).toBe(429)
    expect(await status(490_000)).toBe(422)
    expect(await status(490_000)).toBe(422)
    expect(await read(source)).toMatchObject({ calls: 2 })
  })

  test('to a source that is switched off is answered 410, to nobody’s address 404', async () => {
    const source = await makeJson()
    await done(api.patch(`/v1/sources/${source.id}`, { status: 'disabled' }))
    const answer = await send(source)
    expect([answer.status, ((await answer.json()) as ProblemAnswer).code]).toEqual([410, 'gone'])
    expect((await fetch(`${server.url}/in/nobody`, { method: 'POST' })).status).toBe(404)
    expect(await read(source)).toMatchObject({ calls: 0 })
  })
})

describe('the site tracker', () => {
  const visit = (source: SourceAnswer, k: string, headers: Record<string, string> = {}) =>
    send(source, {
      headers: { 'content-type': 'text/plain', origin: 'https://shop.example', ...headers },
      body: JSON.stringify({ u: 'https://shop.example/prices', r: '', k }),
    })
  const sign = (source: SourceAnswer, record: object) =>
    api.post<{ token: string; script: string } & ProblemAnswer>(
      `/v1/sources/${source.id}/visitor-token`,
      record,
    )

  test('tells of a visitor whose token we signed', async () => {
    const source = await make('site-tracker')
    const { token, script } = await done(sign(source, { kind: 'lead', id: 'Ann & "Bo"' }))
    expect(script).toBe(
      `<script async src="${server.url}/t.js" data-source="${source.token}" data-visitor="${token}"></script>`,
    )
    const answer = await visit(source, token)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(await events()).toMatchObject([
      {
        type: 'lead.site_visited',
        record: { id: 'Ann & "Bo"' },
        data: { url: 'https://shop.example/prices' },
      },
    ])
  })

  test('does not believe a token of another source', async () => {
    const { token } = await done(sign(await make('site-tracker'), { kind: 'lead', id: '1' }))
    const source = await make('site-tracker')
    await visit(source, token)
    expect(await events()).toEqual([])
    expect(await callsOf(source)).toHaveLength(1)
  })

  test('leaves no trace of who asks not to be tracked', async () => {
    const source = await make('site-tracker')
    const { token } = await done(sign(source, { kind: 'lead', id: '1' }))
    expect((await visit(source, token, { dnt: '1' })).status).toBe(204)
    expect((await visit(source, 'wrong', { 'sec-gpc': '1' })).status).toBe(204)
    expect(await events()).toEqual([])
    expect(await read(source)).toMatchObject({ calls: 0, last_call_at: null })
  })

  test.each([
    [{ kind: 'leed', id: '1' }, 'unknown_kind'],
    [{ kind: 'quote', id: '1' }, 'not_visited'],
    [{ kind: 'lead', id: '' }, 'too_short'],
  ])('signs nothing for %j', async (record, code) => {
    const { status, body } = await sign(await make('site-tracker'), record)
    expect([status, body.errors[0]!.code]).toEqual([422, code])
  })

  test('answers the preflight of a page', async () => {
    const source = await make('site-tracker')
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const answer = await send(source, { method: 'OPTIONS', headers })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST')
    expect(answer.headers.get('access-control-allow-headers')).toBe('content-type')
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
    expect(await read(source)).toMatchObject({ calls: 0 })
  })

  test('serves its script to every site, small and kept', async () => {
    const answer = await fetch(`${server.url}/t.js`)
    const script = await answer.text()
    expect(answer.status).toBe(200)
    expect(script.length).toBeLessThan(1000)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=86400',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    const etag = answer.headers.get('etag')!
    const again = await fetch(`${server.url}/t.js`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })
})

describe('a preview', () => {
  const preview = (body: object) =>
    api.post<
      {
        items: object[]
        problems: { path: string; code: string }[]
        ignored: object[]
        answer: object
        mapping: { rows: object[]; places: object[] } | null
      } & ProblemAnswer
    >('/v1/sources/preview', body)

  test('shows what a call would write, where each row found it, and what is not there', async () => {
    const { status, body } = await preview({
      adapter: 'generic-json',
      options: { map: mapping.map.slice(0, 4) },
      call: { content_type: 'application/json', body: '{"kind":"lead","id":7,"fields":{"price":5}}' },
    })
    expect(status).toBe(200)
    expect(body.items).toMatchObject([
      { do: 'write', record: { kind: 'lead', id: '7' }, fields: { price: 5 } },
    ])
    expect(body.answer).toMatchObject({ status: 200, content_type: 'application/json' })
    expect(body.mapping!.rows).toContainEqual({ item: 0, to: 'record.id', from: 'id', found: true, value: 7 })
    expect(body.mapping!.rows).toContainEqual({
      item: 0,
      to: 'event',
      from: 'event',
      found: false,
      value: null,
    })
    expect(body.mapping!.places).toContainEqual({ path: 'fields.price', value: 5 })
    expect(await events()).toEqual([])
    expect((await lead('7')).status).toBe(404)
  })

  test('names kinds and activities that the account does not have', async () => {
    const options = { items: 'list', map: mapping.map.slice(0, 3) }
    const list = [
      { kind: 'subscription', id: '1', event: 'updated' },
      { kind: 'lead', id: '2', event: 'email_recieved' },
      { kind: 'lead', id: '3', event: 'email_received' },
    ]
    const call = { body: JSON.stringify({ list }) }
    const { body } = await preview({ adapter: 'generic-json', options, call })
    expect(body.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'items[0].record.kind unknown_kind',
      'items[1].type unknown_activity',
    ])
    await done(api.put('/v1/kinds/subscription', {}))
    expect((await preview({ adapter: 'generic-json', options, call })).body.problems).toHaveLength(1)
  })

  test('of every sample in the catalogue is understood as it says', async () => {
    const { sources } = await done(
      api.get<{
        sources: {
          name: string
          samples: {
            title: string
            options: object
            call: { contentType: string | null; [key: string]: unknown }
          }[]
        }[]
      }>('/v1/catalogue'),
    )
    expect(sources.map(({ name }) => name)).toEqual(['amocrm', 'generic-json', 'site-tracker'])
    for (const { name: adapter, samples } of sources) {
      for (const { title, options, call } of samples) {
        const { contentType: content_type, ...rest } = call
        const { status, body } = await preview({ adapter, options, call: { ...rest, content_type } })
        expect({ title, status, body }).toMatchObject({
          title,
          status: 200,
          body: { answer: expect.any(Object) },
        })
      }
    }
  })

  test.each<[object, string]>([
    [{ adapter: 'amo', call: {} }, 'adapter'],
    [{ adapter: 'amocrm' }, 'call'],
    [{ adapter: 'generic-json', call: {} }, 'options.map'],
    [{ adapter: 'amocrm', call: { type: 'x' } }, 'call.type'],
  ])('of %j is refused', async (body, path) => {
    const answer = await preview(body)
    expect([answer.status, answer.body.errors[0]!.path]).toEqual([422, path])
  })
})
