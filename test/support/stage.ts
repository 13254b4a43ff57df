import { afterAll, beforeAll } from 'vitest'
import type { Api } from './api.ts'
import { type Behaviour, status } from './behaviours.ts'
import { openReceiver, type ReceivedRequest, type Receiver } from './receiver.ts'
import { deliveryIdOf, deliveryIn, makeWebhook, sendCall } from './scenario.ts'
import { type Backend, startTestServer, type TestServer } from './server.ts'

/** What one test sees: an account with nothing in it, and a path of the receiver that nobody else calls. */
export interface Scene {
  api: Api
  externalId: string
  /** The receiver's path, and the same as a URL. */
  path: string
  url: string
  /** What came to the path so far. */
  received(): ReceivedRequest[]
  /** The same, once it is so many. */
  arrivals(count: number): Promise<ReceivedRequest[]>
}

export interface Stage {
  readonly server: TestServer
  readonly receiver: Receiver
  /** Winds the server's clock forward; it goes on from there. */
  wind(ms: number): void
  /** A scene of its own for a test; its path answers as told, else 200. */
  scene(behaviour?: Behaviour): Promise<Scene>
}

/** One server and one receiver for all tests of the block that calls this. */
export function useStage(backend: Backend): Stage {
  let server: TestServer
  let receiver: Receiver
  let aheadMs = 0
  beforeAll(async () => {
    server = await startTestServer({
      backend,
      environment: { HOOKLINE_POLL_MS: '25' },
      machine: { clock: () => Date.now() + aheadMs },
    })
    receiver = await openReceiver()
  })
  afterAll(async () => {
    await receiver?.close()
    await server?.[Symbol.asyncDispose]()
  })
  return {
    get server() {
      return server
    },
    get receiver() {
      return receiver
    },
    wind: (ms) => void (aheadMs += ms),
    async scene(behaviour = status(200)) {
      const { api, externalId } = await server.newAccount()
      const path = `/${externalId}`
      receiver.on(path, behaviour)
      const received = () => receiver.requests.filter((request) => request.path === path)
      return {
        api,
        externalId,
        path,
        url: receiver.url + path,
        received,
        async arrivals(count) {
          await receiver.waitFor(() => received().length >= count)
          return received()
        },
      }
    },
  }
}

/** Sends one call and answers the id of the delivery that it made for the webhook. */
export async function call(api: Api, webhook: { id: string }): Promise<string> {
  const event = await sendCall(api)
  return deliveryIdOf(api, event.id, webhook)
}

/**
 * Resolves when a webhook made now got an event sent now: whatever else the server had to send for the account could have
 * been sent as well. What is still not there then, will not come by itself.
 */
export async function meanwhile(stage: Stage, api: Api): Promise<void> {
  const url = `${stage.receiver.url}/meanwhile`
  const webhook = await makeWebhook(api, { name: 'Meanwhile', url, events: ['lead.site_visited'] })
  const event = await sendCall(api, { type: 'lead.site_visited' })
  await deliveryIn(api, await deliveryIdOf(api, event.id, webhook), 'delivered')
}
