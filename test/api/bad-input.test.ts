/** Whatever is wrong with a request: a 4xx with a stable code, the path, a sentence; and nothing changes. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiAnswer, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite', environment: { HOOKLINE_HOST: '127.0.0.1' } })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

function paths(answer: ApiAnswer<ProblemAnswer>): string[] {
  return answer.body.errors.map(({ path, code }) => `${path} ${code}`)
}

function expectProblem(answer: ApiAnswer<ProblemAnswer>, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.body.type).toBe(`urn:hookline:problem:${code}`)
  expect(answer.body.detail).not.toBe('')
  for (const { message } of answer.body.errors) expect(message).toMatch(/^["A-Z].*[.!?]$/s)
}

const deep = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)

describe('a body that cannot be read', () => {
  test.each([
    ['cut off', '{"name":', ' not_json'],
    ['no JSON', 'name=x', ' not_json'],
    ['two values', '{} {}', ' not_json'],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), ' not_utf8'],
    ['65 deep', deep(65), ' too_deep'],
    ['an integer beyond 2^53', '{"a":[{"b":9007199254740993}]}', 'a[0].b number_too_large'],
    ['2^53 itself, which more than one number becomes', '{"a":9007199254740992}', 'a number_too_large'],
    ['a negative one', '{"a":-9007199254740993}', 'a number_too_large'],
    ['one with an exponent', '{"a":1e20}', 'a number_too_large'],
    ['one beyond all numbers', '{"a":1e400}', 'a number_too_large'],
    ['NUL', '{"a":{"b":"x\\u0000"}}', 'a.b nul_character'],
    ['NUL in a key', '{"a\\u0000":1}', 'a\u0000 nul_character'],
    ['a lone high surrogate', '{"a":"\\ud83d"}', 'a lone_surrogate'],
    ['a lone low surrogate', '{"a":"\\uDE00x"}', 'a lone_surrogate'],
    ['__proto__', '{"__proto__":{"admin":true}}', '__proto__ bad_key'],
    ['__proto__ in disguise', '{"a":{"\\u005f_proto__":1}}', 'a.__proto__ bad_key'],
  ])('%s is malformed', async (_what, raw, expected) => {
    const answer = await server.api.put<ProblemAnswer>('/v1/records/lead/never', undefined, { raw })
    expectProblem(answer, 400, 'malformed')
    expect(paths(answer)).toEqual([expected])
    expect((await server.api.get('/v1/records/lead/never')).status).toBe(404)
  })

  test.each([
    ['the largest safe integer', '{"a":9007199254740991}', 9007199254740991],
    ['a fraction with many digits', '{"a":0.1234567890123456}', 0.1234567890123456],
    ['a pair of surrogates', '{"a":"\\ud83d\\ude00"}', '😀'],
    ['a long number as text', '{"a":"9007199254740993"}', '9007199254740993'],
    ['brackets in a text', `{"a":"${'['.repeat(100)}"}`, '['.repeat(100)],
    ['the word in a text', '{"a":"__proto__"}', '__proto__'],
  ])('%s is fine', async (_what, raw, value) => {
    const { record } = await done(
      server.api.put<{ record: { fields: Record<string, unknown> } }>('/v1/records/task/fine', undefined, {
        raw,
      }),
    )
    expect(record.fields['a']).toEqual(value)
    // Each case starts from an empty record.
    await done(server.api.delete('/v1/records/task/fine'))
    await server.api.put('/v1/records/task/fine', {})
  })

  test('64 deep is fine', async () => {
    const answer = await server.api.put('/v1/records/task/deep', undefined, { raw: deep(64) })
    expect(answer.status).toBe(201)
  })

  test('over the limit', async () => {
    const raw = JSON.stringify({ note: 'x'.repeat(1_048_576) })
    const answer = await server.api.put<ProblemAnswer>('/v1/records/lead/never', undefined, { raw })
    expectProblem(answer, 413, 'too_large')
    expect(answer.body.detail).toContain('1048576')
  })

  test('another content type', async () => {
    const headers = { 'content-type': 'text/plain' }
    const answer = await server.api.post<ProblemAnswer>('/v1/events', undefined, { raw: '{}', headers })
    expectProblem(answer, 415, 'unsupported_media_type')
  })

  test('compressed', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const answer = await server.api.post<ProblemAnswer>('/v1/events', undefined, { raw: '{}', headers })
    expectProblem(answer, 415, 'unsupported_media_type')
  })

  test.each(['[]', '"x"', '1', 'true'])('%s instead of an object', async (raw) => {
    const answer = await server.api.post<ProblemAnswer>('/v1/events', undefined, { raw })
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual([' wrong_type'])
  })

  test.each([undefined, '', 'null'])('none at all: %j', async (raw) => {
    const answer = await server.api.post<ProblemAnswer>(
      '/v1/events',
      undefined,
      raw === undefined ? {} : { raw },
    )
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual([' required'])
  })
})

describe('a path or query that cannot be read', () => {
  test.each([
    ['/v1/records/lead/a%00b', 'id bad_id'],
    ['/v1/records/lead/a%0Ab', 'id bad_id'],
    [`/v1/records/lead/${'x'.repeat(201)}`, 'id bad_id'],
    ['/v1/records/lead?search=a%00', 'search control_character'],
  ])('%s', async (path, expected) => {
    const answer = await server.api.get<ProblemAnswer>(path)
    expectProblem(answer, 400, 'malformed')
    expect(paths(answer)).toEqual([expected])
  })

  test.each(['/v1/records/lead/%ff', '/v1/records/lead/%ed%a0%80', '/v1/records/lead/%'])(
    '%s is no UTF-8',
    async (path) => {
      expectProblem(await server.api.get<ProblemAnswer>(path), 400, 'malformed')
    },
  )

  test('200 characters of any alphabet are an id', async () => {
    const id = 'ж'.repeat(200)
    expect((await server.api.put(`/v1/records/lead/${encodeURIComponent(id)}`, {})).status).toBe(201)
  })

  test.each([
    ['/v1/events?limit=0', 'bad_limit'],
    ['/v1/events?limit=101', 'bad_limit'],
    ['/v1/events?limit=ten', 'bad_limit'],
    ['/v1/events?limit=1.5', 'bad_limit'],
    ['/v1/events?cursor=zzz', 'bad_cursor'],
    ['/v1/webhooks?cursor=', 'bad_cursor'],
  ])('%s', async (path, code) => {
    expectProblem(await server.api.get<ProblemAnswer>(path), 400, code)
  })

  test('a cursor of another list', async () => {
    for (const id of ['a', 'b']) await done(server.api.put(`/v1/users/${id}`, { name: id }))
    const page = await done(server.api.get<Page<unknown>>('/v1/users?limit=1'))
    const cursor = encodeURIComponent(page.next_cursor!)
    expect((await server.api.get(`/v1/users?limit=1&cursor=${cursor}`)).status).toBe(200)
    expectProblem(await server.api.get<ProblemAnswer>(`/v1/webhooks?cursor=${cursor}`), 400, 'bad_cursor')
  })

  test.each([
    ['/v1/events?typ=x', 'typ unknown_key'],
    ['/v1/events?since=yesterday', 'since bad_time'],
    ['/v1/events?since=2026-13-40', 'since bad_time'],
    ['/v1/events?record_id=1', 'record_kind required'],
    ['/v1/deliveries?state=done', 'state not_a_choice'],
    ['/v1/deliveries?status_code=9', 'status_code bad_format'],
    ['/v1/webhooks?status=deleted', 'status not_a_choice'],
    ['/v1/catalogue?language=de', 'language not_a_choice'],
  ])('%s', async (path, expected) => {
    const answer = await server.api.get<ProblemAnswer>(path)
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual([expected])
  })
})

describe('an event that is not what is asked for', () => {
  const record = { kind: 'lead', id: '1' }
  test.each([
    [{ record }, ['type required']],
    [{ type: 'lead.stage_changd', record }, ['type unknown_event_type']],
    [{ type: 'webhook.disabled', record }, ['type unknown_event_type']],
    [{ type: 'contact.created', record }, ['record.kind other_kind']],
    [{ type: 'lead.created', record: { kind: 'lead', id: 4831596 } }, ['record.id wrong_type']],
    [{ type: 'lead.created', record: { kind: 'lead', id: '' } }, ['record.id too_short']],
    [{ type: 'lead.created', record: { kind: 'lead' } }, ['record.id required']],
    [{ type: 'lead.created', record, curent: {} }, ['curent unknown_key']],
    [{ type: 'lead.created', record, current: [] }, ['current wrong_type']],
    [{ type: 'lead.created', record, occurred_at: 'now' }, ['occurred_at bad_time']],
    [{ type: 'lead.created', record, occurred_at: '2026-11-20T09:00' }, ['occurred_at bad_time']],
    [{ type: 'lead.created', record, external_id: '' }, ['external_id too_short']],
    [{ type: 5, record: 'lead' }, ['type wrong_type', 'record wrong_type']],
  ])('%j', async (body, expected) => {
    const answer = await server.api.post<ProblemAnswer>('/v1/events', body)
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual(expected)
  })

  test('the nearest type is suggested', async () => {
    const answer = await server.api.post<ProblemAnswer>('/v1/events', { type: 'lead.stage_changd', record })
    expect(answer.body.detail).toContain('"lead.stage_changed"')
  })
})

describe('a record that is not what is asked for', () => {
  test.each([
    ['lead', { price: 'much' }, ['price wrong_type']],
    ['lead', { id: '5' }, ['id not_a_field']],
    ['lead', { kind: 'lead', name: 'x' }, ['kind not_a_field']],
  ])('%s %j', async (kind, fields, expected) => {
    const answer = await server.api.put<ProblemAnswer>(`/v1/records/${kind}/never`, fields)
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual(expected)
    expect((await server.api.get(`/v1/records/${kind}/never`)).status).toBe(404)
  })

  test('a kind that does not exist is a path that does not exist', async () => {
    for (const answer of [
      await server.api.put<ProblemAnswer>('/v1/records/leed/1', {}),
      await server.api.get<ProblemAnswer>('/v1/records/leed'),
    ]) {
      expectProblem(answer, 404, 'not_found')
      expect(answer.body.detail).toContain('"lead"')
    }
  })

  test.each([
    ['?replace=yes', 'replace not_a_choice'],
    ['?occurred_at=soon', 'occurred_at bad_time'],
    ['?repace=true', 'repace unknown_key'],
  ])('with the options %s', async (query, expected) => {
    const answer = await server.api.patch<ProblemAnswer>(`/v1/records/lead/never${query}`, { name: 'x' })
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual([expected])
  })

  test('a batch as a whole', async () => {
    const item = { kind: 'lead', id: '1', fields: {} }
    const cases: [unknown, string][] = [
      [{ items: [] }, 'items too_few'],
      [{ items: Array.from({ length: 1001 }, () => item) }, 'items too_many'],
      [{ items: [item, { ...item, filds: {} }] }, 'items[1].filds unknown_key'],
      [{ items: [item, { kind: 'lead', id: '1' }] }, 'items[1].fields required'],
      [{ items: [{ ...item, delete: true }] }, 'items[0].delete not_together'],
      [{ items: [{ ...item, fields: { id: '2' } }] }, 'items[0].fields.id not_a_field'],
    ]
    for (const [body, expected] of cases) {
      const answer = await server.api.post<ProblemAnswer>('/v1/records/batch', body)
      expectProblem(answer, 422, 'invalid')
      expect(paths(answer)).toEqual([expected])
    }
  })

  test('one item of a batch stops no other', async () => {
    const items = [
      { kind: 'lead', id: 'batch-1', fields: { name: 'one' } },
      { kind: 'leed', id: 'batch-2', fields: {} },
      { kind: 'lead', id: 'batch-3', fields: { price: 'much' } },
      { kind: 'lead', id: 'batch-4', delete: true },
      { kind: 'lead', id: 'batch-1', delete: true },
    ]
    const answer = await done(
      server.api.post<{ items: { status: number; problem?: ProblemAnswer }[] }>('/v1/records/batch', {
        items,
      }),
    )
    expect(
      answer.items.map(({ status, problem }) => [status, problem?.code, problem?.errors[0]?.path]),
    ).toEqual([
      [201, undefined, undefined],
      [422, 'invalid', 'items[1].kind'],
      [422, 'invalid', 'items[2].fields.price'],
      [404, 'not_found', undefined],
      [200, undefined, undefined],
    ])
  })
})

describe('what an account declares', () => {
  test.each([
    ['/v1/pipelines', { kind: 'company', id: '1' }, ['kind not_staged']],
    ['/v1/pipelines', { kind: 'leed', id: '1' }, ['kind unknown_kind']],
    ['/v1/pipelines', { kind: 'lead', id: '1', stages: [{ id: 'a' }, { id: 'a' }] }, ['stages[1].id twice']],
    [
      '/v1/pipelines',
      { kind: 'lead', id: '1', stages: [{ id: 'a', type: 'done' }] },
      ['stages[0].type not_a_choice'],
    ],
    ['/v1/pipelines', { kind: 'lead', id: '1', stages: [{ id: 5 }] }, ['stages[0].id wrong_type']],
    ['/v1/fields', { kind: 'lead', name: 'price', type: 'text' }, ['name built_in']],
    ['/v1/fields', { kind: 'lead', name: '__proto__', type: 'text' }, ['name bad_key']],
    ['/v1/fields', { kind: 'lead', name: 'region', type: 'choice' }, ['choices required']],
    ['/v1/fields', { kind: 'lead', name: 'region', type: 'txt' }, ['type not_a_choice']],
    ['/v1/fields', { kind: 'lead', name: 'boss', type: 'link' }, ['links required']],
    ['/v1/fields', { kind: 'lead', name: 'boss', type: 'link', links: 'human' }, ['links unknown_kind']],
    ['/v1/fields', { kind: 'lead', name: 'region', type: 'text', choices: ['x'] }, ['choices not_together']],
    ['/v1/users', { id: '7' }, ['name required']],
    ['/v1/tokens', { kind: 'operator', name: 'x' }, ['kind not_a_choice']],
    ['/v1/inspectors', { answer: { status: 101 } }, ['answer.status out_of_range']],
    ['/v1/inspectors', { answer: { delay_ms: 30_001 } }, ['answer.delay_ms out_of_range']],
    ['/v1/inspectors', { answer: { body: 'x'.repeat(65_537) } }, ['answer.body too_long']],
    [
      '/v1/inspectors',
      { answer: { headers: [{ name: 'Set-Cookie', value: 'a=b' }] } },
      ['answer.headers[0].name header_reserved'],
    ],
    // A browser would tell its address of every visit to the whole origin, which is the console's.
    [
      '/v1/inspectors',
      { answer: { headers: [{ name: 'NEL', value: '{"report_to":"x","max_age":60}' }] } },
      ['answer.headers[0].name header_reserved'],
    ],
    [
      '/v1/inspectors',
      { answer: { headers: [{ name: 'x', value: 'a\r\nb' }] } },
      ['answer.headers[0].value header_value'],
    ],
  ])('%s %j', async (path, body, expected) => {
    const answer = await server.api.post<ProblemAnswer>(path, body)
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual(expected)
  })

  test('an unknown time zone', async () => {
    const answer = await server.api.patch<ProblemAnswer>('/v1/account', { time_zone: 'Mars/Base' })
    expectProblem(answer, 422, 'invalid')
    expect(paths(answer)).toEqual(['time_zone unknown_time_zone'])
  })
})

describe('a call that does not exist', () => {
  test('an unknown path', async () => {
    expectProblem(await server.api.get<ProblemAnswer>('/v1/webhoks'), 404, 'not_found')
  })

  test.each([
    ['DELETE', '/v1/events', 'POST, GET, HEAD'],
    ['POST', '/v1/webhooks/whk_1', 'GET, HEAD, PATCH, DELETE'],
    ['PUT', '/healthz', 'GET, HEAD'],
  ])('%s %s answers what there is', async (method, path, allowed) => {
    const answer = await server.api.call<ProblemAnswer>(method, path)
    expectProblem(answer, 405, 'method_not_allowed')
    expect(answer.headers.get('allow')).toBe(allowed)
  })
})

describe('a request that does not come to its end', () => {
  /** What is answered to the head of a request, and the half of its body. */
  async function halfOf(url: string): Promise<string> {
    const { hostname, port, pathname } = new URL(url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: hookline\r\nContent-Length: 9\r\n\r\nhalf`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    return answer.toString('latin1')
  }

  test('is given up', async () => {
    const environment = { HOOKLINE_REQUEST_MS: '100' }
    await using impatient = await startTestServer({ backend: 'sqlite', environment })
    const { url } = await done(impatient.api.post<{ url: string }>('/v1/inspectors'))
    expect(await halfOf(url)).toMatch(/^HTTP\/1\.1 408 /)
  })

  test.each(['/i/nobodys', '/in/nobodys'])(
    'is not waited for at an address that nobody has: %s',
    async (path) => {
      expect(await halfOf(`${server.url}${path}`)).toMatch(/^HTTP\/1\.1 404 /)
    },
  )
})

test('whoever is not known yet sends little', async () => {
  const { origin } = new URL(server.url)
  const body = { email: 'ann@example.com', password: 'x'.repeat(20_000) }
  const answer = await server.api.post<ProblemAnswer>('/v1/session', body, { headers: { origin } })
  expectProblem(answer, 413, 'too_large')
})
