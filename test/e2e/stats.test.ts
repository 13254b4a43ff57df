import { describe, expect, test } from 'vitest'
import { done, type ProblemAnswer } from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { deliveryIn, deliveryIdOf, makeWebhook, sendCall } from '../support/scenario.ts'
import { backends, startTestServer } from '../support/server.ts'
import { openReceiver } from '../support/receiver.ts'
import { useStage } from '../support/stage.ts'

interface Bucket {
  start: string
  end: string
  events?: number
  deliveries: Record<string, number>
  attempts: Record<string, number>
  latency_ms: { p50: number; p95: number; p99: number } | null
}
interface Stats {
  bucket: string
  from: string
  to: string
  items: Bucket[]
}

interface Waiting {
  deliveries: number
  items: { webhook_id: string; deliveries: number; oldest: { delivery_id: string; created_at: string } }[]
}

/** All buckets together, so that no test stands on the edge of one. */
function total(items: Bucket[], of: 'deliveries' | 'attempts'): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const item of items)
    for (const [name, count] of Object.entries(item[of]))
      if (count > 0) sums[name] = (sums[name] ?? 0) + count
  return sums
}

describe.each(backends)('stats, on %s', (backend) => {
  const stage = useStage(backend)

  test('what came in, what became of it and how fast, by bucket, of all and of one webhook', async () => {
    const { api, url } = await stage.scene(inTurn(status(500), status(200)))
    const once = { retry: { policy: 'once' } }
    const failing = await makeWebhook(api, { url, delivery: once })
    const paused = await makeWebhook(api, { name: 'Paused', url, delivery: once })
    await done(api.post(`/v1/webhooks/${paused.id}/pause`))
    const first = await sendCall(api)
    await deliveryIn(api, await deliveryIdOf(api, first.id, failing), 'dead')
    const second = await sendCall(api)
    await deliveryIn(api, await deliveryIdOf(api, second.id, failing), 'delivered')

    for (const bucket of ['minute', 'hour', 'day']) {
      const { items, from, to } = await done(api.get<Stats>(`/v1/stats?bucket=${bucket}`))
      expect(items[0]!.start).toBe(from)
      expect(items.at(-1)!.end).toBe(to)
      items.slice(1).forEach(({ start }, index) => expect(start).toBe(items[index]!.end))
      expect(items.reduce((sum, { events }) => sum + events!, 0)).toBe(2)
      expect(total(items, 'deliveries')).toEqual({ delivered: 1, dead: 1, pending: 2 })
      expect(total(items, 'attempts')).toEqual({ delivered: 1, retry: 1 })
      const fast = items.filter(({ latency_ms }) => latency_ms !== null)
      for (const { latency_ms } of fast) expect(latency_ms!.p50).toBeLessThanOrEqual(latency_ms!.p99)
      expect(fast.length).toBeGreaterThanOrEqual(1)
    }
    const { deliveries, items: waiting } = await done(api.get<Waiting>('/v1/stats/waiting'))
    expect(deliveries).toBe(2)
    expect(waiting).toEqual([
      {
        webhook_id: paused.id,
        deliveries: 2,
        oldest: { delivery_id: await deliveryIdOf(api, first.id, paused), created_at: expect.any(String) },
      },
    ])
    const ofOne = await done(api.get<Stats>(`/v1/webhooks/${paused.id}/stats`))
    expect(total(ofOne.items, 'deliveries')).toEqual({ pending: 2 })
    expect(ofOne.items.every((item) => item.latency_ms === null && item.events === undefined)).toBe(true)
    const filtered = await done(api.get<Stats>(`/v1/stats?webhook_id=${failing.id}&bucket=minute`))
    expect(total(filtered.items, 'deliveries')).toEqual({ delivered: 1, dead: 1 })

    const other = await stage.scene()
    expect((await other.api.get(`/v1/webhooks/${paused.id}/stats`)).status).toBe(404)
    const theirs = await done(other.api.get<Stats>('/v1/stats'))
    expect(total(theirs.items, 'deliveries')).toEqual({})
  })

  test('spans are bounded, and days are those of the account', async () => {
    const { api } = await stage.scene()
    const refused = async (query: string) => {
      const answer = await api.get<ProblemAnswer>(`/v1/stats?${query}`)
      return [answer.status, ...answer.body.errors.map(({ path }) => path)]
    }
    expect(await refused('from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual([422, 'to'])
    expect(await refused('from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z&bucket=minute')).toEqual([
      422,
      'from',
    ])
    expect(await refused('from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z')).toEqual([422, 'from'])
    expect(await refused('from=2025-01-01&to=2026-01-01&bucket=day')).toEqual([422, 'from'])
    expect(await refused('bucket=week')).toEqual([422, 'bucket'])
    await done(api.patch('/v1/account', { time_zone: 'Europe/Warsaw' }))
    const { items } = await done(
      api.get<Stats>('/v1/stats?bucket=day&from=2026-03-28T12:00:00Z&to=2026-03-30T12:00:00Z'),
    )
    expect(items.map(({ start }) => start)).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ])
  })
})

test('metrics: attempts by outcome, the first attempt’s delay, and single webhooks of the caller’s account', async () => {
  await using receiver = await openReceiver()
  await using server = await startTestServer({ backend: 'sqlite' })
  const other = await server.newAccount()
  for (const api of [server.api, other.api]) {
    const webhook = await makeWebhook(api, { url: receiver.url })
    const event = await sendCall(api)
    await deliveryIn(api, await deliveryIdOf(api, event.id, webhook), 'delivered')
  }
  const { items } = await done(server.api.get<{ items: { id: string }[] }>('/v1/webhooks'))
  const text = await done(server.api.get<string>('/metrics'))
  expect(text).toContain('hookline_attempts_total{outcome="delivered",reason=""} 2')
  expect(text).toContain('hookline_attempt_duration_seconds_count{outcome="delivered"} 2')
  expect(text).toContain('hookline_first_attempt_delay_seconds_count 2')
  const ofWebhooks = text.split('\n').filter((line) => line.startsWith('hookline_webhook_attempts_total'))
  expect(ofWebhooks).toEqual([expect.stringContaining(`webhook="${items[0]!.id}"`)])
  const all = await done(other.api.get<string>('/metrics'))
  expect(all.match(/^hookline_webhook_attempts_total/gm)).toHaveLength(2)
})
