import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { amocrmPipeline } from '../golden/amocrm-pipeline.ts'
import { paramRows, paramsForm, paramsJson, paramsQuery, standardBody } from '../golden/main-job.ts'
import { type Api, done, type EventAnswer, type WebhookAnswer } from '../support/api.ts'
import type { ReceivedRequest } from '../support/receiver.ts'
import {
  createLead,
  decisionOf,
  decisionsOf,
  declarePipeline,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  moveLead,
  offerStage,
  pipelineId,
  readWebhook,
  secretOf,
  wonStage,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const stageChange = amocrmPipeline.find(({ type }) => type === 'lead.stage_changed')!
const mask = '••••••••'

const intoWon = {
  events: ['lead.stage_changed'],
  scope: [{ pipeline_id: pipelineId, stage_ids: [wonStage] }],
  conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
}

describe.each(backends)('the main job on %s', (backend) => {
  const stage = useStage(backend)

  /** An account with the pipeline and the lead, and a path of the receiver for each test. */
  async function scene() {
    const { api, externalId } = await stage.server.newAccount()
    await declarePipeline(api)
    await createLead(api)
    const path = `/${externalId}`
    return {
      api,
      url: stage.receiver.url + path,
      at: (name: string) => `${stage.receiver.url}${path}/${name}`,
    }
  }

  /** The one request that came to this URL. */
  async function arrived(url: string): Promise<ReceivedRequest> {
    const path = new URL(url).pathname
    const requests = await stage.receiver.waitFor((all) => all.some((request) => request.path === path))
    const [request, ...more] = requests.filter((one) => one.path === path)
    expect(more).toEqual([])
    return request!
  }

  async function verify(api: Api, webhook: WebhookAnswer, request: ReceivedRequest): Promise<void> {
    const { secret } = await secretOf(api, webhook)
    const headers = request.headers as Record<string, string>
    expect(() => new Webhook(secret).verify(request.body, headers, { jsonParse: false })).not.toThrow()
    const forged = Buffer.concat([request.body, Buffer.from(' ')])
    expect(() => new Webhook(secret).verify(forged, headers, { jsonParse: false })).toThrow(/signature/)
  }

  async function delivered(api: Api, eventId: string, webhook: WebhookAnswer) {
    return deliveryIn(api, await deliveryIdOf(api, eventId, webhook), 'delivered')
  }

  test('a lead moves: the body arrives signed, and delivery, attempt and all decisions can be read back', async () => {
    const { api, at } = await scene()
    const amocrm = { ...intoWon, request: { format: 'amocrm' } }
    const form = await makeWebhook(api, { name: 'Form', url: at('form'), ...amocrm })
    const json = await makeWebhook(api, {
      name: 'JSON',
      url: at('json'),
      ...intoWon,
      request: { format: 'amocrm', options: { encoding: 'json' } },
    })
    const otherStage = await makeWebhook(api, {
      name: 'Other stage',
      url: at('none'),
      ...amocrm,
      scope: [{ pipeline_id: pipelineId, stage_ids: [offerStage] }],
    })
    const tooDear = await makeWebhook(api, {
      name: 'Too dear',
      url: at('none'),
      ...amocrm,
      conditions: {
        combinator: 'and',
        rules: [
          { field: 'current.price', operator: '>', value: 10000 },
          {
            combinator: 'or',
            rules: [
              { field: 'current.price', operator: '>', value: 50000 },
              { field: 'current.name', operator: 'contains', value: 'Globex' },
            ],
          },
        ],
      },
    })
    const disabled = await makeWebhook(api, { name: 'Disabled', url: at('none'), ...amocrm })
    await done(api.post(`/v1/webhooks/${disabled.id}/disable`))
    const notSubscribed = await makeWebhook(api, {
      name: 'Contacts',
      url: at('none'),
      events: ['contact.*'],
    })

    const eventId = await moveLead(api)

    const formRequest = await arrived(at('form'))
    expect(formRequest.method).toBe('POST')
    expect(formRequest.body.toString()).toBe(stageChange.form)
    expect(formRequest.headers['content-type']).toBe('application/x-www-form-urlencoded')
    await verify(api, form, formRequest)
    const jsonRequest = await arrived(at('json'))
    expect(jsonRequest.body.toString()).toBe(stageChange.json)
    expect(jsonRequest.headers['content-type']).toBe('application/json')
    await verify(api, json, jsonRequest)

    const delivery = await delivered(api, eventId, form)
    expect(delivery).toMatchObject({
      id: formRequest.headers['webhook-id'],
      webhook_id: form.id,
      event_id: eventId,
      event_type: 'lead.stage_changed',
      record: { kind: 'lead', id: '4831596' },
      purpose: 'event',
      state: 'delivered',
      reason: null,
      attempt_count: 1,
      due_at: null,
      last_status_code: 200,
    })
    expect(delivery.attempts).toHaveLength(1)
    const [attempt] = delivery.attempts
    expect(attempt).toMatchObject({
      number: 1,
      webhook_version: 1,
      outcome: 'delivered',
      reason: null,
      late: false,
    })
    expect(attempt!.request).toMatchObject({
      method: 'POST',
      url: at('form'),
      body: stageChange.form,
      body_encoding: 'utf8',
    })
    expect(attempt!.response).toMatchObject({ status_code: 200, truncated: false })
    for (const name of ['webhook-id', 'webhook-timestamp', 'hookline-event-id', 'hookline-attempt'])
      expect(Object.fromEntries(attempt!.request!.headers)[name]).toBe(formRequest.headers[name])

    const decisions = await decisionsOf(api, eventId)
    const of = (webhook: WebhookAnswer) => decisions.filter(({ webhook_id }) => webhook_id === webhook.id)
    expect(decisions).toHaveLength(6)
    expect(of(form)).toEqual([
      {
        webhook_id: form.id,
        webhook_name: 'Form',
        webhook_version: 1,
        verdict: 'fired',
        reason: 'fired',
        failed: [],
        delivery_id: delivery.id,
      },
    ])
    expect(of(json)).toMatchObject([{ verdict: 'fired' }])
    const skipped = { verdict: 'skipped', delivery_id: null }
    expect(of(otherStage)).toMatchObject([{ ...skipped, reason: 'other_stage', failed: [] }])
    expect(of(disabled)).toMatchObject([{ ...skipped, reason: 'disabled', webhook_version: 2 }])
    expect(of(notSubscribed)).toMatchObject([{ ...skipped, reason: 'not_subscribed' }])
    expect(of(tooDear)).toMatchObject([{ ...skipped, reason: 'condition' }])
    expect(of(tooDear)[0]!.failed).toEqual([
      {
        path: 'rules[1].rules[0]',
        field: 'current.price',
        operator: '>',
        expected: 50000,
        seen: 12000,
      },
      {
        path: 'rules[1].rules[1]',
        field: 'current.name',
        operator: 'contains',
        expected: 'Globex',
        seen: 'Deal with ACME',
      },
    ])
    for (const webhook of [otherStage, tooDear, disabled, notSubscribed])
      expect(await deliveriesOf(api, webhook)).toEqual([])
    expect((await readWebhook(api, form)).last_delivery).toMatchObject({
      id: delivery.id,
      state: 'delivered',
      status_code: 200,
    })
  })

  test('decisions stay as they were when webhooks are edited and deleted', async () => {
    const { api, at } = await scene()
    const fires = await makeWebhook(api, { name: 'Fires', url: at('fires'), ...intoWon })
    const otherStage = await makeWebhook(api, {
      name: 'Other stage',
      url: at('none'),
      ...intoWon,
      scope: [{ stage_ids: [offerStage] }],
    })
    const tooDear = await makeWebhook(api, {
      name: 'Too dear',
      url: at('none'),
      ...intoWon,
      conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 50000 }] },
    })
    const notSubscribed = await makeWebhook(api, { name: 'Deaf', url: at('none'), events: ['contact.*'] })
    const disabled = await makeWebhook(api, { name: 'Disabled', url: at('none'), ...intoWon })
    await done(api.post(`/v1/webhooks/${disabled.id}/disable`))
    const all = [fires, otherStage, tooDear, notSubscribed, disabled]
    const eventId = await moveLead(api)
    await arrived(at('fires'))
    const before = await decisionsOf(api, eventId)
    const byId = new Map(before.map(({ webhook_id, reason }) => [webhook_id, reason]))
    expect(all.map(({ id }) => byId.get(id))).toEqual([
      'fired',
      'other_stage',
      'condition',
      'not_subscribed',
      'disabled',
    ])

    for (const { id } of all) {
      const change = {
        name: 'Edited',
        events: ['lead.*'],
        scope: [],
        conditions: { combinator: 'and', rules: [] },
      }
      await done(api.patch(`/v1/webhooks/${id}`, change))
    }
    await done(api.post(`/v1/webhooks/${disabled.id}/enable`))
    await makeWebhook(api, { name: 'Later', url: at('later'), ...intoWon })
    expect(await decisionsOf(api, eventId)).toEqual(before)

    for (const { id } of all) await done(api.delete(`/v1/webhooks/${id}`))
    expect(await decisionsOf(api, eventId)).toEqual(before)
    expect(before).toHaveLength(5)
  })

  test('basic, bearer and own headers are sent, and masked wherever they are shown', async () => {
    const { api, at } = await scene()
    const make = (name: string, auth: Record<string, string>, headers: { name: string; value: string }[]) =>
      makeWebhook(api, { name, url: at(name), ...intoWon, request: { auth, headers } })
    const basic = await make('basic', { type: 'basic', username: 'zoë', password: 'geheim: 1' }, [
      { name: 'X-Shop', value: 'shop-secret' },
    ])
    const bearer = await make('bearer', { type: 'bearer', token: 'bearer-secret' }, [])
    const header = await make('header', { type: 'header', name: 'X-Api-Key', value: 'key-secret' }, [])
    const eventId = await moveLead(api)

    const { headers } = await arrived(at('basic'))
    // RFC 7617 with UTF-8, worked out by hand: base64 of "zoë:geheim: 1".
    expect(headers['authorization']).toBe('Basic em/DqzpnZWhlaW06IDE=')
    expect(headers['x-shop']).toBe('shop-secret')
    expect((await arrived(at('bearer'))).headers['authorization']).toBe('Bearer bearer-secret')
    expect((await arrived(at('header'))).headers['x-api-key']).toBe('key-secret')

    expect(basic.request.auth).toEqual({ type: 'basic', username: 'zoë', password: mask })
    expect(basic.request.headers).toEqual([{ name: 'X-Shop', value: mask }])
    expect(bearer.request.auth).toEqual({ type: 'bearer', token: mask })
    expect(header.request.auth).toEqual({ type: 'header', name: 'X-Api-Key', value: mask })
    for (const webhook of [basic, bearer, header]) {
      const delivery = await delivered(api, eventId, webhook)
      const sent = Object.fromEntries(
        delivery.attempts[0]!.request!.headers.map(([name, value]) => [name.toLowerCase(), value]),
      )
      const secretNames = {
        basic: ['authorization', 'x-shop'],
        bearer: ['authorization'],
        header: ['x-api-key'],
      }
      for (const name of secretNames[webhook.name as keyof typeof secretNames]) expect(sent[name]).toBe(mask)
      const versions = await done(api.get(`/v1/webhooks/${webhook.id}/versions`))
      const shown = JSON.stringify([delivery, versions, await readWebhook(api, webhook)])
      expect(shown).not.toMatch(/(shop|bearer|key)-secret|geheim|em\/Dqzpn/)
    }
  })

  test('GET carries its parameters in the query and is not signed', async () => {
    const { api, at } = await scene()
    await done(api.patch('/v1/records/lead/4831596', { tags: ['vip', 'zł'] }))
    const webhook = await makeWebhook(api, {
      url: `${at('get')}/{{ record.id }}?shop=7`,
      ...intoWon,
      request: { method: 'GET', format: 'params', options: { params: paramRows } },
    })
    const eventId = await moveLead(api)
    const request = await arrived(`${at('get')}/4831596`)
    expect(request.method).toBe('GET')
    expect(request.body).toHaveLength(0)
    expect([...new URL(request.url, stage.receiver.url).searchParams]).toEqual(paramsQuery)
    expect(request.headers['webhook-signature']).toBeUndefined()
    const delivery = await delivered(api, eventId, webhook)
    expect(request.headers['webhook-id']).toBe(delivery.id)
    expect(delivery.attempts[0]!.request).toMatchObject({ method: 'GET', body: null })
  })

  test('parameters with dotted names nest, as JSON and as a form', async () => {
    const { api, at } = await scene()
    await done(api.patch('/v1/records/lead/4831596', { tags: ['vip', 'zł'] }))
    const make = (encoding: string) =>
      makeWebhook(api, {
        url: at(encoding),
        ...intoWon,
        request: { format: 'params', options: { encoding, params: paramRows } },
      })
    const json = await make('json')
    const form = await make('form')
    await moveLead(api)
    const jsonRequest = await arrived(at('json'))
    expect(jsonRequest.body.toString()).toBe(paramsJson)
    await verify(api, json, jsonRequest)
    const formRequest = await arrived(at('form'))
    expect(formRequest.body.toString()).toBe(paramsForm)
    await verify(api, form, formRequest)
  })

  test('the standard format carries the whole event, frozen as it was', async () => {
    const { api, at } = await scene()
    const webhook = await makeWebhook(api, { url: at('standard'), ...intoWon })
    const eventId = await moveLead(api)
    const request = await arrived(at('standard'))
    await verify(api, webhook, request)
    const event = await done(api.get<EventAnswer>(`/v1/events/${eventId}`))
    const expected = standardBody({
      eventId,
      occurredAt: event.occurred_at,
      receivedAt: event.received_at,
      actorId: event.actor.id,
    })
    expect(JSON.parse(request.body.toString())).toEqual(expected)
    expect(request.headers['hookline-event-id']).toBe(eventId)
    expect(request.headers['hookline-attempt']).toBe('1')

    // What is written afterwards changes nothing in what happened.
    await done(api.patch('/v1/records/lead/4831596', { name: 'Renamed', price: 1 }))
    await done(api.put(`/v1/pipelines/lead/${pipelineId}`, { name: 'Other', stages: [] }))
    expect(await done(api.get<EventAnswer>(`/v1/events/${eventId}`))).toEqual(event)
    expect((await decisionOf(api, eventId, webhook)).reason).toBe('fired')
  })
})
