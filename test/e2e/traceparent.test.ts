import { describe, expect, test } from 'vitest'
import { done, type EventAnswer, type WriteAnswer } from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { makeWebhook, sendCall } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'
const traceparent = `00-${trace}-${span}-01`

describe.each(backends)('the trace of a change, on %s', (backend) => {
  const stage = useStage(backend)

  test('is passed on with every attempt, each a span of its own, and stands in no body', async () => {
    const { api, url, arrivals } = await stage.scene(inTurn(status(500), status(200)))
    await makeWebhook(api, { url, delivery: { retry: { policy: 'schedule', waits_s: [1] } } })
    const event = await sendCall(api.with({ traceparent }))
    expect(event).toMatchObject({ traceparent })
    stage.wind(2000)
    const [first, second] = await arrivals(2)
    const spans = [first!, second!].map(({ headers, body }) => {
      expect(body.toString()).not.toContain(trace)
      const [, spanId] = new RegExp(`^00-${trace}-([0-9a-f]{16})-01$`).exec(String(headers['traceparent']))!
      return spanId
    })
    expect(new Set([span, ...spans]).size).toBe(3)
    const read = await done(api.get<EventAnswer>(`/v1/events/${event.id}`))
    expect(read).toMatchObject({ traceparent })
  })

  test('is that of a record’s write, too', async () => {
    const { api, url, arrivals } = await stage.scene()
    await makeWebhook(api, { url, events: ['lead.created'] })
    await done(api.with({ traceparent }).put<WriteAnswer>('/v1/records/lead/1', { name: 'ACME' }))
    const [request] = await arrivals(1)
    expect(request!.headers['traceparent']).toMatch(new RegExp(`^00-${trace}-`))
  })

  test('is none where the header is not valid', async () => {
    const { api, url, arrivals } = await stage.scene()
    await makeWebhook(api, { url })
    const event = await sendCall(api.with({ traceparent: `00-${'0'.repeat(32)}-${span}-01` }))
    expect(event).not.toHaveProperty('traceparent')
    const [request] = await arrivals(1)
    expect(request!.headers).not.toHaveProperty('traceparent')
  })

  test('gives way to a header of the webhook’s own', async () => {
    const { api, url, arrivals } = await stage.scene()
    await makeWebhook(api, { url, request: { headers: [{ name: 'Traceparent', value: 'ours' }] } })
    await sendCall(api.with({ traceparent }))
    const [request] = await arrivals(1)
    expect(request!.headers['traceparent']).toBe('ours')
  })
})
