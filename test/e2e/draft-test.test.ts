/** A test of a draft: really sent, once, as the draft stands; with the secrets that saving it would leave it; kept nowhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { hangBeforeHeaders, status } from '../support/behaviours.ts'
import { openReceiver, type ReceivedRequest, type Receiver } from '../support/receiver.ts'
import {
  createLead,
  declarePipeline,
  leadId,
  makeWebhook,
  moveLead,
  readWebhook,
  secretOf,
  sendCall,
  wonStage,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { isSignedWith } from '../support/signature.ts'
import { meanwhile, useStage } from '../support/stage.ts'

interface TestAnswer {
  verdict: string
  reason: string
  trace: { holds: boolean }
  request: { method: string; url: string; headers: [string, string][]; body: string | null } | null
  attempt: {
    outcome: string
    reason: string | null
    detail: string | null
    status_code: number | null
    response: { status_code: number; body: string | null } | null
  }
  warnings: { path: string; code: string }[]
}

const sendTest = (api: Api, body: object) => done(api.post<TestAnswer>('/v1/webhooks/test', body))
const refused = async (api: Api, body: object) => {
  const { status, body: problem } = await api.post<ProblemAnswer>('/v1/webhooks/test', body)
  return [status, ...(problem.errors ?? []).map(({ path, code }) => `${path} ${code}`)]
}
const told = ({ body }: ReceivedRequest) =>
  JSON.parse(body.toString()) as { type: string; data: Record<string, unknown> }

describe.each(backends)('a test of a draft, on %s', (backend) => {
  const stage = useStage(backend)
  let elsewhere: Receiver
  beforeAll(async () => {
    elsewhere = await openReceiver()
  })
  afterAll(() => elsewhere?.close())

  test('sends it once, says what was sent and what came back, and keeps nothing', async () => {
    const { api, url, received } = await stage.scene(status(202, { body: 'Thanks, very secret' }))
    await declarePipeline(api)
    await createLead(api)
    const event_id = await moveLead(api)
    const webhook = {
      events: ['lead.stage_changed'],
      conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 50_000 }] },
      request: { url: `${url}?of={{ record.id }}`, auth: { type: 'bearer', token: 'very secret' } },
    }
    const answer = await sendTest(api, { webhook, event_id })
    expect(answer).toMatchObject({
      verdict: 'skipped',
      reason: 'condition',
      trace: { holds: false },
      request: { method: 'POST', url: `${url}?of=${leadId}` },
      attempt: { outcome: 'delivered', reason: null, status_code: 202, response: { status_code: 202 } },
      warnings: [{ path: 'webhook.request.url', code: 'secrets_unencrypted' }],
    })
    const [request] = received()
    expect(request!.headers['authorization']).toBe('Bearer very secret')
    expect(request!.headers['hookline-event-id']).toBe(event_id)
    expect(answer.request!.body).toBe(request!.body.toString())
    expect(JSON.stringify(answer)).not.toContain('very secret')

    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
    const { items: webhooks } = await done(api.get<Page<{ id: string; name: string }>>('/v1/webhooks'))
    expect(webhooks.map(({ name }) => name)).toEqual(['Meanwhile'])
    const { items: deliveries } = await done(api.get<Page<{ webhook_id: string }>>('/v1/deliveries'))
    expect(deliveries.map(({ webhook_id }) => webhook_id)).toEqual([webhooks[0]!.id])
  })

  test('is signed with a trial secret until it is saved', async () => {
    const { api, url, arrivals } = await stage.scene()
    const draft = { name: 'Calls', events: ['lead.call_received'], request: { url } }
    await sendTest(api, { webhook: draft })
    await sendTest(api, { webhook: { ...draft, delivery: { signing: 'none' } } })
    const webhook = await makeWebhook(api, { url })
    await sendTest(api, { webhook: { id: webhook.id } })
    const [trial, unsigned, saved] = await arrivals(3)
    const { secret } = await secretOf(api, webhook)
    expect(trial!.headers['webhook-signature']).toMatch(/^v1,/)
    expect(isSignedWith(secret, trial!)).toBe(false)
    expect(unsigned!.headers).not.toHaveProperty('webhook-signature')
    expect(isSignedWith(secret, saved!)).toBe(true)
  })

  test('changes are sent, not what is saved, and nothing of the webhook changes', async () => {
    const { api, url, arrivals } = await stage.scene()
    const before = await makeWebhook(api, {
      url,
      request: {
        auth: { type: 'bearer', token: 'kept secret' },
        headers: [{ name: 'X-Key', value: 'kept key' }],
      },
    })
    const answer = await sendTest(api, {
      webhook: {
        id: before.id,
        request: { ...before.request, method: 'PUT', url: `${url}?changed` },
      },
    })
    const [request] = await arrivals(1)
    expect(request).toMatchObject({ method: 'PUT', url: expect.stringContaining('?changed') })
    expect(request!.headers).toMatchObject({ authorization: 'Bearer kept secret', 'x-key': 'kept key' })
    expect(answer.request!.headers).toEqual(
      expect.arrayContaining([
        ['authorization', '••••••••'],
        ['X-Key', '••••••••'],
      ]),
    )
    expect(JSON.stringify(answer)).not.toMatch(/kept (secret|key)/)
    expect(await readWebhook(api, before)).toEqual(before)
  })

  test.each(['left out', 'sent back masked'])(
    'secrets that are %s do not follow to another origin, as they do not by saving',
    async (how) => {
      const { api, url, path } = await stage.scene()
      const webhook = await makeWebhook(api, {
        url,
        request: {
          auth: { type: 'bearer', token: 'kept secret' },
          headers: [{ name: 'X-Key', value: 'kept key' }],
        },
      })
      const { auth, headers } = webhook.request
      const moved = { url: elsewhere.url + path, ...(how === 'left out' ? {} : { auth, headers }) }
      const answer = await sendTest(api, { webhook: { id: webhook.id, request: moved } })
      const [request] = elsewhere.requests.filter((one) => one.path === path)
      expect(JSON.stringify(request!.rawHeaders)).not.toMatch(/kept|authorization|x-key/i)
      const saved = await done(
        api.patch<{ warnings: { path: string; code: string }[] }>(`/v1/webhooks/${webhook.id}`, {
          request: moved,
        }),
      )
      expect(answer.warnings.map(({ code }) => code)).toEqual(['secrets_cleared', 'secrets_cleared'])
      expect(answer.warnings).toEqual(
        saved.warnings.map((warning) => ({ ...warning, path: `webhook.${warning.path}` })),
      )
    },
  )

  test('a record, a sample and an event that is made up are sent as well, and are no events afterwards', async () => {
    const { api, url, arrivals } = await stage.scene()
    await declarePipeline(api)
    await createLead(api)
    const before = await done(api.get<Page<unknown>>('/v1/events'))
    const webhook = { events: ['lead.*'], request: { url } }
    const record = { kind: 'lead', id: leadId }
    await sendTest(api, { webhook, record, type: 'lead.stage_changed' })
    await sendTest(api, { webhook, sample: true, type: 'lead.tagged' })
    await sendTest(api, {
      webhook,
      event: { type: 'lead.updated', record, current: { price: 7, stage_id: wonStage } },
    })
    const [ofRecord, sample, madeUp] = (await arrivals(3)).map(told)
    expect(ofRecord).toMatchObject({ type: 'lead.stage_changed', data: { current: { price: 12_000 } } })
    expect(sample).toMatchObject({ type: 'lead.tagged' })
    expect(madeUp).toMatchObject({
      type: 'lead.updated',
      data: { current: { price: 7, stage_id: wonStage } },
    })
    expect(await done(api.get<Page<unknown>>('/v1/events'))).toEqual(before)
  })

  test('one that does not arrive says why', async () => {
    const { api, url } = await stage.scene(status(503))
    const events = ['lead.updated']
    const outcome = async (request: object, more: object = {}) => {
      const { attempt } = await sendTest(api, { webhook: { events, request, ...more } })
      return [attempt.outcome, attempt.reason, attempt.status_code]
    }
    expect(await outcome({ url })).toEqual(['retry', 'status', 503])
    expect(await outcome({ url: 'http://127.0.0.1:1/' })).toEqual(['retry', 'connect', null])
    stage.receiver.on('/hangs', hangBeforeHeaders())
    expect(await outcome({ url: `${stage.receiver.url}/hangs` }, { delivery: { timeout_s: 1 } })).toEqual([
      'retry',
      'timeout',
      null,
    ])
    const options = { content_type: 'application/json', template: '{"name": {{ current.name }}}' }
    const unbuilt = await sendTest(api, {
      webhook: { events, request: { url, format: 'template', options } },
      event: { type: 'lead.updated', record: { kind: 'lead', id: '1' }, current: { name: 'ACME' } },
    })
    expect(unbuilt).toMatchObject({ request: null, attempt: { outcome: 'rejected', reason: 'template' } })
  })

  test('what is wrong is said by path, and nothing is sent', async () => {
    const { api, url, received } = await stage.scene()
    const { api: other, externalId } = await stage.scene()
    const webhook = { events: ['lead.updated'], request: { url } }
    const theirs = { webhook: await makeWebhook(other, { url: elsewhere.url }), event: await sendCall(other) }
    await done(other.put(`/v1/records/lead/${externalId}`, { name: 'Theirs' }))

    expect(await refused(api, {})).toEqual([422, 'webhook required'])
    expect(await refused(api, { webhook: { events: webhook.events } })).toEqual([
      422,
      'webhook.request.url required',
    ])
    expect(await refused(api, { webhook: { ...webhook, colour: 'red' } })).toEqual([
      422,
      'webhook.colour unknown_key',
    ])
    expect(await refused(api, { webhook, evnt_id: 'evt_1' })).toEqual([422, 'evnt_id unknown_key'])
    for (const address of ['http://10.0.0.1/', 'http://169.254.169.254/latest', 'http://[fd00::1]/'])
      expect(await refused(api, { webhook: { ...webhook, request: { url: address } } })).toEqual([
        422,
        'webhook.request.url url_private_address',
      ])
    expect(await refused(api, { webhook, sample: true, event_id: 'evt_1' })).toEqual([422, 'sample one_of'])
    expect(await refused(api, { webhook, type: 'lead.updatd' })).toEqual([422, 'type unknown_event_type'])
    expect(await refused(api, { webhook: { ...webhook, delivery: { timeout_s: 3600 } } })).toEqual([
      422,
      'webhook.delivery.timeout_s out_of_range',
    ])
    const masked = { ...webhook.request, auth: { type: 'bearer', token: '••••••••' } }
    expect(await refused(api, { webhook: { ...webhook, request: masked } })).toEqual([
      422,
      'webhook.request.auth.token nothing_kept',
    ])
    for (const foreign of [
      { webhook: { id: theirs.webhook.id } },
      { webhook: { ...webhook, id: 'whk_none' } },
      { webhook, event_id: theirs.event.id },
      { webhook, record: { kind: 'lead', id: externalId } },
    ])
      expect(await refused(api, foreign)).toEqual([404])
    expect(received()).toEqual([])
  })
})
