import { describe, expect, test } from 'vitest'
import { type Api, type DeliveryAnswer, done, listAll, type Page, type ReplayAnswer } from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import {
  deliveriesOf,
  deliveryIn,
  makeWebhook,
  readDelivery,
  readWebhook,
  secretOf,
  sendCall,
} from '../support/scenario.ts'
import { backends, startTestServer } from '../support/server.ts'
import { isSignedWith } from '../support/signature.ts'
import { call, meanwhile, useStage } from '../support/stage.ts'

const once = { policy: 'once' }

const start = (api: Api, body: unknown) => done(api.post<ReplayAnswer>('/v1/replays', body))
const read = (api: Api, { id }: { id: string }) => done(api.get<ReplayAnswer>(`/v1/replays/${id}`))
const replay = (api: Api, id: string, body?: unknown) =>
  done(api.post<DeliveryAnswer>(`/v1/deliveries/${id}/replay`, body))

function ended(api: Api, started: { id: string }): Promise<ReplayAnswer> {
  return eventually(async () => {
    const seen = await read(api, started)
    if (seen.state === 'running') throw new Error(`It is still running: ${JSON.stringify(seen)}`)
    return seen
  })
}

const replaysOf = async (api: Api, webhook: { id: string }) =>
  (await deliveriesOf(api, webhook)).filter(({ purpose }) => purpose === 'replay')

describe.each(backends)('replays on %s', (backend) => {
  const stage = useStage(backend)

  test('one that was delivered is sent again: a new webhook-id, the same event, signed anew', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    const first = await call(api, webhook)
    await deliveryIn(api, first, 'delivered')
    const made = await replay(api, first)
    expect(made).toMatchObject({
      purpose: 'replay',
      state: 'pending',
      replay_of: first,
      replay_attempt_id: null,
    })
    await deliveryIn(api, made.id, 'delivered')
    const [before, after] = await arrivals(2)
    expect(after!.headers['webhook-id']).toBe(made.id)
    expect(after!.headers['hookline-event-id']).toBe(before!.headers['hookline-event-id'])
    expect(after!.headers['hookline-attempt']).toBe('1')
    expect(after!.body).toEqual(before!.body)
    expect(isSignedWith((await secretOf(api, webhook)).secret, after!)).toBe(true)
  })

  test('it is rendered with the settings of today, or repeats an attempt byte for byte', async () => {
    const { api, url, path } = await stage.scene()
    const params = (value: string) => ({
      encoding: 'form',
      params: [{ name: 'from', from: 'value', value }],
    })
    const webhook = await makeWebhook(api, {
      url: `${url}/then?a=%C5%BC&b=`,
      request: { format: 'params', options: params('then ż') },
    })
    stage.receiver.on(`${path}/then`, status(200))
    stage.receiver.on(`${path}/now`, status(200))
    const first = await call(api, webhook)
    const { attempts } = await deliveryIn(api, first, 'delivered')
    await done(
      api.patch(`/v1/webhooks/${webhook.id}`, {
        request: {
          url: `${url}/now?c=1`,
          method: 'PUT',
          auth: { type: 'bearer', token: 'fresh' },
          options: params('now'),
        },
      }),
    )
    const rendered = await replay(api, first, { mode: 'render' })
    await deliveryIn(api, rendered.id, 'delivered')
    const repeated = await replay(api, first, { mode: 'bytes', attempt_id: attempts[0]!.id })
    expect(repeated).toMatchObject({ replay_of: first, replay_attempt_id: attempts[0]!.id })
    await deliveryIn(api, repeated.id, 'delivered')
    const again = await replay(api, repeated.id, { mode: 'bytes' })
    await deliveryIn(api, again.id, 'delivered')
    const all = stage.receiver.requests.filter((request) => request.path.startsWith(path))
    expect(all.map(({ method, url: sent, body }) => [method, sent, body.toString()])).toEqual([
      ['POST', `${path}/then?a=%C5%BC&b=`, 'from=then+%C5%BC'],
      ['PUT', `${path}/now?c=1`, 'from=now'],
      ['POST', `${path}/now?a=%C5%BC&b=`, 'from=then+%C5%BC'],
      ['POST', `${path}/now?a=%C5%BC&b=`, 'from=then+%C5%BC'],
    ])
    const [sent, , bytes] = all
    expect(bytes!.headers['content-type']).toBe(sent!.headers['content-type'])
    expect(bytes!.headers['authorization']).toBe('Bearer fresh')
    expect(bytes!.headers['webhook-id']).toBe(repeated.id)
    expect(isSignedWith((await secretOf(api, webhook)).secret, bytes!)).toBe(true)
  })

  test('a replay is tried again by the schedule; its failures leave health alone, its success does not', async () => {
    const { api, url, arrivals } = await stage.scene(
      inTurn(status(500), status(500), status(500), status(200)),
    )
    const webhook = await makeWebhook(api, { url, delivery: { retry: once, disable_after_failures: 2 } })
    const first = await call(api, webhook)
    await deliveryIn(api, first, 'dead')
    const retry = { policy: 'schedule', waits_s: [0.01] }
    await done(api.patch(`/v1/webhooks/${webhook.id}`, { delivery: { retry } }))
    const failed = await replay(api, first)
    expect(await deliveryIn(api, failed.id, 'dead')).toMatchObject({ attempt_count: 2 })
    expect(await readWebhook(api, webhook)).toMatchObject({
      status: 'active',
      health: { failures_in_a_row: 1 },
      last_delivery: { id: failed.id, state: 'dead' },
    })
    await deliveryIn(api, (await replay(api, failed.id)).id, 'delivered')
    expect((await readWebhook(api, webhook)).health).toMatchObject({
      failures_in_a_row: 0,
      failing_since: null,
    })
    expect(await arrivals(4)).toHaveLength(4)
  })

  test('a filter sends what is dead, each event once; run again, what arrived is passed over', async () => {
    const { api, url, received } = await stage.scene(inTurn(status(500), status(500), status(200)))
    const webhook = await makeWebhook(api, { url, delivery: { retry: once } })
    const dead = [await call(api, webhook), await call(api, webhook)]
    for (const id of dead) await deliveryIn(api, id, 'dead')
    const arrived = await call(api, webhook)
    await deliveryIn(api, arrived, 'delivered')
    const started = await start(api, { webhook_id: webhook.id })
    expect(started).toMatchObject({ of: 'filter', filter: { states: ['dead'] }, mode: 'render' })
    expect(await ended(api, started)).toMatchObject({
      state: 'done',
      total: 2,
      done: 2,
      created: 2,
      skipped: 0,
    })
    for (const { id } of await replaysOf(api, webhook)) await deliveryIn(api, id, 'delivered')
    expect((await replaysOf(api, webhook)).map(({ replay_of }) => replay_of).sort()).toEqual(dead.sort())
    const again = await start(api, { webhook_id: webhook.id })
    expect(await ended(api, again)).toMatchObject({ total: 2, done: 2, created: 0, skipped: 2 })
    // What arrived is sent again where that is asked for, an event once though its replay matches, too.
    const everything = await start(api, { filter: { states: ['delivered', 'dead'] } })
    expect(await ended(api, everything)).toMatchObject({ total: 5, created: 3, skipped: 2 })
    for (const { id } of await replaysOf(api, webhook)) await deliveryIn(api, id, 'delivered')
    expect(received()).toHaveLength(8)
    const { items } = await done(api.get<Page<ReplayAnswer>>('/v1/replays'))
    expect(items.map(({ id }) => id)).toEqual([everything.id, again.id, started.id])
  })

  test('a replay tells what became of its deliveries; what was sent again is left out where that is asked for', async () => {
    const { api, url, received } = await stage.scene(
      inTurn(status(500), status(500), status(200), status(500), status(200)),
    )
    const webhook = await makeWebhook(api, { url, delivery: { retry: once } })
    const dead = [await call(api, webhook), await call(api, webhook)]
    for (const id of dead) await deliveryIn(api, id, 'dead')
    const owed = { webhook_id: webhook.id, filter: { states: ['dead'], sent_again: false } }
    const first = await start(api, owed)
    const none = { unsettled: 0, delivered: 0, dead: 0, canceled: 0 }
    expect(first).toMatchObject({ filter: owed.filter, deliveries: none })
    await ended(api, first)
    const settled = (replay: ReplayAnswer) =>
      eventually(async () => {
        const { deliveries } = await read(api, replay)
        if (deliveries.unsettled > 0) throw new Error('Some are still under way.')
        return deliveries
      })
    expect(await settled(first)).toEqual({ ...none, delivered: 1, dead: 1 })
    const made = await listAll<DeliveryAnswer>(api, `/v1/deliveries?replay_id=${first.id}`)
    expect(made.map(({ replay_of, replay_id }) => [replay_of, replay_id]).sort()).toEqual(
      dead.map((id) => [id, first.id]).sort(),
    )
    const failed = await listAll<DeliveryAnswer>(api, `/v1/deliveries?replay_id=${first.id}&state=dead`)

    // Only what failed in turn is owed now; then nothing is.
    const second = await start(api, owed)
    expect(await ended(api, second)).toMatchObject({ total: 1, created: 1, skipped: 0 })
    expect(await settled(second)).toEqual({ ...none, delivered: 1 })
    const [last] = await listAll<DeliveryAnswer>(api, `/v1/deliveries?replay_id=${second.id}`)
    expect(last!.replay_of).toBe(failed[0]!.id)
    expect(await ended(api, await start(api, owed))).toMatchObject({ total: 0, created: 0 })
    expect(received()).toHaveLength(5)
    // Whoever looks at what was given up first sees that it arrived in the end.
    expect((await readDelivery(api, failed[0]!.replay_of!)).sent_again).toMatchObject({
      id: last!.id,
      state: 'delivered',
    })
    const { items } = await done(api.get<Page<ReplayAnswer>>('/v1/replays'))
    expect(items.map(({ deliveries }) => deliveries)).toEqual([
      none,
      { ...none, delivered: 1 },
      { ...none, delivered: 1, dead: 1 },
    ])
  })

  test('deliveries that are named are sent whatever became of them; bytes need an attempt', async () => {
    const { api, url } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    const sent = await call(api, webhook)
    await deliveryIn(api, sent, 'delivered')
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const never = await call(api, webhook)
    await done(api.post(`/v1/deliveries/${never}/cancel`))
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    const delivery_ids = [sent, never]
    const bytes = await ended(api, await start(api, { delivery_ids, mode: 'bytes' }))
    expect(bytes).toMatchObject({ of: 'deliveries', total: 2, created: 1, skipped: 1 })
    const rendered = await ended(api, await start(api, { delivery_ids }))
    expect(rendered).toMatchObject({ total: 2, created: 2, skipped: 0 })
    const made = await replaysOf(api, webhook)
    expect(made.map(({ replay_of }) => replay_of).sort()).toEqual([never, sent, sent].sort())
    for (const { id } of made) await deliveryIn(api, id, 'delivered')
  })

  test('what a disabled webhook missed is offered when it is enabled, and sent', async () => {
    const { api, url, received } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const stranded = await call(api, webhook)
    await done(api.post(`/v1/webhooks/${webhook.id}/disable`))
    const skipped = await sendCall(api)
    expect((await api.post('/v1/replays', { webhook_id: webhook.id, missed: true })).status).toBe(409)
    expect((await api.post(`/v1/deliveries/${stranded}/replay`)).status).toBe(409)
    interface Enabled {
      missed?: { count: number; since: string }
    }
    const enable = () => done(api.post<Enabled>(`/v1/webhooks/${webhook.id}/enable`))
    const { created_at, event_id } = await readDelivery(api, stranded)
    expect((await enable()).missed).toEqual({ count: 2, since: created_at })
    await meanwhile(stage, api)
    expect(received()).toEqual([])
    const started = await start(api, { webhook_id: webhook.id, missed: true })
    expect(await ended(api, started)).toMatchObject({ of: 'missed', filter: {}, total: 2, created: 2 })
    const made = await replaysOf(api, webhook)
    for (const { id } of made) await deliveryIn(api, id, 'delivered')
    expect(made.map((one) => [one.event_id, one.replay_of]).sort()).toEqual(
      [
        [event_id, stranded],
        [skipped.id, null],
      ].sort(),
    )
    expect(received()).toHaveLength(2)
    expect((await enable()).missed).toBeUndefined()
    const again = await ended(api, await start(api, { webhook_id: webhook.id, missed: true }))
    expect(again).toMatchObject({ created: 0 })
  })

  test('paced, it makes a few at a time, and stops when it is canceled', async () => {
    const { api, url } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    const sent = await Promise.all(Array.from({ length: 5 }, () => call(api, webhook)))
    for (const id of sent) await deliveryIn(api, id, 'delivered')
    const started = await start(api, { delivery_ids: sent, pace_per_s: 1 })
    const seen = await eventually(async () => {
      const now = await read(api, started)
      return now.created > 0 && now
    })
    expect(seen).toMatchObject({ state: 'running', total: 5, pace_per_s: 1 })
    const canceled = await done(api.post<ReplayAnswer>(`/v1/replays/${started.id}/cancel`))
    expect(canceled).toMatchObject({ state: 'canceled' })
    expect(canceled.created).toBeLessThan(5)
    expect((await api.post(`/v1/replays/${started.id}/cancel`)).status).toBe(409)
    stage.wind(60_000)
    await meanwhile(stage, api)
    expect((await read(api, started)).created).toBe(canceled.created)
    expect(await replaysOf(api, webhook)).toHaveLength(canceled.created)
  })

  test('replays leave half of the account’s room to what happens now, and go on when there is some', async () => {
    await using server = await startTestServer({
      backend,
      environment: { HOOKLINE_POLL_MS: '25', HOOKLINE_UNSETTLED_MAX: '8' },
    })
    const { api } = await server.newAccount()
    const { url } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    const sent: string[] = []
    for (let n = 0; n < 6; n++) {
      sent.push(await call(api, webhook))
      await deliveryIn(api, sent[n]!, 'delivered')
    }
    await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
    const started = await start(api, { delivery_ids: sent })
    await eventually(async () => (await read(api, started)).created === 4)
    await sendCall(api)
    expect(await read(api, started)).toMatchObject({ state: 'running', created: 4 })
    await done(api.post(`/v1/webhooks/${webhook.id}/resume`))
    expect(await ended(api, started)).toMatchObject({ state: 'done', created: 6 })
    expect(await listAll(api, `/v1/deliveries?webhook_id=${webhook.id}`)).toHaveLength(13)
  })
})
