/**
 * The widget "Webhooks in the digital pipeline", step by step as its page goes: a trigger on a stage, a condition and an
 * event, then URL, method and parameters, and the result in the service that shows requests.
 */
import { parse } from 'qs'
import { describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { eventIdIn, fromPreset, type ShownWebhook, write } from '../support/crm-steps.ts'
import {
  createLead,
  decisionOf,
  declarePipeline,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  moveLead,
  offerStage,
  pipelineId,
  wonStage,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

interface InspectorRequest {
  method: string
  url: string
  query: string
  headers: [name: string, value: string][]
  body: string
}

const onWon = { scope: [{ pipeline_id: pipelineId, stage_ids: [wonStage] }] }
const dearer = {
  conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
}

/** Fields of the deal, and a value written by hand. */
const params = [
  { name: 'lead_id', from: 'field', value: 'record.id' },
  { name: 'lead_name', from: 'field', value: 'current.name' },
  { name: 'price', from: 'field', value: 'current.price' },
  { name: 'source_of_deal', from: 'field', value: 'current.utm_source' },
  { name: 'text', from: 'value', value: 'Сделка & победа' },
]
const sent = {
  lead_id: '4831596',
  lead_name: 'Deal with ACME',
  price: '12000',
  source_of_deal: '',
  text: 'Сделка & победа',
}

describe.each(backends)('the amoCRM widget on %s', (backend) => {
  const stage = useStage(backend)

  /** An account with the pipeline and its lead, and the page that shows requests, opened on a new address. */
  async function scene() {
    const { api } = await stage.server.newAccount()
    await declarePipeline(api)
    await createLead(api)
    const inspector = await done(api.post<{ id: string; url: string }>('/v1/inspectors', {}))
    return {
      api,
      url: inspector.url,
      async shown(): Promise<InspectorRequest[]> {
        const path = `/v1/inspectors/${inspector.id}/requests`
        return (await done(api.get<Page<InspectorRequest>>(path))).items
      },
    }
  }

  async function deliveredTo(api: Api, webhook: ShownWebhook, eventId: string): Promise<void> {
    await deliveryIn(api, await deliveryIdOf(api, eventId, webhook), 'delivered')
  }

  test('POST: the parameters come in the body, and the inspector shows the request', async () => {
    const { api, url, shown } = await scene()
    const webhook = await fromPreset(api, 'pipeline-trigger', {
      name: 'Выиграно',
      ...onWon,
      ...dearer,
      request: { url, options: { encoding: 'form', params } },
    })
    // What the user did not touch is what the widget's form begins with.
    expect(webhook).toMatchObject({
      events: ['lead.stage_changed'],
      entering: 'moved_or_created',
      status: 'active',
      warnings: [],
      request: { method: 'POST', format: 'params' },
    })
    await deliveredTo(api, webhook, await moveLead(api))
    const requests = await shown()
    expect(requests.map(({ method }) => method)).toEqual(['POST'])
    expect(Object.fromEntries(requests[0]!.headers)['content-type']).toBe('application/x-www-form-urlencoded')
    expect(parse(requests[0]!.body)).toEqual(sent)
    expect(requests[0]!.query).toBe('')
  })

  test('GET: the same parameters stand in the address, behind what it holds already', async () => {
    const { api, url, shown } = await scene()
    const webhook = await fromPreset(api, 'pipeline-trigger', {
      name: 'По GET',
      ...onWon,
      ...dearer,
      request: { url: `${url}?shop=7`, method: 'GET', options: { params } },
    })
    await deliveredTo(api, webhook, await moveLead(api))
    const [request, ...more] = await shown()
    expect(more).toEqual([])
    expect(request).toMatchObject({ method: 'GET', body: '' })
    expect(parse(request!.query)).toEqual({ shop: '7', ...sent })
  })

  test('the preset alone sends the fields of the deal that handlers ask for', async () => {
    const { api, url, shown } = await scene()
    const webhook = await fromPreset(api, 'pipeline-trigger', {
      name: 'Как есть',
      ...onWon,
      request: { url },
    })
    await deliveredTo(api, webhook, await moveLead(api))
    expect(parse((await shown())[0]!.body)).toEqual({
      lead_id: '4831596',
      lead_name: 'Deal with ACME',
      price: '12000',
      pipeline_id: '752662',
      status_id: '16203337',
      responsible_user_id: '',
    })
  })

  test('a deal that is created on the stage fires it, too', async () => {
    const { api, url, shown } = await scene()
    const webhook = await fromPreset(api, 'pipeline-trigger', {
      name: 'Сразу',
      ...onWon,
      request: { url, options: { encoding: 'form', params: params.slice(0, 1) } },
    })
    const created = await write(api, 'lead', '77', { pipeline_id: pipelineId, stage_id: wonStage })
    await deliveredTo(api, webhook, eventIdIn(created, 'lead.created'))
    expect((await shown()).map(({ body }) => body)).toEqual(['lead_id=77'])
  })

  test('another stage and a condition that does not hold send nothing, and say why', async () => {
    const { api, url, shown } = await scene()
    const request = { url }
    const elsewhere = await fromPreset(api, 'pipeline-trigger', {
      name: 'Другой этап',
      scope: [{ pipeline_id: pipelineId, stage_ids: [offerStage] }],
      request,
    })
    const dear = await fromPreset(api, 'pipeline-trigger', { name: 'Дорогие', ...onWon, ...dearer, request })
    await write(api, 'lead', '4831596', { price: 9999 })
    const eventId = await moveLead(api)
    expect(await decisionOf(api, eventId, elsewhere)).toMatchObject({
      verdict: 'skipped',
      reason: 'other_stage',
      delivery_id: null,
    })
    expect(await decisionOf(api, eventId, dear)).toMatchObject({
      verdict: 'skipped',
      reason: 'condition',
      failed: [{ path: 'rules[0]', field: 'current.price', operator: '>', expected: 10000, seen: 9999 }],
    })
    for (const webhook of [elsewhere, dear]) expect(await deliveriesOf(api, webhook)).toEqual([])
    // Back on the first stage with the price it asks for, the other one fires: the address does work.
    await deliveredTo(api, elsewhere, await moveLead(api, offerStage))
    expect(await shown()).toHaveLength(1)
  })

  test('a name that is not snake_case is warned of; one that is not Latin is refused with a suggestion', async () => {
    const { api, url, shown } = await scene()
    const named = (name: string) => ({
      preset: 'pipeline-trigger',
      name: 'Имена',
      ...onWon,
      request: { url, options: { encoding: 'form', params: [{ ...params[0], name }] } },
    })
    const refused = await api.post<ProblemAnswer>('/v1/webhooks', named('Номер сделки'))
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([
      { path: 'request.options.params[0].name', code: 'bad_param_name' },
    ])
    expect(refused.body.errors[0]!.message).toContain('"nomer_sdelki"')

    const webhook = await done(api.post<ShownWebhook>('/v1/webhooks', named('leadId')))
    expect(webhook.warnings).toMatchObject([
      { path: 'request.options.params[0].name', code: 'not_snake_case' },
    ])
    expect(webhook.warnings[0]!.message).toContain('"lead_id"')
    await deliveredTo(api, webhook, await moveLead(api))
    expect((await shown())[0]!.body).toBe('leadId=4831596')
  })

  test('without a stage there is nothing to stand on', async () => {
    const { api, url } = await scene()
    const answer = await api.post<ProblemAnswer>('/v1/webhooks', {
      preset: 'pipeline-trigger',
      name: 'Нигде',
      request: { url },
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
    expect(answer.body.errors).toMatchObject([{ path: 'entering', code: 'needs_scope' }])
  })
})
