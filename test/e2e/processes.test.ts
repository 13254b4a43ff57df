import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { type Api, type DeliveryAnswer, type DeliveryWithAttempts, listAll } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver, type ReceivedRequest, type Receiver } from '../support/receiver.ts'
import { deliveryIdOf, deliveryIn, makeWebhook, readDelivery, sendCall } from '../support/scenario.ts'
import { makePlace, type Place, type ServerProcess, spawnServer } from '../support/server.ts'

/** How many requests one worker sends at once here: so few that two are needed for more. */
const concurrency = 8

function spawnApi(place: Place): Promise<ServerProcess> {
  return spawnServer(place, { args: ['--role', 'api'] })
}

function spawnWorker(place: Place): Promise<ServerProcess> {
  const environment = { HOOKLINE_CONCURRENCY: String(concurrency), HOOKLINE_POLL_MS: '50' }
  return spawnServer(place, { args: ['--role', 'worker'], environment })
}

async function deliveryOfEach(api: Api, count: number): Promise<DeliveryAnswer[]> {
  const deliveries = await listAll<DeliveryAnswer>(api, '/v1/deliveries')
  expect(deliveries).toHaveLength(count)
  return deliveries
}

/** Of every delivery: the attempts that count are numbered 1, 2, 3 … each once. Two leases at once would number two alike. */
async function expectNoSharedLease(api: Api, deliveries: { id: string }[]): Promise<void> {
  for (const { id } of deliveries) {
    const { attempts } = await readDelivery(api, id)
    const numbers = attempts.filter(({ late }) => !late).map(({ number }) => number)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  }
}

/** Keeps these requests waiting for an answer until `open` is called; what else comes, and comes later, is answered at once. */
function gate(receiver: Receiver, holds: (request: ReceivedRequest) => boolean = () => true) {
  let waiting: (() => void)[] | null = []
  receiver.answer(({ request, response }) => {
    const answer = () => void response.end()
    if (waiting && holds(request)) waiting.push(answer)
    else answer()
  })
  return {
    open() {
      const answers = waiting ?? []
      waiting = null
      for (const answer of answers) answer()
    },
  }
}

describe('processes that share one PostgreSQL', () => {
  test('two workers share the work, and send each delivery once', async () => {
    await using place = await makePlace('postgres', { HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8' })
    await using receiver = await openReceiver()
    await using api = await spawnApi(place)
    const started = await Promise.all([spawnWorker(place), spawnWorker(place)])
    await using _one = started[0]
    await using _two = started[1]
    const { open } = gate(receiver)
    const webhooks = 3
    const events = 60
    for (let index = 0; index < webhooks; index++)
      await makeWebhook(api.api, { url: `${receiver.url}/${index}`, delivery: { slots: 100 } })
    for (let sent = 0; sent < events; sent += 10)
      await Promise.all(Array.from({ length: 10 }, () => sendCall(api.api)))

    // More at once than one worker could send: both are at it.
    await receiver.waitFor(2 * concurrency)
    open()
    const requests = await receiver.waitFor(webhooks * events)
    const deliveries = await deliveryOfEach(api.api, webhooks * events)
    for (const { id } of deliveries) {
      const delivery = await deliveryIn(api.api, id, 'delivered')
      expect(delivery.attempts).toMatchObject([{ number: 1, outcome: 'delivered', late: false }])
    }
    expect(requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      deliveries.map(({ id }) => id).sort(),
    )
    expect(new Set(requests.map(({ headers }) => headers['hookline-attempt']))).toEqual(new Set(['1']))
  })

  test('two workers keep to slots and retry each delivery once', async () => {
    await using place = await makePlace('postgres', { HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8' })
    await using receiver = await openReceiver()
    await using api = await spawnApi(place)
    const started = await Promise.all([spawnWorker(place), spawnWorker(place)])
    await using _one = started[0]
    await using _two = started[1]
    let underWay = 0
    let most = 0
    let firsts = 0
    const failed = new Set<string>()
    receiver.answer((call) => {
      most = Math.max(most, ++underWay)
      // The first try of every third fails: never so many in a row that the circuit opens.
      const first = call.request.headers['hookline-attempt'] === '1'
      const code = first && ++firsts % 3 === 0 ? 500 : 200
      if (code === 500) failed.add(webhookIdOf(call.request.headers))
      setImmediate(() => {
        underWay--
        status(code)(call)
      })
    })
    const slots = 4
    const count = 60
    await makeWebhook(api.api, {
      url: receiver.url,
      delivery: { slots, retry: { policy: 'schedule', waits_s: [0.05] } },
    })
    for (let sent = 0; sent < count; sent += 10)
      await Promise.all(Array.from({ length: 10 }, () => sendCall(api.api)))
    const all = count + count / 3
    const requests = await receiver.waitFor(all)
    const deliveries = await deliveryOfEach(api.api, count)
    for (const { id } of deliveries)
      expect((await deliveryIn(api.api, id, 'delivered')).attempts.map(({ number }) => number)).toEqual(
        failed.has(id) ? [1, 2] : [1],
      )
    expect(requests).toHaveLength(all)
    const tries = requests.map(
      ({ headers }) => `${webhookIdOf(headers)} ${String(headers['hookline-attempt'])}`,
    )
    expect(new Set(tries).size).toBe(all)
    // Of both workers together: they take turns in claiming.
    expect(most).toBeLessThanOrEqual(slots)
  })

  test('a worker stopped past its leases loses them; continued, its outcomes are late and change nothing', async () => {
    await using place = await makePlace('postgres', { HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8' })
    await using receiver = await openReceiver()
    await using api = await spawnApi(place)
    await using stopped = await spawnWorker(place)
    const { open } = gate(receiver)
    const webhook = await makeWebhook(api.api, {
      url: receiver.url,
      delivery: { slots: 100, timeout_s: 4, retry: { policy: 'schedule', waits_s: [3600] } },
    })
    const count = 3 * concurrency
    const events = await Promise.all(Array.from({ length: count }, () => sendCall(api.api)))
    const ids: string[] = []
    for (const { id } of events) ids.push(await deliveryIdOf(api.api, id, webhook))
    const held = (await receiver.waitFor(concurrency)).map(({ headers }) => webhookIdOf(headers))
    expect(new Set(held).size).toBe(concurrency)
    stopped.kill('SIGSTOP')

    // The answers reach a process that cannot read them. The other one delivers the rest, and then holds these, too.
    open()
    const { open: answerAgain } = gate(receiver, (request) => held.includes(webhookIdOf(request.headers)))
    await using other = await spawnWorker(place)
    await receiver.waitFor(count + concurrency)
    const again = receiver.requests.slice(concurrency).map(({ headers }) => webhookIdOf(headers))
    expect(again.sort()).toEqual(ids.toSorted())

    stopped.kill('SIGCONT')
    for (const id of held) {
      const { state, attempt_count, attempts } = await withLateAttempt(api.api, id)
      expect({ state, attempt_count, attempts: attempts.length }).toEqual({
        state: 'sending',
        attempt_count: 0,
        attempts: 1,
      })
    }
    answerAgain()
    for (const id of held) {
      const { attempts, ...delivery } = await deliveryIn(api.api, id, 'delivered')
      expect(delivery).toMatchObject({ attempt_count: 1, last_status_code: 200 })
      expect(attempts).toHaveLength(2)
      expect(attempts.filter(({ late }) => !late)).toMatchObject([{ number: 1, outcome: 'delivered' }])
    }
    await expectNoSharedLease(api.api, await deliveryOfEach(api.api, count))

    // It works on like the other one: with that gone, it delivers alone.
    other.kill('SIGTERM')
    expect(await other.exited).toEqual({ code: 0, signal: null })
    const last = await sendCall(api.api)
    await deliveryIn(api.api, await deliveryIdOf(api.api, last.id, webhook), 'delivered')
    expect(receiver.requests).toHaveLength(count + concurrency + 1)
  })
})

function webhookIdOf(headers: IncomingHttpHeaders): string {
  return String(headers['webhook-id'])
}

function withLateAttempt(api: Api, deliveryId: string): Promise<DeliveryWithAttempts> {
  return eventually(async () => {
    const delivery = await readDelivery(api, deliveryId)
    return delivery.attempts.some(({ late }) => late) && delivery
  })
}
