/** The demo data, as the pages of a console would find it, and an account after it is gone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  Api,
  DecisionAnswer,
  DeliveryAnswer,
  DeliveryWithAttempts,
  EventAnswer,
  Page,
  ProblemAnswer,
  RecordAnswer,
  WebhookAnswer,
} from '../support/api.ts'
import { done, listAll } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { makeWebhook } from '../support/scenario.ts'
import { backends, startTestServer, type TestAccount, type TestServer } from '../support/server.ts'

interface Counts {
  pipelines: number
  records: number
  users: number
  events: number
  deliveries: number
  webhooks: number
  inspectors: number
  sources: number
}

interface Named {
  id: string
  name: string
  origin: string
}

interface PipelineAnswer extends Named {
  kind: string
  stages: (Named & { color: string | null })[]
}

interface StatsAnswer {
  items: { events: number; deliveries: Record<string, number>; attempts: Record<string, number> }[]
}

const kinds = ['lead', 'opportunity', 'customer', 'contact', 'company', 'prospect', 'quote', 'sale', 'task']
const lists = [
  '/v1/webhooks',
  '/v1/events',
  '/v1/deliveries',
  '/v1/inspectors',
  '/v1/sources',
  '/v1/pipelines',
  '/v1/fields',
  '/v1/users',
  '/v1/replays',
  ...kinds.map((kind) => `/v1/records/${kind}`),
]
const dayMs = 86_400_000

/** The story differs from weekday to weekday, so these tests have theirs. */
const moments = { sqlite: '2026-11-20T14:00:00.000Z', postgres: '2026-11-22T02:30:00.000Z' }
/** Stands still: what the demo left waiting does not come due while it is looked at. */
let present = 0

function span(): string {
  const now = present + 1
  return `from=${new Date(now - 14 * dayMs).toISOString()}&to=${new Date(now).toISOString()}`
}

async function sizes(api: Api): Promise<Record<string, number>> {
  const found = await Promise.all(lists.map((path) => listAll(api, path)))
  return Object.fromEntries(lists.map((path, index) => [path, found[index]!.length]))
}

describe.each(backends)('the demo, on %s', (backend) => {
  let server: TestServer
  let account: TestAccount
  let api: Api
  let counts: Counts
  let webhooks: WebhookAnswer[]
  let deliveries: DeliveryAnswer[]
  let events: EventAnswer[]

  beforeAll(async () => {
    present = Date.parse(moments[backend])
    server = await startTestServer({ backend, machine: { clock: () => present } })
    account = await server.newAccount()
    api = account.api
    await done(api.patch('/v1/account', { language: 'pl', time_zone: 'Europe/Warsaw' }))
    counts = await done(api.post<Counts>('/v1/demo'))
    webhooks = await listAll<WebhookAnswer>(api, '/v1/webhooks')
    deliveries = await listAll<DeliveryAnswer>(api, '/v1/deliveries')
    events = await listAll<EventAnswer>(api, '/v1/events')
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
  })

  const named = (part: string) => webhooks.find(({ name }) => name.includes(part))!
  const of = ({ id }: WebhookAnswer) => deliveries.filter(({ webhook_id }) => webhook_id === id)

  test('it says how much there is, and lists hold as much', async () => {
    const found = await sizes(api)
    expect(found['/v1/webhooks']).toBe(counts.webhooks)
    expect(found['/v1/events']).toBe(counts.events)
    expect(found['/v1/deliveries']).toBe(counts.deliveries)
    expect(found['/v1/pipelines']).toBe(counts.pipelines)
    expect(found['/v1/users']).toBe(counts.users)
    expect(found['/v1/inspectors']).toBe(counts.inspectors)
    expect(found['/v1/sources']).toBe(counts.sources)
    expect(kinds.reduce((sum, kind) => sum + found[`/v1/records/${kind}`]!, 0)).toBe(counts.records)
    expect(counts).toMatchObject({ webhooks: 10, pipelines: 3, users: 9, inspectors: 3, sources: 2 })
    expect(counts.events).toBeGreaterThan(400)
    expect(counts.deliveries).toBeGreaterThan(400)
    expect(await done(api.get('/v1/demo'))).toEqual({ loaded: true, loaded_at: expect.any(String) as string })
  })

  test("its names are in the account's language, and some wait for a name", async () => {
    const pipelines = await listAll<PipelineAnswer>(api, '/v1/pipelines')
    const sales = pipelines.find(({ name }) => name === 'Sprzedaż')!
    expect(sales.stages.map(({ name }) => name)).toContain('Oferta wysłana')
    expect(sales.stages.every(({ color }) => color !== null)).toBe(true)
    const [unnamed] = pipelines.filter(({ origin }) => origin === 'discovered')
    expect(unnamed).toMatchObject({ name: unnamed!.id })
    expect(unnamed!.stages.map(({ origin }) => origin)).toEqual(['discovered', 'discovered'])
    const users = await listAll<Named>(api, '/v1/users')
    expect(users.filter(({ origin }) => origin === 'discovered')).toHaveLength(1)
    const fields = await listAll<{ kind: string; origin: string }>(api, '/v1/fields')
    expect(fields.filter(({ origin }) => origin === 'discovered').map(({ kind }) => kind)).toEqual(['lead'])
    const leads = await listAll<RecordAnswer>(api, '/v1/records/lead')
    expect(leads.some(({ fields: { state } }) => state === 'archived')).toBe(true)
    expect(leads.some(({ fields: { tags } }) => (tags as string[] | undefined)?.length)).toBe(true)
  })

  test('webhooks stand as they stand in life: active, paused, failing, switched off', () => {
    expect(named('arkusza').status).toBe('paused')
    expect(named('newslettera').status).not.toBe('paused')
    const off = named('starego newslettera')
    expect(off).toMatchObject({ status: 'disabled', status_reason: 'the receiver answered 410 Gone' })
    const erp = named('ERP')
    expect(erp.status).toBe('active')
    expect(erp.health.failures_in_a_row).toBe(9)
    expect(erp.health.circuit).toBe('closed')
    expect(erp.last_delivery).toMatchObject({ state: 'waiting' })
    expect(named('hurtowni').health.blocked_until).not.toBeNull()
    expect(webhooks.map(({ request }) => request.format)).toEqual(
      expect.arrayContaining(['standard', 'amocrm', 'salesmanago', 'params', 'template']),
    )
  })

  test('deliveries ended in every way, and some have not ended', async () => {
    const ends = new Set(deliveries.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state)))
    expect([...ends]).toEqual(
      expect.arrayContaining([
        'delivered',
        'waiting',
        'pending',
        'dead: out_of_attempts',
        'dead: gone',
        'canceled: by_user',
        'canceled: webhook_disabled',
      ]),
    )
    const codes = new Set(deliveries.map(({ last_status_code }) => last_status_code))
    expect([...codes]).toEqual(expect.arrayContaining([200, 201, 410, 429, 500, null]))
    expect(of(named('arkusza')).some(({ state }) => state === 'pending')).toBe(true)
    const waiting = of(named('ERP')).filter(({ state }) => state === 'waiting')
    expect(waiting.map(({ attempt_count }) => attempt_count).sort()).toEqual([2, 3, 4])
    expect(waiting.every(({ due_at }) => Date.parse(due_at!) > present)).toBe(true)
  })

  test('attempts hold what was sent and what came back, at the times of the story', async () => {
    const dead = of(named('księgowości')).find(({ state }) => state === 'dead')!
    const { attempts, created_at, settled_at } = await done(
      api.get<DeliveryWithAttempts>(`/v1/deliveries/${dead.id}`),
    )
    expect(attempts.map(({ number, outcome, reason }) => [number, outcome, reason])).toEqual([
      [1, 'retry', 'connect'],
      [2, 'retry', 'connect'],
      [3, 'retry', 'connect'],
    ])
    const times = [created_at, ...attempts.map(({ started_at }) => started_at), settled_at!]
    expect([...times].sort()).toEqual(times)
    expect(present - Date.parse(created_at)).toBeGreaterThan(4 * dayMs)
    expect(attempts.every(({ request }) => request?.method === 'GET')).toBe(true)

    const [waiting] = of(named('ERP')).filter(({ attempt_count }) => attempt_count === 4)
    const erp = await done(api.get<DeliveryWithAttempts>(`/v1/deliveries/${waiting!.id}`))
    const answered = erp.attempts.find(({ response }) => response)!
    expect(answered.response).toMatchObject({ status_code: 500, body: 'ORA-12541: TNS: no listener' })
    expect(JSON.parse(answered.request!.body!)).toMatchObject({ order: { currency: 'PLN' }, origin: 'crm' })
    expect(JSON.stringify(erp)).not.toContain('demo-token-of-the-erp')
  })

  test('every event says of every webhook why it fired or did not', async () => {
    const reasons = new Set<string>()
    const ids = new Set(webhooks.map(({ id }) => id))
    for (let start = 0; start < events.length; start += 50) {
      const some = events.slice(start, start + 50)
      const decided = await Promise.all(
        some.map(({ id }) => done(api.get<Page<DecisionAnswer>>(`/v1/events/${id}/decisions`))),
      )
      for (const decision of decided.flatMap(({ items }) => items)) {
        reasons.add(decision.reason)
        expect(ids).toContain(decision.webhook_id)
      }
    }
    expect([...reasons]).toEqual(
      expect.arrayContaining([
        'fired',
        'condition',
        'other_stage',
        'not_subscribed',
        'not_newly_true',
        'limit',
        'interval',
        'active_hours',
        'disabled',
      ]),
    )
  })

  test('events come by their time, and the server tells of its own', () => {
    const received = events.map(({ received_at }) => Date.parse(received_at))
    // Newest first; what a slow receiver led to may stand some seconds beside its place.
    for (let index = 1; index < received.length; index++)
      expect(received[index]! - received[index - 1]!).toBeLessThan(15_000)
    expect(present - received.at(-1)!).toBeGreaterThan(12 * dayMs)
    const types = new Set(events.map(({ type }) => type))
    expect([...types]).toEqual(
      expect.arrayContaining([
        'lead.created',
        'lead.stage_changed',
        'lead.won',
        'lead.reassigned',
        'lead.archived',
        'lead.site_visited',
        'lead.call_received',
        'lead.email_received',
        'lead.follow_up_logged',
        'customer.period_changed',
        'opportunity.stage_changed',
        'quote.created',
        'sale.created',
        'task.completed',
        'webhook.failing',
        'webhook.disabled',
        'delivery.dead',
      ]),
    )
    expect(new Set(events.map(({ source }) => source))).toEqual(
      new Set(['ui', 'site-tracker', 'amocrm', 'system']),
    )
  })

  test('counts over time add up to the deliveries, over many days', async () => {
    const { items } = await done(api.get<StatsAnswer>(`/v1/stats?bucket=day&${span()}`))
    expect(items.filter((day) => day.events > 20).length).toBeGreaterThanOrEqual(7)
    const sum = (key: string) => items.reduce((all, day) => all + (day.deliveries[key] ?? 0), 0)
    const count = (...states: string[]) => deliveries.filter(({ state }) => states.includes(state)).length
    expect(sum('delivered')).toBe(count('delivered'))
    expect(sum('dead')).toBe(count('dead'))
    expect(sum('canceled')).toBe(count('canceled'))
    expect(sum('pending')).toBe(count('pending', 'waiting', 'sending'))
    expect(items.reduce((all, day) => all + day.events, 0)).toBe(events.length)
    const erp = named('ERP')
    const own = await done(api.get<StatsAnswer>(`/v1/webhooks/${erp.id}/stats?bucket=day&${span()}`))
    expect(own.items.reduce((all, day) => all + day.attempts['retry']!, 0)).toBeGreaterThanOrEqual(9)
  })

  test('addresses of both kinds show what came in', async () => {
    const inspectors = await listAll<{ id: string; name: string; url: string }>(api, '/v1/inspectors')
    for (const { id } of inspectors) {
      const requests = await listAll<{ at: string; url: string }>(api, `/v1/inspectors/${id}/requests`)
      expect(requests.length).toBeGreaterThan(0)
    }
    expect(webhooks.every(({ request }) => inspectors.some(({ url }) => request.url.startsWith(url)))).toBe(
      true,
    )
    const sources = await listAll<{ id: string; adapter: string; calls: number; problems: number }>(
      api,
      '/v1/sources',
    )
    const site = sources.find(({ adapter }) => adapter === 'site-tracker')!
    expect(site.calls).toBeGreaterThan(20)
    const calls = await listAll<{ problems: { path: string }[] }>(api, `/v1/sources/${site.id}/calls`)
    expect(calls.map(({ problems }) => problems.map(({ path }) => path))).toEqual([['k']])
  })

  test('what happens from now on is sent for real', async () => {
    const { api: other } = await server.newAccount()
    await done(other.post('/v1/demo', { language: 'pl' }))
    const own = await listAll<WebhookAnswer>(other, '/v1/webhooks')
    const leads = await listAll<RecordAnswer>(other, '/v1/records/lead')
    const lead = leads.find(({ fields }) => fields['stage_id'] === '61204101')!
    await done(other.patch(`/v1/records/lead/${lead.id}`, { stage_id: '61204102' }))
    await eventually(async () => {
      const path = `/v1/deliveries?webhook_id=${own.find(({ name }) => name.includes('call center'))!.id}&limit=1`
      const [newest] = (await done(other.get<Page<DeliveryAnswer>>(path))).items
      return newest?.state === 'delivered' && newest.record.id === lead.id && newest.last_status_code === 200
    })
  })

  test('it is loaded once, and into an account that has nothing', async () => {
    const again = await api.post<ProblemAnswer>('/v1/demo', { language: 'en' })
    expect(again.body).toMatchObject({ status: 409, code: 'conflict' })
    expect(again.body.detail).toContain('DELETE /v1/demo')
    const withRecord = (await server.newAccount()).api
    await done(withRecord.put('/v1/records/company/1', { name: 'Mine' }))
    const withWebhook = (await server.newAccount()).api
    await makeWebhook(withWebhook, { url: 'https://erp.example/hooks' })
    const withUser = (await server.newAccount()).api
    await done(withUser.put('/v1/users/7305011', { name: 'Mine' }))
    for (const other of [withRecord, withWebhook, withUser]) {
      const before = await sizes(other)
      const refused = await other.post<ProblemAnswer>('/v1/demo')
      expect(refused.body).toMatchObject({ status: 409, code: 'conflict' })
      expect(await sizes(other)).toEqual(before)
      expect(await done(other.get('/v1/demo'))).toEqual({ loaded: false, loaded_at: null })
    }
    expect((await withUser.post('/v1/demo', { language: 'de' })).status).toBe(422)
  })

  test('two who load it at once get one demo', async () => {
    const { api: other } = await server.newAccount()
    const answers = await Promise.all([other.post('/v1/demo'), other.post('/v1/demo')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await listAll(other, '/v1/webhooks')).length).toBe(10)
  })

  test('a strict account gets it without what nobody has named', async () => {
    const { api: other } = await server.newAccount()
    await done(other.patch('/v1/account', { strict: true, language: 'pt-BR' }))
    await done(other.post('/v1/demo'))
    const pipelines = await listAll<PipelineAnswer>(other, '/v1/pipelines')
    expect(pipelines.map(({ name }) => name).sort()).toEqual(['Grandes contas', 'Vendas'])
  })

  test('removed, the account is as empty as before, others keep theirs, and it can be loaded again', async () => {
    const { api: other } = await server.newAccount()
    expect((await other.delete<ProblemAnswer>('/v1/demo')).body).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    const before = await sizes(other)
    await done(other.post('/v1/demo', { language: 'ru' }))
    const neighbour = await sizes(api)
    expect((await other.delete('/v1/demo')).status).toBe(204)
    expect(await sizes(other)).toEqual(before)
    expect(await sizes(api)).toEqual(neighbour)
    expect(await done(other.get('/v1/demo'))).toEqual({ loaded: false, loaded_at: null })
    const stats = await done(other.get<StatsAnswer>(`/v1/stats?bucket=day&${span()}`))
    expect(stats.items.every((day) => day.events === 0)).toBe(true)
    expect((await other.delete('/v1/demo')).status).toBe(404)
    expect((await other.post('/v1/demo', { language: 'en' })).status).toBe(201)
  })

  test('what somebody made beside it stays', async () => {
    const { api: other } = await server.newAccount()
    await done(other.post('/v1/demo'))
    const own = await makeWebhook(other, { url: 'https://erp.example/hooks', events: ['company.*'] })
    await done(other.put('/v1/records/company/mine', { name: 'Mine' }))
    await done(other.patch('/v1/records/company/4101001', { name: 'Theirs' }))
    expect((await other.delete('/v1/demo')).status).toBe(204)
    expect((await listAll<WebhookAnswer>(other, '/v1/webhooks')).map(({ id }) => id)).toEqual([own.id])
    expect((await listAll<RecordAnswer>(other, '/v1/records/company')).map(({ id }) => id)).toEqual(['mine'])
    const left = await listAll<EventAnswer>(other, '/v1/events')
    expect(left.map(({ record }) => record.id)).toEqual(['mine'])
    const sent = await listAll<DeliveryAnswer>(other, '/v1/deliveries')
    expect(sent.every(({ record }) => record.id === 'mine')).toBe(true)
  })
})
