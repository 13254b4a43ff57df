import { describe, expect, test } from 'vitest'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver } from '../support/receiver.ts'
import { deliveryIdOf, makeWebhook, readDelivery, sendCall } from '../support/scenario.ts'
import { backends, makePlace, spawnServer } from '../support/server.ts'

describe.each(backends)('a stop on %s', (backend) => {
  test('SIGTERM lets a request under way end, records it, and the next start sends nothing twice', async () => {
    await using place = await makePlace(backend)
    await using receiver = await openReceiver()
    const held = Promise.withResolvers<() => void>()
    receiver.on('/held', ({ response }) => held.resolve(() => void response.end()))
    let deliveryId: string
    {
      await using server = await spawnServer(place)
      const webhook = await makeWebhook(server.api, { url: `${receiver.url}/held` })
      deliveryId = await deliveryIdOf(server.api, (await sendCall(server.api)).id, webhook)
      const answer = await held.promise
      server.kill('SIGTERM')
      await server.said(/^SIGTERM/)
      // It takes nothing new while it waits for the receiver.
      const refused = () =>
        server.api.get('/v1/webhooks').then(
          () => false,
          () => true,
        )
      await eventually(refused)
      answer()
      expect(await server.exited).toEqual({ code: 0, signal: null })
    }
    await using server = await spawnServer(place)
    const delivery = await readDelivery(server.api, deliveryId)
    expect(delivery).toMatchObject({ state: 'delivered', attempt_count: 1 })
    expect(delivery.attempts).toMatchObject([{ number: 1, outcome: 'delivered', late: false }])
    receiver.on('/held', status(200))
    await sendCall(server.api)
    await receiver.waitFor(2)
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'] === deliveryId)).toEqual([
      true,
      false,
    ])
  })
})
