import { describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, type Page, type ProblemAnswer } from '../support/api.ts'
import {
  createLead,
  declarePipeline,
  leadId,
  makeWebhook,
  moveLead,
  offerStage,
  pipelineId,
  deliveryIn,
  deliveryIdOf,
  wonStage,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { meanwhile, useStage } from '../support/stage.ts'

interface PreviewAnswer {
  verdict: string
  reason: string
  trace: {
    holds: boolean
    rows: { path: string; field: string; seen: unknown; previous?: unknown; holds: boolean }[]
  }
  event: EventAnswer
  request: { method: string; url: string; headers: [string, string][]; body: string | null } | null
  warnings: { path: string; code: string }[]
}

const preview = (api: Api, body: object) => done(api.post<PreviewAnswer>('/v1/webhooks/preview', body))
const refused = async (api: Api, body: object) => {
  const { status, body: problem } = await api.post<ProblemAnswer>('/v1/webhooks/preview', body)
  return { status, errors: problem.errors.map(({ path, code }) => ({ path, code })) }
}

const price = (operator: string, value: number) => ({
  combinator: 'and',
  rules: [
    { field: 'current.price', operator, value },
    { field: 'current.stage_id', operator: 'changedTo', value: wonStage },
  ],
})

describe.each(backends)('preview, on %s', (backend) => {
  const stage = useStage(backend)

  test('a draft on a past event: each row with what it saw, the request, and nothing sent', async () => {
    const { api, url, received } = await stage.scene()
    await declarePipeline(api)
    await createLead(api)
    const event_id = await moveLead(api)
    const webhook = {
      events: ['lead.stage_changed'],
      conditions: price('>', 10_000),
      request: { url: `${url}/{{ record.id }}`, auth: { type: 'bearer', token: 'very secret' } },
    }
    const answer = await preview(api, { webhook, event_id })
    expect(answer).toMatchObject({ verdict: 'fired', reason: 'fired', trace: { holds: true } })
    expect(answer.trace.rows).toMatchObject([
      { path: 'rules[0]', field: 'current.price', seen: 12_000, holds: true },
      { path: 'rules[1]', seen: wonStage, previous: offerStage, holds: true },
    ])
    expect(answer.trace.rows[0]).not.toHaveProperty('previous')
    expect(answer.request).toMatchObject({ method: 'POST', url: `${url}/${leadId}` })
    expect(answer.request!.headers).toContainEqual(['authorization', '••••••••'])
    expect(JSON.stringify(answer)).not.toContain('very secret')

    const skipped = await preview(api, { webhook: { ...webhook, conditions: price('>', 20_000) }, event_id })
    expect(skipped).toMatchObject({ verdict: 'skipped', reason: 'condition', trace: { holds: false } })
    expect(skipped.trace.rows.map(({ holds }) => holds)).toEqual([false, true])

    await meanwhile(stage, api)
    expect(received()).toEqual([])
    expect(
      (await done(api.get<Page<{ name: string }>>('/v1/webhooks'))).items.map(({ name }) => name),
    ).toEqual(['Meanwhile'])
  })

  test('shows the very bytes that delivery sends', async () => {
    const { api, url, arrivals } = await stage.scene()
    await declarePipeline(api)
    await createLead(api)
    const webhook = await makeWebhook(api, { url, events: ['lead.stage_changed'] })
    const event_id = await moveLead(api)
    const [request] = await arrivals(1)
    const answer = await preview(api, { webhook: { id: webhook.id }, event_id })
    expect(answer.request!.body).toBe(request!.body.toString())
    const delivery = await deliveryIn(api, await deliveryIdOf(api, event_id, webhook), 'delivered')
    const names = (headers: [string, string][]) => headers.map(([name]) => name)
    expect(names(answer.request!.headers)).toEqual(names(delivery.attempts[0]!.request!.headers))
  })

  test('a webhook with changes keeps its secrets, and says when a new address loses them', async () => {
    const { api, url } = await stage.scene()
    const webhook = await makeWebhook(api, { url, request: { auth: { type: 'bearer', token: 'secret' } } })
    const same = await preview(api, { webhook: { id: webhook.id, name: 'Renamed' }, sample: true })
    expect(same.request!.headers).toContainEqual(['authorization', '••••••••'])
    const moved = await preview(api, {
      webhook: { id: webhook.id, request: { url: 'https://elsewhere.example/' } },
    })
    expect(moved.warnings).toMatchObject([{ path: 'webhook.request.auth', code: 'secrets_cleared' }])
    expect(moved.request!.headers.map(([name]) => name)).not.toContain('authorization')
    expect(moved.event).toMatchObject({ type: 'lead.call_received', source: 'test' })
  })

  test('a record as it is, with the names of what it points at', async () => {
    const { api } = await stage.scene()
    await declarePipeline(api)
    await done(api.put('/v1/records/company/5', { name: 'ACME' }))
    await done(api.put('/v1/records/contact/88', { name: 'Ann', company_id: '5' }))
    await createLead(api, { contact_id: '88' })
    const webhook = {
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: pipelineId, stage_ids: [wonStage] }],
      request: { url: '', format: 'params', options: {} },
    }
    const record = { kind: 'lead', id: leadId }
    const answer = await preview(api, { webhook, record })
    expect(answer).toMatchObject({ verdict: 'skipped', reason: 'other_stage', request: null })
    expect(answer.event).toMatchObject({
      type: 'lead.stage_changed',
      current: { price: 12_000 },
      related: { contact: { name: 'Ann' }, company: { name: 'ACME' }, stage: { name: 'Offer' } },
    })
    const call = await preview(api, { webhook, record, type: 'lead.call_received' })
    expect(call).toMatchObject({ reason: 'not_subscribed', event: { type: 'lead.call_received' } })
    const missing = await api.post('/v1/webhooks/preview', { webhook, record: { kind: 'lead', id: '404' } })
    expect(missing.status).toBe(404)
  })

  test('an event that is made up: newly true, hours and loops are judged', async () => {
    const { api } = await stage.scene()
    const event = {
      type: 'lead.updated',
      record: { kind: 'lead', id: leadId },
      current: { price: 12_000 },
      previous: { price: 11_000 },
    }
    const conditions = {
      combinator: 'and',
      rules: [{ field: 'current.price', operator: '>', value: 10_000 }],
    }
    const webhook = { events: ['lead.updated'], conditions, fire: 'becomes_true' }
    expect((await preview(api, { webhook, event })).reason).toBe('not_newly_true')
    const risen = { ...event, previous: { price: 9000 } }
    expect((await preview(api, { webhook, event: risen })).reason).toBe('fired')
    const day = new Date().getUTCDay()
    const other = ((day + 2) % 7) + 1
    const active_hours = { days: [other], from: '10:00', to: '11:00', time_zone: 'UTC', outside: 'skip' }
    expect((await preview(api, { webhook: { ...webhook, active_hours }, event: risen })).reason).toBe(
      'active_hours',
    )
  })

  test('a webhook that caused the event itself would not fire for it', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url, events: ['lead.created', 'lead.updated'] })
    await done(api.put('/v1/records/lead/1', { name: 'ACME' }))
    const [request] = await arrivals(1)
    const answering = api.with({ 'hookline-cause': String(request!.headers['hookline-cause']) })
    const { events } = await done(
      answering.patch<{ events: { id: string }[] }>('/v1/records/lead/1', { name: 'ACME Ltd' }),
    )
    const answer = await preview(api, { webhook: { id: webhook.id }, event_id: events[0]!.id })
    expect(answer).toMatchObject({ verdict: 'skipped', reason: 'loop' })
  })

  test('what cannot be put into the request is a warning', async () => {
    const { api, url } = await stage.scene()
    const request = {
      url,
      format: 'template',
      options: { content_type: 'application/json', template: '{"name": {{ current.name }}}' },
    }
    const answer = await preview(api, {
      webhook: { events: ['lead.updated'], request },
      event: { type: 'lead.updated', record: { kind: 'lead', id: '1' }, current: { name: 'ACME' } },
    })
    expect(answer).toMatchObject({ verdict: 'fired', request: null })
    expect(answer.warnings.map(({ code }) => code)).toContain('cannot_render')
  })

  test('what is wrong is said by path', async () => {
    const { api } = await stage.scene()
    const webhook = { events: ['lead.updated'] }
    expect(await refused(api, { webhook: { events: ['lead.updatd'], delay_s: -1 } })).toEqual({
      status: 422,
      errors: expect.arrayContaining([
        { path: 'webhook.events[0]', code: 'unknown_event' },
        { path: 'webhook.delay_s', code: 'out_of_range' },
      ]),
    })
    expect(await refused(api, { webhook, sample: true, event_id: 'evt_1' })).toEqual({
      status: 422,
      errors: [{ path: 'sample', code: 'one_of' }],
    })
    expect(await refused(api, { webhook, type: 'lead.updatd' })).toMatchObject({
      errors: [{ path: 'type', code: 'unknown_event_type' }],
    })
    const event = { type: 'lead.nothing', record: { kind: 'lead', id: '1' } }
    expect(await refused(api, { webhook, event })).toMatchObject({
      errors: [{ path: 'event.type', code: 'unknown_event_type' }],
    })
    expect(
      await refused(api, { webhook: { ...webhook, request: { url: 'http://10.0.0.1/' } } }),
    ).toMatchObject({
      errors: [{ path: 'webhook.request.url', code: 'url_private_address' }],
    })
    expect((await refused(api, { webhook: { id: 'whk_none' } })).status).toBe(404)
    expect((await refused(api, { webhook: { ...webhook, colour: 'red' } })).status).toBe(422)
  })
})
