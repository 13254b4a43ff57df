import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { done, type ProblemAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { type LiveMessage, type LiveReader, openLive } from '../support/live.ts'
import { openReceiver } from '../support/receiver.ts'
import { makeWebhook, sendCall } from '../support/scenario.ts'
import { backends, makePlace, startTestServer, type TestServer } from '../support/server.ts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const about = (event: string, eventId: string) => (message: LiveMessage) =>
  message.event === event && (message.data['event_id'] ?? message.data['id']) === eventId

async function tokenOf(server: TestServer, kind: string): Promise<{ id: string; token: string }> {
  return done(server.api.post('/v1/tokens', { name: kind, kind }))
}

async function listen(server: TestServer, lastEventId?: string | null): Promise<LiveReader> {
  const reader = await openLive(server.url, bearer(server.token), lastEventId)
  await reader.next(({ event }) => event === 'ready')
  return reader
}

describe.each(backends)('live, on %s', (backend) => {
  test('an event, what was decided, and the attempt, in their order; nothing of another account', async () => {
    await using receiver = await openReceiver()
    await using server = await startTestServer({ backend })
    const other = await server.newAccount()
    await using reader = await listen(server)
    const webhook = await makeWebhook(server.api, { url: receiver.url })
    await makeWebhook(server.api, {
      name: 'Dear calls',
      url: receiver.url,
      conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 5 }] },
    })
    await sendCall(other.api)
    const event = await sendCall(server.api, { current: { name: 'Deal', price: 1 } })
    const attempt = await reader.next(about('attempt', event.id))
    expect(attempt.data).toMatchObject({
      webhook_id: webhook.id,
      event_type: 'lead.call_received',
      number: 1,
      outcome: 'delivered',
      reason: null,
      status_code: 200,
      state: 'delivered',
      late: false,
    })
    const told = reader.messages.filter(({ event }) => event !== 'ready')
    expect(told.map(({ event }) => event)).toEqual(['event', 'decisions', 'attempt'])
    expect(told[0]!.data).toMatchObject({
      id: event.id,
      type: event.type,
      record: { ...event.record, name: 'Deal' },
    })
    expect(told[1]!.data).toMatchObject({
      event_id: event.id,
      fired: 1,
      skipped: 1,
      items: [
        { webhook_id: webhook.id, verdict: 'fired', delivery_id: attempt.data['delivery_id'] },
        { verdict: 'skipped', reason: 'condition', delivery_id: null },
      ],
    })
    // What is told is there to be read.
    const delivery = await done(server.api.get(`/v1/deliveries/${String(attempt.data['delivery_id'])}`))
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ id: attempt.data['id'] }] })
  })

  test('a reader that comes back finds what it missed; one that cannot is told so', async () => {
    await using server = await startTestServer({ backend })
    let lastId: string | null
    {
      await using reader = await listen(server)
      const first = await sendCall(server.api)
      lastId = (await reader.next(about('decisions', first.id))).id
    }
    const missed = await sendCall(server.api)
    {
      await using back = await listen(server, lastId)
      await back.next(about('decisions', missed.id))
      expect(back.messages.map(({ event }) => event)).toEqual(['ready', 'event', 'decisions'])
      lastId = back.messages.at(-1)!.id
    }
    await server.reopen()
    for (const unknown of [lastId, 'what is this', '', 'a-9']) {
      if (unknown === '') continue
      await using reader = await listen(server, unknown)
      await reader.next(({ event }) => event === 'missed')
    }
  })

  test('a stop ends the streams, and so does a deleted token', async () => {
    const environment = { HOOKLINE_LIVE_HEARTBEAT_MS: '20', HOOKLINE_LIVE_MAX: '2' }
    await using server = await startTestServer({ backend, environment })
    const { id, token } = await tokenOf(server, 'read')
    await using reader = await listen(server)
    await using guest = await openLive(server.url, bearer(token))
    const full = await server.api.get<ProblemAnswer>('/v1/live')
    expect(full).toMatchObject({ status: 429, body: { code: 'too_many' } })
    await done(server.api.delete(`/v1/tokens/${id}`))
    await guest.ended
    await using next = await eventually(async () => {
      const again = await openLive(server.url, bearer(server.token))
      return again.status === 200 && again
    })
    await server.stop()
    await Promise.all([reader.ended, next.ended])
  })

  test('a token that is deleted ends its streams at once, and no others', async () => {
    const environment = { HOOKLINE_LIVE_HEARTBEAT_MS: '300000' }
    await using server = await startTestServer({ backend, environment })
    const { id, token } = await tokenOf(server, 'read')
    await using reader = await listen(server)
    await using guest = await openLive(server.url, bearer(token))
    await done(server.api.delete(`/v1/tokens/${id}`))
    await guest.ended
    const { id: eventId } = await sendCall(server.api)
    await reader.next(about('event', eventId))
  })

  test('it asks for a token that may read', async () => {
    await using server = await startTestServer({ backend })
    const { token } = await tokenOf(server, 'ingest')
    for (const [headers, status] of [
      [{}, 401],
      [bearer(token), 403],
    ] as const) {
      await using reader = await openLive(server.url, headers)
      expect(reader.status).toBe(status)
    }
    expect((await fetch(`${server.url}/v1/live?token=${server.token}`)).status).toBe(401)
  })
})

test('what other processes accept and send is told, too', async () => {
  await using place = await makePlace('postgres', { HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8' })
  await using receiver = await openReceiver()
  const start = (role: string) =>
    startTestServer({
      backend: 'postgres',
      place,
      environment: { HOOKLINE_ROLE: role, HOOKLINE_POLL_MS: '25' },
    })
  await using watching = await start('api')
  await using accepting = await start('api')
  await using _sending = await start('worker')
  await makeWebhook(watching.api, { url: receiver.url })
  await using reader = await listen(watching)
  // The others hear of the reader a moment later; what they did before is not told.
  const attempt = await eventually(async () => {
    await sendCall(accepting.api)
    return reader.messages.find(({ event }) => event === 'attempt')
  })
  const eventId = String(attempt.data['event_id'])
  const event = await sendCall(accepting.api)
  await reader.next(about('event', event.id))
  await reader.next(about('decisions', event.id))
  expect((await reader.next(about('attempt', event.id))).data).toMatchObject({ outcome: 'delivered' })
  expect(eventId).toMatch(/^evt_/)
  // And each thing once.
  expect(reader.messages.filter(about('event', event.id))).toHaveLength(1)
})

test('a reader that does not read is cut off, and the others are not', async () => {
  await using server = await startTestServer({ backend: 'sqlite' })
  await using reader = await listen(server)
  const { hostname, port } = new URL(server.url)
  const slow = connect(Number(port), hostname)
  const closed = once(slow, 'close')
  slow.on('error', () => {})
  slow.pause()
  slow.write(`GET /v1/live HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.token}\r\n\r\n`)
  let cut = false
  void closed.then(() => (cut = true))
  // Long ids fill what the kernel holds for the socket sooner.
  const padding = 'x'.repeat(180)
  for (let round = 0; !cut; round++) {
    const items = Array.from({ length: 500 }, (_, index) => ({
      kind: 'lead',
      id: `${round}-${index}-${padding}`,
      fields: { price: 1 },
    }))
    await done(server.api.post('/v1/records/batch', { items }))
    // Node reports the end of a socket only to who reads it: what is left is read once the server has given up.
    const metrics = await done(server.api.get<string>('/metrics'))
    if (/^hookline_live_dropped_total 1$/m.test(metrics)) slow.resume()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await closed
  const call = await sendCall(server.api)
  await reader.next(about('event', call.id))
})
