import { beforeAll, describe, expect, test } from 'vitest'
import { type Api, type ApiAnswer, done, listAll, type ProblemAnswer } from '../support/api.ts'
import { declarePipeline, deliveryIdOf, deliveryIn, makeWebhook, sendCall } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'
import {
  badWebhooks,
  type Bad,
  call,
  good,
  record,
  unreadable,
  wrongPlaces,
  wrongShapes,
  wrongTokens,
} from './bad-input-cases.ts'

describe.each(backends)('bad input on %s', (backend) => {
  const stage = useStage(backend)
  let api: Api
  let before: unknown[]
  const stands = new Map<string, string>()
  beforeAll(async () => {
    const account = await stage.server.newAccount()
    api = account.api
    await declarePipeline(api)
    await done(api.put(record, { name: 'Deal with ACME', price: 12000 }))
    const { id } = await makeWebhook(api, { url: `${stage.receiver.url}/hook` })
    const event = await sendCall(api)
    await deliveryIn(api, await deliveryIdOf(api, event.id, { id }), 'delivered')
    const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'ingest', name: 'In' }))
    const foreign = await makeWebhook((await stage.server.newAccount()).api, {
      url: `${stage.receiver.url}/foreign`,
    })
    stands.set(':webhook', id).set(':foreign', foreign.id).set(':ingest', `Bearer ${token}`)
    before = await everything()
  })
  async function everything(): Promise<unknown[]> {
    const lists = ['events', 'records/lead', 'records/contact', 'webhooks', 'deliveries', 'fields', 'pipelines', 'users', 'tokens', 'inspectors'] // prettier-ignore
    return Promise.all(lists.map((list) => listAll(api, `/v1/${list}`)))
  }

  function filledIn(text: string): string {
    return text.replace(/:(webhook|foreign|ingest)\b/, (name) => stands.get(name)!)
  }

  async function send({ method, path, body, raw, headers = {} }: Bad): Promise<ApiAnswer<ProblemAnswer>> {
    const filled = Object.entries(headers).map(([name, value]) => [name, filledIn(value)])
    return api.call<ProblemAnswer>(method, filledIn(path), body, {
      ...(raw === undefined ? {} : { raw }),
      headers: Object.fromEntries(filled),
    })
  }

  function expectProblem(answer: ApiAnswer<ProblemAnswer>, { status, code, detail }: Bad): void {
    expect({ status: answer.status, code: answer.body.code, errors: answer.body.errors }).toMatchObject({
      status,
      code,
      ...(detail ? { errors: expect.arrayContaining([expect.objectContaining({ path: detail[0], code: detail[1] })]) } : {}),
    }) // prettier-ignore
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) })
    // What to do, as sentences for people.
    for (const sentence of [answer.body.detail, ...answer.body.errors.map(({ message }) => message)])
      expect(sentence).toMatch(/^.{10,}[.?)]$/s)
  }

  describe.each([
    ['bodies that cannot be read', unreadable],
    ['shapes and types', wrongShapes],
    ['webhooks', badWebhooks],
    ['places', wrongPlaces],
    ['tokens', wrongTokens],
  ])('%s', (_group, cases) => {
    test.each(cases)('$title', async (one) => {
      expectProblem(await send(one), one)
      expect(await everything()).toEqual(before)
    })
  })

  test('everything wrong with a webhook is said at once', async () => {
    const answer = await api.post<ProblemAnswer>('/v1/webhooks', {
      name: '',
      events: ['lead.updated'],
      conditions: { combinator: 'and', rules: [{ field: 'current.prise', operator: '>', value: 1 }] },
      request: { url: 'ftp://10.0.0.7', headers: [{ name: 'Host', value: 'x' }] },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map(({ path }) => path).sort()).toEqual([
      'conditions.rules[0].field',
      'name',
      'request.headers[0].name',
      'request.url',
    ])
    expect(await everything()).toEqual(before)
  })

  test('a mistyped name is answered with the one that was meant', async () => {
    const type = await api.post<ProblemAnswer>('/v1/events', { ...call, type: 'lead.stage_chnged' })
    expect(type.body.errors[0]!.message).toContain('"lead.stage_changed"')
    const rules = [{ field: 'current.prise', operator: '>', value: 1 }]
    const field = await api.post<ProblemAnswer>('/v1/webhooks', {
      ...good,
      conditions: { combinator: 'and', rules },
    })
    expect(field.body.errors[0]!.message).toContain('"current.price"')
    const key = await api.post<ProblemAnswer>('/v1/webhooks', { ...good, evnts: [] })
    expect(key.body.errors[0]!.message).toContain('"events"')
  })

  test('a cursor that no answer held is refused, in whatever form it comes', async () => {
    const webhook = filledIn(':webhook')
    const run = await done(
      api.post<{ id: string }>('/v1/imports?kind=lead', undefined, {
        raw: '{"id":""}',
        headers: { 'content-type': 'application/x-ndjson' },
      }),
    )
    const forged: [path: string, list: string, place: string][] = [
      ['/v1/events?', 'events', 'evt_\0'],
      [`/v1/webhooks/${webhook}/versions?`, `versions ${webhook}`, 'NaN'],
      [`/v1/webhooks/${webhook}/versions?`, `versions ${webhook}`, '1e999'],
      [`/v1/imports/${run.id}/errors?`, `import errors ${run.id}`, '1.5'],
      ['/v1/records/lead?order=updated&', 'records lead updated', 'then 4831596'],
    ]
    for (const [path, list, place] of forged) {
      const cursor = Buffer.from(JSON.stringify([list, place])).toString('base64url')
      const { status, body } = await api.get<ProblemAnswer>(`${path}cursor=${cursor}`)
      expect([list, status, body.code]).toEqual([list, 400, 'bad_cursor'])
    }
  })

  test('in a batch each bad item is answered for itself, and the others are written', async () => {
    const { api: other } = await stage.server.newAccount()
    const { items } = await done(
      other.post<{ items: { status: number; problem?: ProblemAnswer; record?: { id: string } }[] }>(
        '/v1/records/batch',
        {
          items: [
            { kind: 'lead', id: '1', fields: { price: 1 } },
            { kind: 'lead', id: '2', fields: { price: 'dear' } },
            { kind: 'lead', id: '3', delete: true },
            { kind: 'lead', id: '4', fields: { price: 4 } },
          ],
        },
      ),
    )
    expect(items.map(({ status }) => status)).toEqual([201, 422, 404, 201])
    expect(items[1]!.problem).toMatchObject({ code: 'invalid', errors: [{ code: 'wrong_type' }] })
    expect((await listAll<{ id: string }>(other, '/v1/records/lead')).map(({ id }) => id)).toEqual(['1', '4'])
  })

  test('a strict account refuses what it does not know, and discovers nothing', async () => {
    const { api: strict } = await stage.server.newAccount()
    await declarePipeline(strict)
    await done(strict.patch('/v1/account', { strict: true }))
    const names = async () => [await listAll(strict, '/v1/fields'), await listAll(strict, '/v1/pipelines')]
    const atFirst = await names()
    for (const [fields, code, at] of [
      [{ colour: 'red' }, 'unknown_field', 'colour'],
      [{ pipeline_id: '1', stage_id: '2' }, 'unknown_pipeline', 'pipeline_id'],
      [{ pipeline_id: '752662', stage_id: '2' }, 'unknown_stage', 'stage_id'],
      [{ owner_id: '7' }, 'unknown_user', 'owner_id'],
    ] as const) {
      const answer = await strict.put<ProblemAnswer>('/v1/records/lead/1', fields)
      expect([answer.status, answer.body.errors.map(({ path, code }) => [path, code])]).toEqual([
        422,
        [[at, code]],
      ])
    }
    // Of many mistakes the first few are answered with what was meant: looking for it takes time.
    const mistyped = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`pric${index}`, 1]))
    const { body } = await strict.put<ProblemAnswer>('/v1/records/lead/1', mistyped)
    expect(body.errors.map(({ message }) => message.includes('"price"'))).toEqual(
      Array.from({ length: 8 }, (_, index) => index < 5),
    )
    expect(await names()).toEqual(atFirst)
    expect(await listAll(strict, '/v1/records/lead')).toEqual([])
  })

  test('a path of the inspector that nobody made is not found', async () => {
    const answer = await fetch(`${stage.server.url}/i/${'x'.repeat(24)}`, { method: 'POST', body: 'hello' })
    expect(answer.status).toBe(404)
  })
})
