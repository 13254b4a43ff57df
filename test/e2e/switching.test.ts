import { describe, expect, test } from 'vitest'
import { done, type Page } from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { deliveriesOf, deliveryIn, makeWebhook, readDelivery } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { call, meanwhile, useStage } from '../support/stage.ts'

const tomorrow = { policy: 'schedule', waits_s: [86_400] }

describe.each(backends)('switching webhooks off and on, on %s', (backend) => {
  const stage = useStage(backend)

  test('paused: decided and kept; resumed: sent', async () => {
    const { api, url, received, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const id = await call(api, webhook)
    await meanwhile(stage, api)
    expect(received()).toEqual([])
    expect((await readDelivery(api, id)).state).toBe('pending')
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    await deliveryIn(api, id, 'delivered')
    expect(await arrivals(1)).toHaveLength(1)
  })

  test('what waits for a retry is kept by a pause, too', async () => {
    const { api, url } = await stage.scene(inTurn(status(500), status(200)))
    const webhook = await makeWebhook(api, {
      url,
      delivery: { retry: { policy: 'schedule', waits_s: [1800] } },
    })
    const id = await call(api, webhook)
    await deliveryIn(api, id, 'waiting')
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    stage.wind(3_600_000)
    await meanwhile(stage, api)
    expect((await readDelivery(api, id)).attempts).toHaveLength(1)
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    expect((await deliveryIn(api, id, 'delivered')).attempt_count).toBe(2)
  })

  test('disabling cancels what is unsent', async () => {
    const { api, url } = await stage.scene(status(500))
    const webhook = await makeWebhook(api, { url, delivery: { retry: tomorrow } })
    const waiting = await call(api, webhook)
    await deliveryIn(api, waiting, 'waiting')
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const pending = await call(api, webhook)
    await done(api.post(`/v1/webhooks/${webhook.id}/disable`))
    for (const id of [waiting, pending])
      expect(await deliveryIn(api, id, 'canceled')).toMatchObject({ reason: 'webhook_disabled' })
    await done(api.post(`/v1/webhooks/${webhook.id}/enable`))
    expect((await readDelivery(api, waiting)).state).toBe('canceled')
  })

  test('deleting cancels what is unsent and keeps the history', async () => {
    const { api, url, arrivals } = await stage.scene(inTurn(status(200), status(500)))
    const webhook = await makeWebhook(api, { url, delivery: { retry: tomorrow } })
    const sent = await call(api, webhook)
    await deliveryIn(api, sent, 'delivered')
    const waiting = await call(api, webhook)
    await deliveryIn(api, waiting, 'waiting')
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    expect(await deliveryIn(api, waiting, 'canceled')).toMatchObject({ reason: 'webhook_deleted' })
    expect((await readDelivery(api, sent)).attempts).toHaveLength(1)
    expect((await deliveriesOf(api, webhook)).map(({ id }) => id).sort()).toEqual([sent, waiting].sort())
    expect((await api.get(`/v1/webhooks/${webhook.id}`)).status).toBe(404)
    const versions = await done(api.get<Page<{ status: string }>>(`/v1/webhooks/${webhook.id}/versions`))
    expect(versions.items.map(({ status }) => status)).toEqual(['deleted', 'active'])
    expect(await arrivals(2)).toHaveLength(2)
  })

  test('a person cancels a delivery; one that is settled is a conflict', async () => {
    const { api, url } = await stage.scene(status(500))
    const webhook = await makeWebhook(api, { url, delivery: { retry: tomorrow } })
    const id = await call(api, webhook)
    await deliveryIn(api, id, 'waiting')
    expect(await done(api.post(`/v1/deliveries/${id}/cancel`))).toMatchObject({
      state: 'canceled',
      reason: 'by_user',
    })
    expect(await api.post(`/v1/deliveries/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
  })
})
