/**
 * amoCRM's page "Webhooks in digital pipeline", with its contrast, the webhooks of the account's settings. The bodies are
 * typed in from the page's tables and samples; a form is read back by `qs`, which reads it as PHP's `$_POST` would.
 */
import { parse } from 'qs'
import { describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, type Page, type ProblemAnswer } from '../support/api.ts'
import { inTurn, retryAfter, status } from '../support/behaviours.ts'
import {
  eventIdIn,
  fromPreset,
  happens,
  requestsFor,
  type ShownWebhook,
  write,
} from '../support/crm-steps.ts'
import { eventually } from '../support/eventually.ts'
import {
  createLead,
  decisionOf,
  declarePipeline,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  moveLead,
  readWebhook,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { meanwhile, useStage } from '../support/stage.ts'

interface Case {
  /** The page's word for the event. */
  action: string
  event: string
  /** Makes it happen and answers the event's id. */
  act(api: Api): Promise<string>
  /** The body as the page writes it, less its stray braces. */
  json: string
  /** What `$_POST` holds. */
  post: object
}

/** The lead of the page's first sample, the lead of its second, the buyer of its third. */
async function setUp(api: Api): Promise<void> {
  await declarePipeline(api)
  await createLead(api)
  await write(api, 'lead', '4921027', { name: 'Deal', pipeline_id: 752662, stage_id: 16203334 })
  await write(api, 'customer', '4831596', { name: 'Buyer', period_id: 16203334 })
}

function onLead(action: string, activity: string, data: Record<string, unknown>): Case {
  return {
    action,
    event: `lead.${activity}`,
    act: async (api) => (await happens(api, 'lead', '4921027', activity, data)).id,
    json: `{"leads":{"${action}":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}`,
    post: { leads: { [action]: [{ id: '4921027', pipeline_id: '752662', status_id: '16203334' }] } },
  }
}

function onCustomer(action: string, activity: string, data: Record<string, unknown>): Case {
  return {
    action,
    event: `customer.${activity}`,
    act: async (api) => (await happens(api, 'customer', '4831596', activity, data)).id,
    json: `{"customers":{"${action}":[{"id":4831596,"period_id":16203334}]}}`,
    post: { customers: { [action]: [{ id: '4831596', period_id: '16203334' }] } },
  }
}

const cases: Case[] = [
  onLead('mail_in', 'email_received', { from: 'ann@acme.example', subject: 'Your offer' }),
  onLead('call_in', 'call_received', { from: '+48123456789', duration_s: 185 }),
  onLead('chat', 'chat_message_received', { text: 'Is it in stock?' }),
  onLead('site_visit', 'site_visited', { url: 'https://shop.example/prices' }),
  {
    action: 'status',
    event: 'lead.stage_changed',
    act: (api) => moveLead(api),
    json: '{"leads":{"status":[{"id":4831596,"old_pipeline_id":752662,"pipeline_id":752662,"old_status_id":16203334,"status_id":16203337}]}}',
    post: {
      leads: {
        status: [
          {
            id: '4831596',
            old_pipeline_id: '752662',
            pipeline_id: '752662',
            old_status_id: '16203334',
            status_id: '16203337',
          },
        ],
      },
    },
  },
  onCustomer('mail_in', 'email_received', { from: 'ann@acme.example' }),
  onCustomer('call_in', 'call_received', {}),
  onCustomer('chat', 'chat_message_received', { text: 'Hello' }),
  onCustomer('site_visit', 'site_visited', { url: 'https://shop.example/' }),
  {
    action: 'period',
    event: 'customer.period_changed',
    act: async (api) =>
      eventIdIn(await write(api, 'customer', '4831596', { period_id: 16203337 }), 'customer.period_changed'),
    json: '{"customers":{"period":[{"id":4831596,"old_period_id":16203334,"period_id":16203337}]}}',
    post: { customers: { period: [{ id: '4831596', old_period_id: '16203334', period_id: '16203337' }] } },
  },
]
const events = cases.map(({ event }) => event)

/** Names in the order in which they stand on the wire. */
function namesIn(form: string): string[] {
  return [...new URLSearchParams(form).keys()].map((name) => /\[(\w+)\]$/.exec(name)![1]!)
}

describe.each(backends)('amoCRM webhooks on %s', (backend) => {
  const stage = useStage(backend)

  test.each(cases)('$action ($event): the documented keys, as a form and as JSON', async (one) => {
    const { api, url, arrivals } = await stage.scene()
    await setUp(api)
    const form = await fromPreset(api, 'amocrm-pipeline', { name: 'Form', events, request: { url } })
    const json = await fromPreset(api, 'amocrm-pipeline', {
      name: 'JSON',
      events,
      request: { url, options: { body: 'pipeline', encoding: 'json' } },
    })
    const eventId = await one.act(api)
    const requests = requestsFor(await arrivals(2), eventId)
    const bodyOf = async (webhook: ShownWebhook) => {
      const { attempts } = await deliveryIn(api, await deliveryIdOf(api, eventId, webhook), 'delivered')
      expect(attempts).toHaveLength(1)
      const id = (await decisionOf(api, eventId, webhook)).delivery_id
      const [request, ...more] = requests.filter(({ headers }) => headers['webhook-id'] === id)
      expect(more).toEqual([])
      return {
        type: request!.headers['content-type'],
        method: request!.method,
        text: request!.body.toString(),
      }
    }
    const asJson = await bodyOf(json)
    expect(asJson).toEqual({ method: 'POST', type: 'application/json', text: one.json })
    const asForm = await bodyOf(form)
    expect(asForm).toMatchObject({ method: 'POST', type: 'application/x-www-form-urlencoded' })
    expect(parse(asForm.text)).toEqual(one.post)
    // JSON.parse and `$_POST` hold the same, in the same order.
    const [[entity]] = Object.values(JSON.parse(one.json)[one.post && Object.keys(one.post)[0]!]) as [
      object[],
    ]
    expect(namesIn(asForm.text)).toEqual(Object.keys(entity!))
  })

  test('the preset begins with the events of leads, sent once', async () => {
    const { api, url } = await stage.scene()
    const webhook = await fromPreset(api, 'amocrm-pipeline', { name: 'As it is', request: { url } })
    expect(webhook.events).toEqual(events.slice(0, 5))
    expect(webhook).toMatchObject({
      request: { method: 'POST', format: 'amocrm', options: { body: 'pipeline', encoding: 'form' } },
      delivery: { retry: { policy: 'once' }, on_gone: 'retry' },
    })
  })

  test('an event that the page does not know is refused, by name', async () => {
    const { api, url } = await stage.scene()
    const answer = await api.post<ProblemAnswer>('/v1/webhooks', {
      preset: 'amocrm-pipeline',
      name: 'Too much',
      events: ['lead.stage_changed', 'customer.stage_changed', 'lead.deleted'],
      request: { url },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path: 'request.format', code: 'cannot_express' }])
    for (const event of ['customer.stage_changed', 'lead.deleted'])
      expect(answer.body.errors[0]!.message).toContain(event)
    expect(answer.body.errors[0]!.message).not.toContain('lead.stage_changed')
  })

  test.each([
    ['500', status(500)],
    ['503 with Retry-After', retryAfter(503, 1)],
    ['429 with Retry-After', retryAfter(429, 1)],
    ['410', status(410)],
  ])('whatever the receiver answers (%s), it is sent once', async (_title, answer) => {
    const { api, url, received } = await stage.scene(answer)
    await setUp(api)
    const webhook = await fromPreset(api, 'amocrm-pipeline', {
      name: 'Once',
      events: ['lead.stage_changed'],
      request: { url },
    })
    const eventId = await moveLead(api)
    const delivery = await deliveryIn(api, await deliveryIdOf(api, eventId, webhook), 'dead')
    expect(delivery).toMatchObject({ reason: 'out_of_attempts', attempt_count: 1, due_at: null })
    stage.wind(86_400_000)
    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
    expect((await readWebhook(api, webhook)).status).toBe('active')
  })

  test('the account webhook is sent again when the receiver fails', async () => {
    const { api, url, arrivals } = await stage.scene(inTurn(status(500), status(410), status(200)))
    await setUp(api)
    const webhook = await fromPreset(api, 'amocrm-account', { name: 'Account', request: { url } })
    expect(webhook).toMatchObject({
      request: { format: 'amocrm', options: { body: 'account', encoding: 'form' } },
      delivery: { timeout_s: 2, on_gone: 'retry', disable_after_failures: 100 },
    })
    const eventId = await moveLead(api)
    const id = await deliveryIdOf(api, eventId, webhook)
    await deliveryIn(api, id, 'waiting')
    // 5 and 15 minutes, each up to a fifth more.
    stage.wind(361_000)
    await arrivals(2)
    await eventually(async () => (await deliveryIn(api, id, 'waiting')).attempt_count === 2)
    stage.wind(1_081_000)
    expect((await deliveryIn(api, id, 'delivered')).attempt_count).toBe(3)
    const requests = await arrivals(3)
    expect(new Set(requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]))
    const posted = parse(requests[2]!.body.toString()) as { leads: object; account: object }
    expect(posted.leads).toMatchObject({
      status: [
        {
          id: '4831596',
          name: 'Deal with ACME',
          price: '12000',
          status_id: '16203337',
          old_status_id: '16203334',
          pipeline_id: '752662',
          old_pipeline_id: '752662',
        },
      ],
    })
    expect(Object.keys(posted.account)).toEqual(['subdomain', 'id', '_links'])
  })

  test('the account webhook is off after 100 failures in a row, tells so, and works again when enabled', async () => {
    const { api, externalId, path, url, received } = await stage.scene(status(500))
    const webhook = await fromPreset(api, 'amocrm-account', { name: 'To the ERP', request: { url } })
    const alertPath = `/alert-${externalId}`
    const alertUrl = stage.receiver.url + alertPath
    const alert = await fromPreset(api, 'alert', { name: 'Pager', request: { url: alertUrl } })
    const alerts = () =>
      stage.receiver.requests
        .filter((request) => request.path === alertPath)
        .map(({ body }) => JSON.parse(body.toString()) as { type: string; data: { data: object } })

    let next = 0
    const failInARow = async (count: number) => {
      const before = (await readWebhook(api, webhook)).health.failures_in_a_row
      const items = Array.from({ length: count }, () => ({ kind: 'lead', id: `${next++}`, fields: {} }))
      await done(api.post('/v1/records/batch', { items }))
      return eventually(async () => {
        const now = await readWebhook(api, webhook)
        return now.health.failures_in_a_row === before + count && now
      })
    }

    // Sixty, a success, and ninety-nine: never a hundred in a row.
    await failInARow(60)
    stage.receiver.on(path, status(200))
    const good = eventIdIn(await write(api, 'lead', 'good', {}), 'lead.created')
    await deliveryIn(api, await deliveryIdOf(api, good, webhook), 'delivered')
    stage.receiver.on(path, status(500))
    expect((await readWebhook(api, webhook)).health.failures_in_a_row).toBe(0)
    expect((await failInARow(99)).status).toBe('active')
    await failInARow(1)
    const off = await eventually(async () => {
      const now = await readWebhook(api, webhook)
      return now.status !== 'active' && now
    })
    expect(off).toMatchObject({ status: 'disabled', status_reason: '100 failed attempts in a row' })

    await stage.receiver.waitFor(() => alerts().length >= 3)
    expect(
      alerts()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['webhook.disabled', 'webhook.failing', 'webhook.failing'])
    expect(alerts().find(({ type }) => type === 'webhook.disabled')!.data.data).toMatchObject({
      webhook_id: webhook.id,
      webhook_name: 'To the ERP',
      reason: '100 failed attempts in a row',
      failures_in_a_row: 100,
    })
    const told = await done(api.get<Page<EventAnswer>>('/v1/events?type=webhook.disabled'))
    expect(told.items).toHaveLength(1)
    expect((await decisionOf(api, told.items[0]!.id, alert)).verdict).toBe('fired')

    // What waited for its next attempt is canceled, and what happens now is only said to be missed.
    await eventually(async () => {
      const states = new Set((await deliveriesOf(api, webhook)).map(({ state }) => state))
      return states.size === 2 && states.has('canceled') && states.has('delivered')
    })
    const missed = eventIdIn(await write(api, 'lead', 'missed', {}), 'lead.created')
    expect(await decisionOf(api, missed, webhook)).toMatchObject({ verdict: 'skipped', reason: 'disabled' })
    const sentBefore = received().length

    stage.receiver.on(path, inTurn(status(500), status(200)))
    const on = await done(api.post<ShownWebhook>(`/v1/webhooks/${webhook.id}/enable`))
    expect(on).toMatchObject({ status: 'active', status_reason: null, health: { failures_in_a_row: 0 } })
    // A first failure afterwards is the first, not the hundred and first.
    expect((await failInARow(1)).status).toBe('active')
    const again = eventIdIn(await write(api, 'lead', 'again', {}), 'lead.created')
    await deliveryIn(api, await deliveryIdOf(api, again, webhook), 'delivered')
    expect(received()).toHaveLength(sentBefore + 2)
  })
})
