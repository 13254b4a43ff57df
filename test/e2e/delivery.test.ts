import { describe, expect, test } from 'vitest'
import {
  endlessBody,
  hangBeforeHeaders,
  inTurn,
  redirectTo,
  retryAfter,
  status,
} from '../support/behaviours.ts'
import { openReceiver } from '../support/receiver.ts'
import {
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  readDelivery,
  readWebhook,
  secretOf,
  sendCall,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { isSignedWith } from '../support/signature.ts'
import { call, meanwhile, useStage } from '../support/stage.ts'

const soon = { policy: 'schedule', waits_s: [0.05, 0.05, 0.05] }
const tomorrow = { policy: 'schedule', waits_s: [86_400] }

describe.each(backends)('delivery on %s', (backend) => {
  const stage = useStage(backend)

  test('what fails is tried again by its schedule, under the same webhook-id', async () => {
    const { api, url, arrivals } = await stage.scene(
      inTurn(status(500, { body: 'oh' }), status(404), status(200)),
    )
    const webhook = await makeWebhook(api, { url, delivery: { retry: soon } })
    const id = await call(api, webhook)
    const delivery = await deliveryIn(api, id, 'delivered')
    const requests = await arrivals(3)
    expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id])
    expect(requests.map(({ headers }) => headers['hookline-attempt'])).toEqual(['1', '2', '3'])
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1)
    const { secret } = await secretOf(api, webhook)
    expect(requests.map((request) => isSignedWith(secret, request))).toEqual([true, true, true])
    expect(
      delivery.attempts.map(({ number, outcome, reason, response }) => [
        number,
        outcome,
        reason,
        response!.status_code,
      ]),
    ).toEqual([
      [1, 'retry', 'status', 500],
      [2, 'retry', 'status', 404],
      [3, 'delivered', null, 200],
    ])
    expect(delivery.attempts[0]!.response!.body).toBe('oh')
    expect(delivery).toMatchObject({ attempt_count: 3, last_status_code: 200, due_at: null })
    expect((await readWebhook(api, webhook)).health.failures_in_a_row).toBe(0)
  })

  test('after the last wait the delivery is dead', async () => {
    const { api, url, received } = await stage.scene(status(500))
    const webhook = await makeWebhook(api, {
      url,
      delivery: { retry: { policy: 'schedule', waits_s: [0.01] } },
    })
    const delivery = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(delivery).toMatchObject({ reason: 'out_of_attempts', attempt_count: 2, last_status_code: 500 })
    expect(received()).toHaveLength(2)
    expect((await readWebhook(api, webhook)).health.failures_in_a_row).toBe(2)
  })

  test.each([500, 429, 503])('once means once, also after %i', async (code) => {
    const { api, url, received } = await stage.scene(status(code))
    const webhook = await makeWebhook(api, { url, delivery: { retry: { policy: 'once' } } })
    const delivery = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(delivery).toMatchObject({
      reason: 'out_of_attempts',
      attempt_count: 1,
      last_status_code: code,
    })
    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
  })

  test('410 disables the webhook and cancels what is unsent', async () => {
    const { api, url } = await stage.scene(inTurn(status(500), status(410)))
    const webhook = await makeWebhook(api, { url, delivery: { retry: tomorrow } })
    const waiting = await call(api, webhook)
    await deliveryIn(api, waiting, 'waiting')
    const gone = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(gone).toMatchObject({ reason: 'gone', attempt_count: 1, last_status_code: 410 })
    expect(gone.attempts[0]).toMatchObject({ outcome: 'gone', reason: 'status' })
    const canceled = await deliveryIn(api, waiting, 'canceled')
    expect(canceled).toMatchObject({ reason: 'webhook_disabled', attempt_count: 1, due_at: null })
    const now = await readWebhook(api, webhook)
    expect(now).toMatchObject({ status: 'disabled', version: 2 })
    expect(now.status_reason).toMatch(/410/)
  })

  test('410 is an ordinary failure where the webhook says so', async () => {
    const { api, url } = await stage.scene(inTurn(status(410), status(200)))
    const webhook = await makeWebhook(api, { url, delivery: { retry: soon, on_gone: 'retry' } })
    const delivery = await deliveryIn(api, await call(api, webhook), 'delivered')
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'delivered'])
    expect((await readWebhook(api, webhook)).status).toBe('active')
  })

  test('Retry-After holds the whole lane, and no other', async () => {
    const { api, url, received, arrivals } = await stage.scene(inTurn(retryAfter(503, 3600), status(200)))
    const webhook = await makeWebhook(api, { url, delivery: { retry: soon } })
    const first = await deliveryIn(api, await call(api, webhook), 'waiting')
    const startedAt = Date.parse(first.attempts[0]!.started_at)
    expect(Date.parse(first.due_at!)).toBeGreaterThanOrEqual(startedAt + 3_600_000)
    const { blocked_until } = (await readWebhook(api, webhook)).health
    expect(Date.parse(blocked_until!)).toBeGreaterThanOrEqual(startedAt + 3_600_000)

    const second = await call(api, webhook)
    await meanwhile(stage, api)
    expect((await readDelivery(api, second)).state).toBe('pending')
    expect(received()).toHaveLength(1)

    stage.wind(3_601_000)
    await deliveryIn(api, first.id, 'delivered')
    await deliveryIn(api, second, 'delivered')
    expect(await arrivals(3)).toHaveLength(3)
  })

  test('one deadline ends an attempt that gets no answer', async () => {
    const { api, url } = await stage.scene(hangBeforeHeaders())
    const webhook = await makeWebhook(api, { url, delivery: { retry: { policy: 'once' }, timeout_s: 1 } })
    const { attempts } = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(attempts).toMatchObject([{ outcome: 'retry', reason: 'timeout', response: null }])
    expect(attempts[0]!.duration_ms).toBeGreaterThanOrEqual(900)
  })

  test('a redirect is a failure and is not followed', async () => {
    const { api, url, received } = await stage.scene(redirectTo(`${stage.receiver.url}/elsewhere`, 307))
    const webhook = await makeWebhook(api, { url, delivery: { retry: { policy: 'once' } } })
    const { attempts } = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(attempts).toMatchObject([{ outcome: 'retry', reason: 'status', response: { status_code: 307 } }])
    await meanwhile(stage, api)
    expect(received()).toHaveLength(1)
    expect(stage.receiver.requests.filter(({ path }) => path === '/elsewhere')).toEqual([])
  })

  test.each([
    ['long', status(200, { body: 'y'.repeat(20_000) })],
    ['endless', endlessBody()],
  ])('of a response that is %s, 16 KiB are kept', async (_what, behaviour) => {
    const { api, url } = await stage.scene(behaviour)
    const webhook = await makeWebhook(api, { url })
    const { attempts } = await deliveryIn(api, await call(api, webhook), 'delivered')
    expect(attempts[0]!.response).toMatchObject({ status_code: 200, truncated: true })
    expect(attempts[0]!.response!.body).toHaveLength(16_384)
  })

  test('nothing listens there: the attempt says so', async () => {
    const { api } = await stage.server.newAccount()
    const gone = await openReceiver()
    await gone.close()
    const webhook = await makeWebhook(api, { url: gone.url, delivery: { retry: { policy: 'once' } } })
    const { attempts } = await deliveryIn(api, await call(api, webhook), 'dead')
    expect(attempts).toMatchObject([{ outcome: 'retry', reason: 'connect', response: null }])
    expect(attempts[0]!.detail).toContain('refused the connection')
  })

  test('a delivery that is due after it expires is dead, and says so', async () => {
    const { api, url } = await stage.scene(status(500))
    const delivery = { retry: tomorrow, expires_s: 3600 }
    const webhook = await makeWebhook(api, { url, delivery })
    expect(await deliveryIn(api, await call(api, webhook), 'dead')).toMatchObject({
      reason: 'expired',
      attempt_count: 1,
    })
  })

  test('no more requests of a webhook are under way than it has slots', async () => {
    const open: (() => void)[] = []
    let most = 0
    let underWay = 0
    const { api, url, received, arrivals } = await stage.scene(({ response }) => {
      most = Math.max(most, ++underWay)
      open.push(() => {
        underWay--
        response.end()
      })
    })
    const webhook = await makeWebhook(api, { url, delivery: { slots: 3 } })
    const count = 12
    const calls = await Promise.all(Array.from({ length: count }, () => sendCall(api)))
    await arrivals(3)
    await meanwhile(stage, api)
    expect(received()).toHaveLength(3)
    for (let answered = 0; answered < count; answered++) {
      await arrivals(answered + 1)
      open.shift()!()
    }
    for (const { id } of calls) await deliveryIn(api, await deliveryIdOf(api, id, webhook), 'delivered')
    expect(most).toBe(3)
    expect(received()).toHaveLength(count)
  })
})
