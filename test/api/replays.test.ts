/** What a replay can be asked for, and what it cannot. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Api,
  type DeliveryAnswer,
  done,
  type Page,
  type ProblemAnswer,
  type ReplayAnswer,
} from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { deliveriesOf, deliveryIdOf, deliveryIn, makeWebhook, sendCall } from '../support/scenario.ts'
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

/** To an inspector of the account; `rejected` ones name a field that is no path. */
async function sent(): Promise<{ webhook: { id: string }; delivery: string }> {
  const { url } = await done(api.post<{ url: string }>('/v1/inspectors'))
  const webhook = await makeWebhook(api, { url })
  const { id } = await sendCall(api)
  const delivery = await deliveryIdOf(api, id, webhook)
  await deliveryIn(api, delivery, 'delivered')
  return { webhook, delivery }
}

const start = (body: unknown) => api.post<ReplayAnswer & ProblemAnswer>('/v1/replays', body)

describe('a replay that cannot be', () => {
  test.each<[string, unknown, string, string]>([
    ['nothing named', {}, '', 'bad_replay'],
    ['an empty filter', { filter: {} }, '', 'bad_replay'],
    [
      'named and filtered',
      { delivery_ids: ['dlv_1'], filter: { states: ['dead'] } },
      'delivery_ids',
      'bad_replay',
    ],
    ['named of a webhook', { delivery_ids: ['dlv_1'], webhook_id: 'whk_1' }, 'delivery_ids', 'bad_replay'],
    ['unknown deliveries', { delivery_ids: ['dlv_1'] }, 'delivery_ids[0]', 'not_found'],
    ['no deliveries', { delivery_ids: [] }, 'delivery_ids', 'too_few'],
    ['misses of nobody', { missed: true }, 'webhook_id', 'bad_replay'],
    ['misses byte for byte', { webhook_id: 'whk_1', missed: true, mode: 'bytes' }, 'mode', 'bad_replay'],
    ['misses: false', { webhook_id: 'whk_1', missed: false }, 'missed', 'not_a_choice'],
    [
      'misses of a type',
      { webhook_id: 'whk_1', missed: true, filter: { event_type: 'lead.created' } },
      'filter.event_type',
      'bad_replay',
    ],
    ['unsettled states', { filter: { states: ['waiting'] } }, 'filter.states[0]', 'not_a_choice'],
    ['sent again: perhaps', { filter: { sent_again: 'no' } }, 'filter.sent_again', 'wrong_type'],
    ['a time that is none', { filter: { since: 'yesterday' } }, 'filter.since', 'bad_time'],
    ['no pace', { filter: { states: ['dead'] }, pace_per_s: 0 }, 'pace_per_s', 'out_of_range'],
    ['another mode', { filter: { states: ['dead'] }, mode: 'raw' }, 'mode', 'not_a_choice'],
    ['a key that is none', { filter: { state: ['dead'] } }, 'filter.state', 'unknown_key'],
  ])('%s', async (_what, body, path, code) => {
    const answer = await start(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path, code }])
  })

  test('of a webhook that does not exist or is disabled', async () => {
    const { webhook, delivery } = await sent()
    expect(await start({ webhook_id: 'whk_none' })).toMatchObject({ status: 404 })
    await done(api.post(`/v1/webhooks/${webhook.id}/disable`))
    expect(await start({ webhook_id: webhook.id })).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await api.post(`/v1/deliveries/${delivery}/replay`)).toMatchObject({ status: 409 })
    // Of all webhooks, it passes over those that are disabled.
    const { body } = await start({ delivery_ids: [delivery] })
    await eventually(async () => (await done(api.get<ReplayAnswer>(`/v1/replays/${body.id}`))).skipped === 1)
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    expect(await api.post(`/v1/deliveries/${delivery}/replay`)).toMatchObject({ status: 404 })
  })

  test('of a delivery that is not settled', async () => {
    const { webhook } = await sent()
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const pending = await deliveryIdOf(api, (await sendCall(api)).id, webhook)
    expect(await api.post(`/v1/deliveries/${pending}/replay`)).toMatchObject({ status: 409 })
    const { status, body } = await start({ delivery_ids: [pending] })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ path: 'delivery_ids[0]', code: 'not_settled' }])
  })

  test.each<[string, unknown, string]>([
    ['an attempt without bytes', { attempt_id: 'att_1' }, 'attempt_id'],
    ['an attempt of another', { mode: 'bytes', attempt_id: 'att_1' }, 'attempt_id'],
    ['another mode', { mode: 'raw' }, 'mode'],
    ['a key that is none', { attempt: 'att_1' }, 'attempt'],
  ])('of one delivery: %s', async (_what, body, path) => {
    const { delivery } = await sent()
    const answer = await api.post<ProblemAnswer>(`/v1/deliveries/${delivery}/replay`, body)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })
})

test('deliveries and replays of another account do not exist', async () => {
  const { delivery } = await sent()
  const { body: replay } = await start({ delivery_ids: [delivery] })
  const other = (await server.newAccount()).api
  expect((await other.post(`/v1/deliveries/${delivery}/replay`)).status).toBe(404)
  expect((await other.post('/v1/replays', { delivery_ids: [delivery] })).status).toBe(422)
  expect((await other.get(`/v1/replays/${replay.id}`)).status).toBe(404)
  expect((await other.post(`/v1/replays/${replay.id}/cancel`)).status).toBe(404)
  expect((await done(other.get<Page<ReplayAnswer>>('/v1/replays'))).items).toEqual([])
})

test('a token that only reads sees replays and starts none', async () => {
  const { delivery } = await sent()
  const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'read', name: 'Reader' }))
  const reader = api.with({ authorization: `Bearer ${token}` })
  expect((await reader.get('/v1/replays')).status).toBe(200)
  expect((await reader.post('/v1/replays', { delivery_ids: [delivery] })).status).toBe(403)
  expect((await reader.post(`/v1/deliveries/${delivery}/replay`)).status).toBe(403)
})

test('under an Idempotency-Key it is made once', async () => {
  const { webhook, delivery } = await sent()
  const options = { headers: { 'idempotency-key': 'once' } }
  const path = `/v1/deliveries/${delivery}/replay`
  const [first, second] = [
    await done(api.post<DeliveryAnswer>(path, { mode: 'render' }, options)),
    await done(api.post<DeliveryAnswer>(path, { mode: 'render' }, options)),
  ]
  expect(second).toEqual(first)
  expect(await deliveriesOf(api, webhook)).toHaveLength(2)
  const many = { delivery_ids: [delivery] }
  const started = await done(api.post<ReplayAnswer>('/v1/replays', many, options))
  expect(await done(api.post<ReplayAnswer>('/v1/replays', many, options))).toEqual(started)
  expect((await done(api.get<Page<ReplayAnswer>>('/v1/replays'))).items).toHaveLength(1)
})

test('what it goes over is shown as it was asked for', async () => {
  const filter = {
    event_type: 'lead.call_received',
    record: { kind: 'lead', id: '1' },
    states: ['delivered', 'canceled'],
    status_code: 200,
    replay_id: 'rpl_1',
    sent_again: false,
    since: '2026-11-20T09:00:00.000Z',
    until: '2026-11-21T09:00:00.000Z',
  }
  const { body } = await start({ filter, mode: 'bytes', pace_per_s: 7 })
  expect(body).toMatchObject({ webhook_id: null, of: 'filter', filter, mode: 'bytes', pace_per_s: 7 })
  expect(body.made_by).toMatch(/^token tok_/)
})
