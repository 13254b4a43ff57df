/** What an account has kept for longer than it says goes by itself; what is still to be delivered stays. */
import { expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { deliveryIn, deliveryIdOf, makeWebhook, readDelivery, sendCall } from '../support/scenario.ts'
import type { Backend } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const dayMs = 24 * 60 * 60 * 1000

/** In a file of its own for each backend: ids made in a process never go back, its servers' clocks would. */
export function retentionTests(backend: Backend): void {
  const stage = useStage(backend)

  test('history goes after the days that the account says, unsettled deliveries keep their events', async () => {
    const { api, url } = await stage.scene()
    const kept = await stage.scene()
    expect(await done(api.get('/v1/account'))).toMatchObject({ retention_days: 90 })
    expect((await api.patch('/v1/account', { retention_days: 0 })).status).toBe(422)
    expect((await api.patch('/v1/account', { retention_days: 3651 })).status).toBe(422)
    expect(await done(api.patch('/v1/account', { retention_days: 2 }))).toMatchObject({ retention_days: 2 })

    const webhook = await makeWebhook(api, { url })
    const paused = await makeWebhook(api, { name: 'Paused', url, delivery: { expires_s: 2_592_000 } })
    await done(api.post(`/v1/webhooks/${paused.id}/pause`))
    const held = await sendCall(api)
    const heldDelivery = await deliveryIdOf(api, held.id, paused)
    const settled = await deliveryIdOf(api, held.id, webhook)
    await deliveryIn(api, settled, 'delivered')
    await done(api.post(`/v1/webhooks/${paused.id}/disable`))
    await done(api.post(`/v1/webhooks/${paused.id}/enable`))
    await done(api.post(`/v1/webhooks/${paused.id}/pause`))
    await deliveryIn(api, heldDelivery, 'canceled')
    const waiting = await sendCall(api)
    const waitingDelivery = await deliveryIdOf(api, waiting.id, paused)

    const keptWebhook = await makeWebhook(kept.api, { url: kept.url })
    const keptEvent = await sendCall(kept.api)
    await deliveryIn(kept.api, await deliveryIdOf(kept.api, keptEvent.id, keptWebhook), 'delivered')

    stage.wind(3 * dayMs)
    const young = await sendCall(api)
    await eventually(async () => (await api.get(`/v1/events/${held.id}`)).status === 404)
    for (const id of [settled, heldDelivery]) {
      await eventually(async () => (await api.get(`/v1/deliveries/${id}`)).status === 404)
    }
    expect((await api.get(`/v1/events/${waiting.id}`)).status).toBe(200)
    expect(await readDelivery(api, waitingDelivery)).toMatchObject({ state: 'pending' })
    expect((await api.get(`/v1/events/${young.id}`)).status).toBe(200)
    expect((await kept.api.get(`/v1/events/${keptEvent.id}`)).status).toBe(200)
  })

  test('a receiver that is down does not lose what is waiting for it', async () => {
    const { api, url } = await stage.scene(status(500))
    await done(api.patch('/v1/account', { retention_days: 1 }))
    const waits = [200_000, 200_000]
    const webhook = await makeWebhook(api, {
      url,
      delivery: { retry: { policy: 'schedule', waits_s: waits } },
    })
    const event = await sendCall(api)
    const id = await deliveryIdOf(api, event.id, webhook)
    await deliveryIn(api, id, 'waiting')
    const { api: other, url: otherUrl } = await stage.scene()
    await done(other.patch('/v1/account', { retention_days: 1 }))
    const webhookOfOther = await makeWebhook(other, { url: otherUrl })
    const gone = await sendCall(other)
    await deliveryIn(other, await deliveryIdOf(other, gone.id, webhookOfOther), 'delivered')
    stage.wind(1.5 * dayMs)
    await eventually(async () => (await other.get(`/v1/events/${gone.id}`)).status === 404)
    expect((await api.get(`/v1/events/${event.id}`)).status).toBe(200)
    expect(await readDelivery(api, id)).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'retry' }] })
  })
}
