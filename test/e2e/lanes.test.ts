import { describe, expect, test } from 'vitest'
import { circuitFailures } from '../../src/delivery/circuit.ts'
import { done, listAll, type DeliveryAnswer } from '../support/api.ts'
import { hangBeforeHeaders, inTurn, status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import {
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  readDelivery,
  readWebhook,
  sendCall,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { call, meanwhile, useStage } from '../support/stage.ts'

const soon = { policy: 'schedule', waits_s: Array.from({ length: 40 }, () => 0.01) }

describe.each(backends)('lanes on %s', (backend) => {
  const stage = useStage(backend)

  test('a rate lets through a burst; the rest waits and holds no slot', async () => {
    const { api, url, received, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url, delivery: { rate_per_s: 0.1, slots: 10 } })
    const first = await call(api, webhook)
    await deliveryIn(api, first, 'delivered')
    const second = await call(api, webhook)
    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
    expect((await readDelivery(api, second)).state).toBe('pending')
    stage.wind(10_000)
    await arrivals(2)
    await deliveryIn(api, second, 'delivered')
  })

  test('after repeated failures only single probes go out, and a success sends the rest', async () => {
    let up = false
    const { api, url, received } = await stage.scene((sent) => status(up ? 200 : 500)(sent))
    const webhook = await makeWebhook(api, { url, delivery: { retry: soon, slots: 1 } })
    const first = await call(api, webhook)
    const opened = await eventually(async () => {
      const { health } = await readWebhook(api, webhook)
      return health.circuit === 'open' && health
    })
    expect(opened.failures_in_a_row).toBe(circuitFailures)
    expect(opened.next_probe_at).not.toBeNull()
    const others = [await call(api, webhook), await call(api, webhook)]
    await meanwhile(stage, api)
    expect(received()).toHaveLength(circuitFailures)

    stage.wind(30_000)
    const health = await eventually(async () => {
      const now = await readWebhook(api, webhook)
      return now.health.failures_in_a_row > circuitFailures && now.health.circuit === 'open' && now.health
    })
    expect(health.failures_in_a_row).toBe(circuitFailures + 1)
    expect(received()).toHaveLength(circuitFailures + 1)
    const probed = [first, ...others].map((id) => readDelivery(api, id))
    const counts = (await Promise.all(probed)).map(({ attempt_count }) => attempt_count)
    expect(counts).toEqual([circuitFailures, 0, 0])

    // Twice as long until the next one.
    stage.wind(30_000)
    await meanwhile(stage, api)
    expect(received()).toHaveLength(circuitFailures + 1)
    up = true
    stage.wind(30_000)
    for (const id of [first, ...others]) await deliveryIn(api, id, 'delivered')
    expect((await readWebhook(api, webhook)).health).toMatchObject({ circuit: 'closed', next_probe_at: null })
    expect(received()).toHaveLength(circuitFailures + 1 + 3)
  })

  test('a restart knows of an open circuit; mending the webhook closes it', async () => {
    const { api, url, path, received } = await stage.scene(status(500))
    const webhook = await makeWebhook(api, { url, delivery: { retry: soon, slots: 1 } })
    const id = await call(api, webhook)
    await eventually(async () => (await readWebhook(api, webhook)).health.circuit === 'open')
    await stage.server.reopen()
    await meanwhile(stage, api)
    expect((await readWebhook(api, webhook)).health.circuit).toBe('open')
    expect(received()).toHaveLength(circuitFailures)
    stage.receiver.on(path, status(200))
    await done(api.patch(`/v1/webhooks/${webhook.id}`, { description: 'Mended' }))
    await deliveryIn(api, id, 'delivered')
  })

  test('deliveries that are sent once neither open a circuit nor wait for one', async () => {
    const { api, url, received } = await stage.scene(status(500))
    const webhook = await makeWebhook(api, { url, delivery: { retry: { policy: 'once' } } })
    for (let sent = 0; sent < circuitFailures + 3; sent++)
      await deliveryIn(api, await call(api, webhook), 'dead')
    expect((await readWebhook(api, webhook)).health.circuit).toBe('closed')
    expect(received()).toHaveLength(circuitFailures + 3)
  })

  test('in order, a delivery that fails holds back its record’s later ones, and no other record', async () => {
    const { api, url, arrivals, received } = await stage.scene(inTurn(status(500), status(200)))
    const retry = { policy: 'schedule', waits_s: [3600] }
    const webhook = await makeWebhook(api, { url, delivery: { order: 'record', retry } })
    const first = await call(api, webhook)
    await deliveryIn(api, first, 'waiting')
    const second = await call(api, webhook)
    const third = await call(api, webhook)
    const other = await sendCall(api, { record: { kind: 'lead', id: 'another' } })
    await deliveryIn(api, await deliveryIdOf(api, other.id, webhook), 'delivered')
    await meanwhile(stage, api)
    expect(received()).toHaveLength(2)
    stage.wind(2 * 3_600_000)
    for (const id of [first, second, third]) await deliveryIn(api, id, 'delivered')
    const order = (await arrivals(5)).map(({ headers }) => headers['webhook-id'])
    expect(order.slice(2)).toEqual([first, second, third])
  })

  test('in order, what is canceled makes way, and a pause keeps the line', async () => {
    const { api, url, received } = await stage.scene()
    const webhook = await makeWebhook(api, { url, delivery: { order: 'record' } })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const ids = [await call(api, webhook), await call(api, webhook), await call(api, webhook)]
    await done(api.post(`/v1/deliveries/${ids[0]}/cancel`))
    await meanwhile(stage, api)
    expect(received()).toEqual([])
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    for (const id of ids.slice(1)) await deliveryIn(api, id, 'delivered')
    expect(received().map(({ headers }) => headers['webhook-id'])).toEqual(ids.slice(1))
  })

  test('order that is switched on later holds for what is there already', async () => {
    const { api, url, received } = await stage.scene(inTurn(status(500), status(200)))
    const retry = { policy: 'schedule', waits_s: [3600] }
    const webhook = await makeWebhook(api, { url, delivery: { retry } })
    const first = await call(api, webhook)
    await deliveryIn(api, first, 'waiting')
    await done(api.patch(`/v1/webhooks/${webhook.id}`, { delivery: { order: 'record' } }))
    const second = await call(api, webhook)
    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
    stage.wind(2 * 3_600_000)
    for (const id of [first, second]) await deliveryIn(api, id, 'delivered')
    expect(received().map(({ headers }) => headers['webhook-id'])).toEqual([first, first, second])
  })

  test('time spent paused is no part of what a delivery has to live', async () => {
    const { api, url } = await stage.scene()
    const webhook = await makeWebhook(api, { url, delivery: { expires_s: 3600 } })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const id = await call(api, webhook)
    const before = await readDelivery(api, id)
    stage.wind(10 * 3_600_000)
    const after = await readDelivery(api, id)
    const movedMs = Date.parse(after.expires_at) - Date.parse(before.expires_at)
    expect(movedMs).toBeGreaterThanOrEqual(10 * 3_600_000)
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    await deliveryIn(api, id, 'delivered')
  })

  test('a receiver that hangs with thousands queued keeps nobody else waiting', async () => {
    const { api, url, received } = await stage.scene(hangBeforeHeaders())
    const count = 3000
    const hanging = await makeWebhook(api, { url, delivery: { timeout_s: 30, slots: 10 } })
    for (let sent = 0; sent < count; sent += 500)
      await Promise.all(Array.from({ length: 500 }, () => sendCall(api)))
    const good = await stage.scene()
    const visits = await makeWebhook(api, { url: good.url, events: ['lead.site_visited'] })
    for (let sent = 0; sent < 50; sent++) {
      const event = await sendCall(api, { type: 'lead.site_visited' })
      await deliveryIn(api, await deliveryIdOf(api, event.id, visits), 'delivered')
    }
    expect(good.received()).toHaveLength(50)
    // All the while the other one hangs: nothing of its line has ended.
    expect(received().length).toBeLessThanOrEqual(10)
    const ended = `/v1/deliveries?webhook_id=${hanging.id}&state=delivered,dead,canceled`
    expect(await listAll<DeliveryAnswer>(api, ended)).toEqual([])
    await done(api.post(`/v1/webhooks/${hanging.id}/disable`))
  })
})
