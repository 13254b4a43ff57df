/** Imports: files of records, applied in the background, with progress and a report by line. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, listAll, type ProblemAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({
    backend: 'sqlite',
    environment: { HOOKLINE_IMPORT_BYTES_MAX: '2000000', HOOKLINE_BODY_BYTES_MAX: '10000' },
  })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  api = (await server.newAccount()).api
})

interface ImportAnswer {
  id: string
  kind: string
  format: string
  fire: boolean
  state: string
  lines_total: number
  lines_done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  events: number
}

interface ErrorAnswer {
  line: number
  errors: { path: string; code: string; message: string }[]
  content: string
}

const ndjson = 'application/x-ndjson'
const send = (raw: string | Uint8Array, contentType = ndjson, query = 'kind=lead', headers = {}) =>
  api.post<ImportAnswer & ProblemAnswer>(`/v1/imports?${query}`, undefined, {
    raw,
    headers: { 'content-type': contentType, ...headers },
  })
const lines = (count: number, line = (index: number): object => ({ id: String(index), price: index })) =>
  Array.from({ length: count }, (_, index) => JSON.stringify(line(index + 1))).join('\n')
const read = ({ id }: { id: string }) => done(api.get<ImportAnswer>(`/v1/imports/${id}`))
const ended = (started: { id: string }) =>
  eventually(async () => {
    const now = await read(started)
    return now.state === 'running' ? undefined : now
  })
const errorsOf = ({ id }: { id: string }) => listAll<ErrorAnswer>(api, `/v1/imports/${id}/errors`)
const codes = (errors: ErrorAnswer[]) => errors.map(({ line, errors: [first] }) => `${line} ${first!.code}`)
const events = () => listAll<EventAnswer>(api, '/v1/events')
const lead = (id: string) => done(api.get<{ fields: object }>(`/v1/records/lead/${id}`))

describe('an import', () => {
  test('of NDJSON creates, changes and leaves alone, and counts what became of its lines', async () => {
    await done(api.put('/v1/records/lead/1', { price: 1 }))
    await done(api.put('/v1/records/lead/2', { price: 0 }))
    const { status, body } = await send(lines(450))
    expect(status).toBe(202)
    expect(body).toMatchObject({
      kind: 'lead',
      format: 'ndjson',
      fire: true,
      state: 'running',
      lines_total: 450,
    })
    expect(await ended(body)).toEqual({
      ...body,
      state: 'done',
      lines_done: 450,
      created: 448,
      updated: 1,
      unchanged: 1,
      failed: 0,
      events: 449,
      updated_at: expect.any(String),
    })
    expect(await lead('450')).toMatchObject({ fields: { price: 450 } })
    expect(await errorsOf(body)).toEqual([])
    const [last] = await events()
    expect(last).toMatchObject({
      type: 'lead.created',
      record: { id: '450' },
      source: 'import',
      bulk: true,
      actor: { kind: 'api' },
    })
  })

  test('of CSV reads values by their fields’ types; an empty one says nothing', async () => {
    await done(api.put('/v1/records/lead/2', { name: 'Old', price: 7 }))
    const file = '\ufeffid,name,price,note\r\n1,"Ann, ""A""",12.5,"two\r\nlines"\r\n2,,8,\r\n3,"",,x\r\n'
    const { body } = await send(file, 'text/csv; charset=utf-8')
    expect(body).toMatchObject({ format: 'csv', lines_total: 3 })
    expect(await ended(body)).toMatchObject({ state: 'done', created: 2, updated: 1 })
    expect((await lead('1')).fields).toEqual({ name: 'Ann, "A"', price: 12.5, note: 'two\r\nlines' })
    expect((await lead('2')).fields).toEqual({ name: 'Old', price: 8 })
    expect((await lead('3')).fields).toMatchObject({ note: 'x' })
  })

  test('without firing changes records and makes no events', async () => {
    const { body } = await send(lines(3), ndjson, 'kind=lead&fire=false')
    expect(await ended(body)).toMatchObject({ fire: false, created: 3, events: 0 })
    expect(await events()).toEqual([])
    await done(api.patch('/v1/records/lead/1', { price: 100 }))
    expect(await events()).toMatchObject([{ sequence: 1, previous: { price: 1 } }])
  })

  test('applies lines about one record in their order, also across chunks', async () => {
    const { body } = await send(lines(401, (index) => ({ id: 'same', price: index })))
    expect(await ended(body)).toMatchObject({ created: 1, updated: 400, events: 401 })
    expect((await lead('same')).fields).toEqual({ price: 401 })
    expect(await events()).toHaveLength(401)
  })

  test('reports each line that it refuses, and takes the others', async () => {
    const file = [
      '{"id":"1","price":1}',
      '',
      '{"id":"2","price":"much"}',
      'not json',
      '[1]',
      '{"price":3}',
      '{"id":"","price":3}',
      '{"id":"4","kind":"lead"}',
      '{"id":5,"price":5}',
      '{"id":"6","name":"\\u0000"}',
    ].join('\n')
    const { body } = await send(file)
    expect(await ended(body)).toMatchObject({ lines_total: 9, lines_done: 9, created: 2, failed: 7 })
    const errors = await errorsOf(body)
    expect(codes(errors)).toEqual([
      '3 wrong_type',
      '4 not_json',
      '5 wrong_type',
      '6 bad_id',
      '7 bad_id',
      '8 not_a_field',
      '10 bad_text',
    ])
    expect(errors[0]).toMatchObject({
      errors: [{ path: 'price', message: expect.stringContaining('number') }],
      content: '{"id":"2","price":"much"}',
    })
    const page = await done(api.get<{ items: ErrorAnswer[] }>(`/v1/imports/${body.id}/errors?limit=2`))
    expect(codes(page.items)).toEqual(['3 wrong_type', '4 not_json'])
    expect((await lead('5')).fields).toEqual({ price: 5 })
  })

  test('reports rows of CSV by the line on which they begin', async () => {
    const file = 'id,note\n1,"a\nb"\n2\n3,x"y"\n,z\n4,w\n'
    const { body } = await send(file, 'text/csv')
    expect(await ended(body)).toMatchObject({ created: 2, failed: 3 })
    expect(codes(await errorsOf(body))).toEqual(['4 column_count', '5 bad_csv', '6 bad_id'])
  })

  test('cuts a long line in its report', async () => {
    const { body } = await send(JSON.stringify({ id: 'x'.repeat(5000) }))
    await ended(body)
    expect((await errorsOf(body))[0]!.content).toHaveLength(1000)
  })

  test('is of a kind that the account has, also of its own', async () => {
    expect((await send('{"id":"1"}', ndjson, 'kind=leed')).status).toBe(404)
    await done(api.put('/v1/kinds/subscription', {}))
    const { body } = await send('{"id":"1"}', ndjson, 'kind=subscription')
    expect(await ended(body)).toMatchObject({ created: 1 })
  })

  test('sent again under its Idempotency-Key is the same one', async () => {
    const key = { 'idempotency-key': 'once' }
    const first = await send('{"id":"1"}', ndjson, 'kind=lead', key)
    const again = await send('{"id":"1"}', ndjson, 'kind=lead', key)
    expect([again.status, again.body.id]).toEqual([202, first.body.id])
    expect((await send('{"id":"2"}', ndjson, 'kind=lead', key)).body.code).toBe('idempotency_mismatch')
    expect(await listAll(api, '/v1/imports')).toHaveLength(1)
  })

  test('is of one account, and needs a token that may write', async () => {
    const { body } = await send('{"id":"1"}')
    const other = (await server.newAccount()).api
    for (const path of ['', '/errors'])
      expect((await other.get(`/v1/imports/${body.id}${path}`)).status).toBe(404)
    expect((await other.post(`/v1/imports/${body.id}/cancel`)).status).toBe(404)
    const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'read', name: 'r' }))
    const reader = server.api.with({ authorization: `Bearer ${token}` })
    const refused = await reader.post('/v1/imports?kind=lead', undefined, {
      raw: '{}',
      headers: { 'content-type': ndjson },
    })
    expect(refused.status).toBe(403)
    expect((await reader.get(`/v1/imports/${body.id}`)).status).toBe(200)
  })

  test('that has ended cannot be canceled', async () => {
    const { body } = await send('{"id":"1"}')
    await ended(body)
    expect((await api.post(`/v1/imports/${body.id}/cancel`)).status).toBe(409)
    expect((await api.post('/v1/imports/imp_none/cancel')).status).toBe(404)
  })
})

describe('a file', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['with nothing', '\n\n', ndjson, 'empty'],
    ['with a header alone', 'id,name\n', 'text/csv', 'empty'],
    ['without a header', '', 'text/csv', 'no_header'],
    ['without ids', 'name\nx\n', 'text/csv', 'no_id'],
    ['with a column twice', 'id,name,name\n1,2,3\n', 'text/csv', 'twice'],
    ['with a column without a name', 'id,,name\n1,2,3\n', 'text/csv', 'bad_column'],
    ['with semicolons', 'id;name\n1;2\n', 'text/csv', 'separator'],
    ['with a quote that is never closed', 'id,name\n1,"x\n2,y\n', 'text/csv', 'unclosed_quote'],
    ['that is no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), ndjson, 'not_utf8'],
  ])('%s is refused as a whole', async (_what, raw, contentType, code) => {
    const { status, body } = await send(raw, contentType)
    expect([status, body.errors?.[0]?.code]).toEqual([422, code])
    expect(await listAll(api, '/v1/imports')).toEqual([])
  })

  test('may be larger than other bodies, up to its own limit', async () => {
    const large = lines(1, () => ({ id: '1', note: 'x'.repeat(20_000) }))
    expect((await send(large)).status).toBe(202)
    const { status, body } = await send('x'.repeat(2_000_001))
    expect(status).toBe(413)
    expect(body.detail).toContain('2000000')
  })

  test.each([
    ['/v1/imports?kind=lead', 'application/json', 415],
    ['/v1/imports?kind=lead', 'text/plain', 415],
    ['/v1/webhooks', 'text/csv', 415],
    ['/v1/imports', ndjson, 422],
    ['/v1/imports?kind=lead&fire=no', ndjson, 422],
    ['/v1/imports?kind=lead&format=xlsx', ndjson, 422],
  ])('to %s as %s answers %d', async (path, contentType, status) => {
    const options = { raw: '{"id":"1"}', headers: { 'content-type': contentType } }
    expect((await api.post(path, undefined, options)).status).toBe(status)
  })

  test('that is missing is asked for', async () => {
    const { status, body } = await api.post<ProblemAnswer>('/v1/imports?kind=lead')
    expect([status, body.errors[0]!.code]).toEqual([422, 'required'])
  })

  test('says what it is, whatever its content type', async () => {
    const { body } = await send('id\n1\n', ndjson, 'kind=lead&format=csv')
    expect(await ended(body)).toMatchObject({ format: 'csv', created: 1 })
  })
})
