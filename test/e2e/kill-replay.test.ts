import { describe, expect, test } from 'vitest'
import { type Api, type DeliveryAnswer, done, listAll, type ReplayAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver } from '../support/receiver.ts'
import { makeWebhook } from '../support/scenario.ts'
import { backends, makePlace, type ServerProcess, spawnServer } from '../support/server.ts'

const count = 1500
/** After so many requests the receiver kills the server, again and again: first while deliveries are still being made. */
const killsAfter = [150, 150, 400]

async function createLeads(api: Api, first: number): Promise<void> {
  for (let from = first; from < first + count; from += 500) {
    const items = Array.from({ length: 500 }, (_, index) => ({
      kind: 'lead',
      id: String(from + index),
      fields: {},
    }))
    const { items: answers } = await done(
      api.post<{ items: { status: number }[] }>('/v1/records/batch', { items }),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  }
}

describe.each(backends)('kill -9 in the middle of a replay, on %s', (backend) => {
  test(
    'every event that was missed is sent, under one webhook-id, and none is made twice',
    { timeout: 120_000 },
    async () => {
      await using place = await makePlace(backend, { HOOKLINE_POLL_MS: '50' })
      await using receiver = await openReceiver()
      let server: ServerProcess | undefined
      let untilKill = Infinity
      receiver.on('/', ({ response }) => {
        if (--untilKill === 0) server?.kill('SIGKILL')
        else response.end()
      })

      let replay: ReplayAnswer
      {
        await using first = await spawnServer(place)
        server = first
        const { api } = first
        const settings = {
          url: `${receiver.url}/`,
          events: ['lead.created'],
          delivery: { slots: 500, timeout_s: 1 },
        }
        const webhook = await makeWebhook(api, settings)
        // Half of it is canceled by disabling, half is decided `disabled`.
        await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
        await createLeads(api, 0)
        await done(api.post(`/v1/webhooks/${webhook.id}/disable`))
        await createLeads(api, count)
        const { missed } = await done(
          api.post<{ missed: { count: number } }>(`/v1/webhooks/${webhook.id}/enable`),
        )
        expect(missed.count).toBe(2 * count)
        const body = { webhook_id: webhook.id, missed: true, pace_per_s: 750 }
        replay = await done(api.post<ReplayAnswer>('/v1/replays', body))
        untilKill = killsAfter[0]!
        await first.exited
      }
      const createdBetween: number[] = []
      for (const requests of killsAfter.slice(1)) {
        await using again = await spawnServer(place)
        server = again
        createdBetween.push((await done(again.api.get<ReplayAnswer>(`/v1/replays/${replay.id}`))).created)
        untilKill = requests
        await again.exited
      }
      // It was killed in the middle, not behind the end.
      expect(createdBetween[0]).toBeGreaterThan(0)
      expect(createdBetween[0]).toBeLessThan(2 * count)

      await using last = await spawnServer(place)
      const { api } = last
      const ended = await eventually(async () => {
        const now = await done(api.get<ReplayAnswer>(`/v1/replays/${replay.id}`))
        return now.state === 'done' && now
      })
      expect(ended).toMatchObject({ total: 2 * count, done: 2 * count, created: 2 * count, skipped: 0 })
      await eventually(async () => {
        const unsettled = '/v1/deliveries?state=pending,sending,waiting&limit=1'
        return (await done(api.get<{ items: unknown[] }>(unsettled))).items.length === 0
      })

      const events = await listAll<{ id: string }>(api, '/v1/events?type=lead.created')
      const replays = (await listAll<DeliveryAnswer>(api, '/v1/deliveries')).filter(
        ({ purpose }) => purpose === 'replay',
      )
      expect(replays.map(({ event_id }) => event_id).sort()).toEqual(events.map(({ id }) => id).sort())
      expect(new Set(replays.map(({ state }) => state))).toEqual(new Set(['delivered']))
      const idOf = new Map(replays.map(({ id, event_id }) => [event_id, id]))
      const received = new Set<string>()
      for (const { headers } of receiver.requests) {
        const eventId = String(headers['hookline-event-id'])
        received.add(eventId)
        expect(headers['webhook-id']).toBe(idOf.get(eventId))
      }
      expect(received.size).toBe(2 * count)
    },
  )
})
