import { describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import {
  createLead,
  declarePipeline,
  makeWebhook,
  moveLead,
  offerStage,
  wonStage,
} from '../support/scenario.ts'
import { backends, startTestServer } from '../support/server.ts'
import { meanwhile, useStage } from '../support/stage.ts'

interface Job {
  id: string
  state: string
  progress: number
  since: string
  until: string
  warnings: { code: string }[]
  result: {
    evaluated: number
    fired: number
    reasons: Record<string, number>
    examples: { event_id: string; type: string; record: { id: string }; received_at: string }[]
    days: { date: string; evaluated: number; fired: number }[]
    reached: string
  } | null
}

const dayMs = 86_400_000

async function backtest(api: Api, body: object): Promise<Job & { result: NonNullable<Job['result']> }> {
  const answer = await api.post<Job>('/v1/webhooks/backtest', body)
  expect(answer.status).toBe(202)
  expect(answer.headers.get('location')).toBe(`/v1/webhooks/backtests/${answer.body.id}`)
  return eventually(async () => {
    const job = await done(api.get<Job>(`/v1/webhooks/backtests/${answer.body.id}`))
    expect(job.state).not.toBe('failed')
    return job.state === 'done' && (job as Job & { result: NonNullable<Job['result']> })
  })
}

const priced = (operator: string, value: number) => ({
  combinator: 'and',
  rules: [{ field: 'current.price', operator, value }],
})

/** Leads 1 to `count`, each priced as its number. */
async function createLeads(api: Api, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => ({
    kind: 'lead',
    id: String(index + 1),
    fields: { price: index + 1 },
  }))
  await done(api.post('/v1/records/batch', { items }))
}

describe.each(backends)('backtest, on %s', (backend) => {
  const stage = useStage(backend)

  test('how many would have fired, why not, which and on which day; nothing is sent', async () => {
    const { api, url, received } = await stage.scene()
    await createLeads(api, 450)
    stage.wind(dayMs)
    await createLeads(api, 450)
    stage.wind(dayMs)
    const posted = await done(
      api.post<{ events: { id: string }[] }>('/v1/records/lead', { id: '999', price: 999 }),
    )
    const webhook = { events: ['lead.created'], conditions: priced('>', 440), request: { url } }
    const { result, progress } = await backtest(api, { webhook, days: 3 })
    expect(progress).toBe(1)
    // The second batch changed nothing, so no events came of it.
    expect(result).toMatchObject({ evaluated: 451, fired: 11, reasons: { fired: 11, condition: 440 } })
    expect(result.examples).toHaveLength(11)
    expect(result.examples[0]).toMatchObject({ event_id: posted.events[0]!.id, record: { id: '999' } })
    expect(result.days.length).toBeGreaterThanOrEqual(4)
    expect(result.days.filter(({ evaluated }) => evaluated > 0)).toEqual([
      { date: expect.any(String), evaluated: 450, fired: 10 },
      { date: expect.any(String), evaluated: 1, fired: 1 },
    ])
    await meanwhile(stage, api)
    expect(received()).toEqual([])
    const { items } = await done(api.get<Page<{ name: string }>>('/v1/webhooks'))
    expect(items.map(({ name }) => name)).toEqual(['Meanwhile'])
  })

  test('only the newest events, or only the last days', async () => {
    const { api } = await stage.scene()
    await createLeads(api, 300)
    const webhook = { events: ['lead.*'] }
    const newest = await backtest(api, { webhook, events: 250 })
    expect(newest.result).toMatchObject({ evaluated: 250, fired: 250 })
    expect(Date.parse(newest.result.reached)).toBeGreaterThan(Date.parse(newest.since))
    expect(newest.result.examples).toHaveLength(20)
    stage.wind(5 * dayMs)
    const young = await backtest(api, { webhook, days: 2 })
    expect(young.result).toMatchObject({ evaluated: 0, fired: 0, examples: [], reached: young.since })
    expect(young.result.days.map(({ fired }) => fired)).toEqual(young.result.days.map(() => 0))
  })

  test('limits, newly true and scope count as they would have counted', async () => {
    const { api } = await stage.scene()
    await declarePipeline(api)
    await createLead(api)
    for (const stageId of [wonStage, offerStage, wonStage, offerStage, wonStage]) await moveLead(api, stageId)
    const webhook = { events: ['lead.stage_changed'], scope: [{ stage_ids: [wonStage] }] }
    expect((await backtest(api, { webhook })).result.reasons).toMatchObject({ fired: 3, other_stage: 3 })
    const once = await backtest(api, { webhook: { ...webhook, limits: { per_record: 1 } } })
    expect(once.result.reasons).toMatchObject({ fired: 1, limit: 2, other_stage: 3 })
    const true_once = await backtest(api, {
      webhook: { events: ['lead.*'], fire: 'becomes_true', conditions: priced('>', 10_000) },
    })
    expect(true_once.result.reasons['fired']).toBe(1)
    // A real webhook's own limit is untouched by a backtest.
    const real = await makeWebhook(api, {
      url: `${stage.receiver.url}/limited`,
      ...webhook,
      limits: { per_record: 1 },
    })
    await backtest(api, { webhook: { id: real.id } })
    await moveLead(api, offerStage)
    const moved = await moveLead(api, wonStage)
    const decisions = await done(
      api.get<{ items: { webhook_id: string; verdict: string }[] }>(`/v1/events/${moved}/decisions`),
    )
    expect(decisions.items.find(({ webhook_id }) => webhook_id === real.id)?.verdict).toBe('fired')
  })

  test('what is wrong is said by path, and accounts do not see each other’s', async () => {
    const { api } = await stage.scene()
    const other = await stage.scene()
    const refused = async (body: object) => {
      const answer = await api.post<ProblemAnswer>('/v1/webhooks/backtest', body)
      return [answer.status, ...answer.body.errors.map(({ path }) => path)]
    }
    const webhook = { events: ['lead.*'] }
    expect(await refused({ webhook, days: 31 })).toEqual([422, 'days'])
    expect(await refused({ webhook, events: 0 })).toEqual([422, 'events'])
    expect(await refused({ webhook: { events: ['led.*'] } })).toEqual([422, 'webhook.events[0]'])
    const { id } = await backtest(api, { webhook })
    expect((await other.api.get(`/v1/webhooks/backtests/${id}`)).status).toBe(404)
    expect((await other.api.delete(`/v1/webhooks/backtests/${id}`)).status).toBe(404)
    expect((await api.delete(`/v1/webhooks/backtests/${id}`)).status).toBe(204)
    expect((await api.get(`/v1/webhooks/backtests/${id}`)).status).toBe(404)
  })
})

test('only so many run at once; one that is stopped gives its place free', async () => {
  await using server = await startTestServer({
    backend: 'sqlite',
    environment: { HOOKLINE_BACKTESTS_MAX: '1' },
  })
  const { api } = server
  for (let batch = 0; batch < 5; batch++) {
    const items = Array.from({ length: 1000 }, (_, index) => ({
      kind: 'lead',
      id: `${batch}-${index}`,
      fields: {},
    }))
    await done(api.post('/v1/records/batch', { items }))
  }
  const start = () =>
    api.post<Job & ProblemAnswer>('/v1/webhooks/backtest', { webhook: { events: ['lead.*'] } })
  // Both are asked at once, and the first has 25 pages to read.
  const answers = await Promise.all([start(), start()])
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 429])
  const running = answers.find(({ status }) => status === 202)!.body
  expect((await api.delete(`/v1/webhooks/backtests/${running.id}`)).status).toBe(204)
  expect((await start()).status).toBe(202)
})
