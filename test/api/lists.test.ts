/** What lists tell beside their rows, so that nobody has to ask once for each: names, last attempts, what was decided. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Api,
  type DeliveryAnswer,
  done,
  type EventAnswer,
  listAll,
  type ListedEventAnswer,
} from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import {
  createLead,
  declarePipeline,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  leadId,
  makeWebhook,
  readDelivery,
  sendCall,
} from '../support/scenario.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

describe.each(backends)('%s', (backend) => {
  let server: TestServer
  let api: Api

  beforeAll(async () => {
    server = await startTestServer({ backend })
  })
  afterAll(() => server[Symbol.asyncDispose]())
  beforeEach(async () => {
    api = (await server.newAccount()).api
  })

  const answering = async (status: number) =>
    (await done(api.post<{ url: string }>('/v1/inspectors', { answer: { status } }))).url
  const once = { retry: { policy: 'once' } }

  test('a delivery tells what its record is called now', async () => {
    await declarePipeline(api)
    await createLead(api)
    const webhook = await makeWebhook(api, { url: await answering(200) })
    const named = await sendCall(api)
    const unknown = await sendCall(api, { record: { kind: 'lead', id: 'nobody' }, current: { name: 'Then' } })
    const record = { kind: 'lead', id: leadId }
    const records = async () => (await deliveriesOf(api, webhook)).map(({ record }) => record)
    expect(await records()).toEqual([
      { kind: 'lead', id: 'nobody', name: null },
      { ...record, name: 'Deal with ACME' },
    ])

    await done(api.patch(`/v1/records/lead/${leadId}`, { name: 'Renamed' }))
    await done(api.delete(`/v1/records/lead/${leadId}`))
    const id = await deliveryIdOf(api, named.id, webhook)
    expect((await readDelivery(api, id)).record).toEqual({ ...record, name: 'Renamed' })
    const found = await listAll<DeliveryAnswer>(api, '/v1/deliveries?search=renamed')
    expect(found).toEqual([])
    const byId = await listAll<DeliveryAnswer>(api, `/v1/deliveries?search=${leadId}`)
    expect(byId.map((delivery) => delivery.record)).toEqual([{ ...record, name: 'Renamed' }])
    const [of] = await listAll<DeliveryAnswer>(api, `/v1/deliveries?event_id=${unknown.id}`)
    expect(of!.record.name).toBeNull()

    await done(api.post(`/v1/records/lead/${leadId}/erase`))
    await eventually(async () => (await readDelivery(api, id)).record.name === null)
  })

  test('a delivery tells its last attempt in short', async () => {
    const webhook = await makeWebhook(api, { url: await answering(503), delivery: once })
    const id = await deliveryIdOf(api, (await sendCall(api)).id, webhook)
    const { attempts, last_attempt } = await deliveryIn(api, id, 'dead')
    const { number, outcome, reason, started_at, duration_ms } = attempts[0]!
    expect(last_attempt).toEqual({
      id: attempts[0]!.id,
      number,
      outcome,
      reason,
      started_at,
      duration_ms,
    })
    expect(last_attempt).toMatchObject({ number: 1, outcome: 'retry', reason: 'status' })
    const [listed] = await deliveriesOf(api, webhook)
    expect(listed).toMatchObject({ id, last_attempt, last_status_code: 503 })

    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const again = await done(api.post<DeliveryAnswer>(`/v1/deliveries/${id}/replay`))
    expect(again).toMatchObject({ replay_of: id, last_attempt: null, record: { name: null } })
    const canceled = await done(api.post<DeliveryAnswer>(`/v1/deliveries/${again.id}/cancel`))
    expect(canceled).toMatchObject({ state: 'canceled', last_attempt: null, record: { name: null } })
  })

  test('a delivery tells whether it was sent again, and the list can ask for it', async () => {
    const webhook = await makeWebhook(api, { url: await answering(503), delivery: once })
    const [lost, saved] = [
      await deliveryIdOf(api, (await sendCall(api)).id, webhook),
      await deliveryIdOf(api, (await sendCall(api)).id, webhook),
    ]
    for (const id of [lost, saved]) {
      expect(await deliveryIn(api, id, 'dead')).toMatchObject({ sent_again: null, replay_id: null })
    }
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const replay = () => done(api.post<DeliveryAnswer>(`/v1/deliveries/${saved}/replay`))
    const first = await replay()
    expect(first).toMatchObject({ sent_again: null, replay_id: null })
    await done(api.post(`/v1/deliveries/${first.id}/cancel`))
    const { id, created_at } = await replay()
    const sent_again = { id, state: 'pending', reason: null, created_at }
    expect((await readDelivery(api, saved)).sent_again).toEqual(sent_again)
    const listed = (await deliveriesOf(api, webhook)).map((one) => [one.id, one.sent_again])
    expect(new Map(listed as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        [id, null],
        [first.id, sent_again],
        [saved, sent_again],
        [lost, null],
      ]),
    )
    const ids = async (query: string) =>
      (await listAll<DeliveryAnswer>(api, `/v1/deliveries?${query}`)).map((one) => one.id)
    expect(await ids('state=dead&sent_again=false')).toEqual([lost])
    expect(await ids('state=dead&sent_again=true')).toEqual([saved])
    expect(await ids('sent_again=true')).toEqual([first.id, saved])
    expect(await ids('sent_again=false')).toEqual([id, lost])
    await done(api.post(`/v1/deliveries/${id}/cancel`))
    expect((await readDelivery(api, saved)).sent_again).toMatchObject({
      id,
      state: 'canceled',
      reason: 'by_user',
    })
    expect(await api.get('/v1/deliveries?sent_again=maybe')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'sent_again', code: 'not_a_choice' }] },
    })
  })

  test('an event in a list tells how many webhooks fired, and how their deliveries stand', async () => {
    const arrives = await makeWebhook(api, { name: 'Arrives', url: await answering(200) })
    const fails = await makeWebhook(api, { name: 'Fails', url: await answering(500), delivery: once })
    const price = { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 5 }] }
    await makeWebhook(api, { name: 'Dear', url: 'https://erp.example/', conditions: price })
    await makeWebhook(api, { name: 'Other', url: 'https://erp.example/', events: ['lead.won'] })
    const event = await sendCall(api, { current: { price: 1 } })
    const ids = [await deliveryIdOf(api, event.id, arrives), await deliveryIdOf(api, event.id, fails)]
    await deliveryIn(api, ids[0]!, 'delivered')
    await deliveryIn(api, ids[1]!, 'dead')
    // Replays are not counted: they are not what the event made.
    await done(api.post(`/v1/deliveries/${ids[1]}/replay`))
    const plain = await sendCall(api, { record: { kind: 'lead', id: '2' }, type: 'lead.site_visited' })

    const listed = await listAll<ListedEventAnswer>(api, '/v1/events')
    const [second, first] = [listed[0]!, listed[1]!]
    expect(second).toEqual({ ...plain, decisions: { fired: 0, skipped: 0 }, deliveries: [] })
    const { deliveries, ...rest } = first
    expect(rest).toEqual({ ...event, decisions: { fired: 2, skipped: 1 } })
    expect(deliveries.toSorted((a, b) => (a.state < b.state ? -1 : 1))).toEqual([
      { id: ids[1], webhook_id: fails.id, state: 'dead' },
      { id: ids[0], webhook_id: arrives.id, state: 'delivered' },
    ])
    const ofRecord = `/v1/events?record_kind=lead&record_id=${event.record.id}`
    expect(await listAll<ListedEventAnswer>(api, ofRecord)).toEqual([first])
    // Read by its id it is the fact alone.
    expect(await done(api.get<EventAnswer>(`/v1/events/${event.id}`))).toEqual(event)
  })

  test('of an event that very many webhooks fired for some deliveries are told, and the number of all', async () => {
    const url = await answering(200)
    for (let index = 0; index < 22; index++) await makeWebhook(api, { name: `Webhook ${index}`, url })
    await sendCall(api)
    const [listed] = await listAll<ListedEventAnswer>(api, '/v1/events')
    expect(listed!.decisions).toEqual({ fired: 22, skipped: 0 })
    expect(listed!.deliveries).toHaveLength(20)
  })
})
