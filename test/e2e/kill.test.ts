import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, listAll, type DeliveryAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { makeWebhook } from '../support/scenario.ts'
import { backends, makePlace, type ServerProcess, spawnServer } from '../support/server.ts'

/** How often the server is killed in each test; raise it for a longer run. */
const rounds = Number(env['KILL_ROUNDS'] ?? 5)
const timeout = 60_000 + rounds * 5000
const callersAtOnce = 12

/** What the loader was promised: filled only when a 2xx has come in whole. */
interface Ledger {
  /** The server's event ids by the loader's own. */
  accepted: Map<string, string>
  /** Asked for, and never answered: these may have happened or not. */
  unanswered: Set<string>
}

/** Sends events, `callersAtOnce` at a time, until the server is gone. `onAccepted` is told after each 2xx. */
async function load(api: Api, ledger: Ledger, round: number, onAccepted: () => void): Promise<void> {
  let next = 0
  const caller = async () => {
    for (;;) {
      const external_id = `${round}-${next++}`
      const body = {
        type: 'lead.call_received',
        record: { kind: 'lead', id: String(next % 7) },
        external_id,
      }
      ledger.unanswered.add(external_id)
      let answer
      try {
        answer = await api.post<EventAnswer>('/v1/events', body)
      } catch {
        return
      }
      expect(answer.status).toBe(201)
      ledger.unanswered.delete(external_id)
      ledger.accepted.set(external_id, answer.body.id)
      onAccepted()
    }
  }
  await Promise.all(Array.from({ length: callersAtOnce }, caller))
}

/** Answers 200, but for the request at which `kill` is asked for: that one gets no answer. */
function killingReceiver(receiver: Receiver, path: string) {
  const answered = new Map<string, Set<string>>()
  let countdown = 0
  let kill: (() => void) | null = null
  receiver.on(path, ({ request, response }) => {
    if (kill && --countdown <= 0) {
      kill()
      kill = null
      return
    }
    const eventId = String(request.headers['hookline-event-id'])
    const ids = answered.get(eventId) ?? new Set()
    answered.set(eventId, ids.add(String(request.headers['webhook-id'])))
    response.end()
  })
  return {
    /** The `webhook-id`s under which each event was received and answered. */
    answered,
    killAt(requests: number, server: ServerProcess) {
      countdown = requests
      kill = () => server.kill('SIGKILL')
    },
  }
}

/** Kills come at other places in every round, the same in every run. */
function placeOf(round: number): number {
  return 1 + ((round * 37) % 90)
}

describe.each(backends)('kill -9 on %s', (backend) => {
  async function underFire(
    fire: (
      server: ServerProcess,
      round: number,
      receivers: ReturnType<typeof killingReceiver>[],
    ) => () => void,
  ) {
    await using place = await makePlace(backend)
    await using receiver = await openReceiver()
    const ledger: Ledger = { accepted: new Map(), unanswered: new Set() }
    const receivers = ['/once', '/scheduled'].map((path) => killingReceiver(receiver, path))
    const webhooks: string[] = []

    for (let round = 0; round < rounds; round++) {
      await using server = await spawnServer(place)
      if (round === 0) {
        for (const [path, retry] of [
          ['/once', { policy: 'once' }],
          ['/scheduled', { policy: 'schedule', waits_s: [0.05, 0.05] }],
        ] as const) {
          const delivery = { retry, timeout_s: 2, slots: 50 }
          webhooks.push((await makeWebhook(server.api, { url: receiver.url + path, delivery })).id)
        }
      }
      await load(server.api, ledger, round, fire(server, round, receivers))
      expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
    }
    expect(ledger.accepted.size).toBeGreaterThan(rounds)

    await using server = await spawnServer(place)
    const unsettled = '/v1/deliveries?state=pending,sending,waiting&limit=1'
    await eventually(async () => {
      const { items } = await done(server.api.get<{ items: unknown[] }>(unsettled))
      return items.length === 0
    })

    // The loader's own list is the judge: whatever was answered 2xx is there, and was received at every webhook.
    const events = await listAll<EventAnswer>(server.api, '/v1/events')
    const byOwnId = new Map(events.map(({ external_id, id }) => [external_id, id]))
    expect(byOwnId.size).toBe(events.length)
    for (const [own, id] of ledger.accepted) {
      expect(byOwnId.get(own)).toBe(id)
      for (const { answered } of receivers) expect([own, answered.get(id)?.size]).toEqual([own, 1])
    }
    // Nothing else happened than what was asked for.
    for (const own of byOwnId.keys())
      expect(ledger.accepted.has(own!) || ledger.unanswered.has(own!)).toBe(true)

    // Each event has one delivery per webhook; what came twice came under that one's id.
    const deliveries = await listAll<DeliveryAnswer>(server.api, '/v1/deliveries')
    expect(deliveries.map(({ webhook_id, event_id }) => `${webhook_id} ${event_id}`).sort()).toEqual(
      webhooks.flatMap((webhook) => events.map(({ id }) => `${webhook} ${id}`)).sort(),
    )
    expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['delivered']))
    const known = new Map(deliveries.map(({ id, event_id }) => [id, event_id]))
    for (const { headers } of receiver.requests)
      expect(known.get(String(headers['webhook-id']))).toBe(headers['hookline-event-id'])
  }

  test('by the receiver, before it answers: everything accepted arrives', { timeout }, async () => {
    await underFire((server, round, receivers) => {
      receivers[round % 2]!.killAt(placeOf(round), server)
      return () => {}
    })
  })

  test('by the loader, right after a 2xx: everything accepted arrives', { timeout }, async () => {
    await underFire((server, round) => {
      let left = placeOf(round)
      return () => {
        if (--left === 0) server.kill('SIGKILL')
      }
    })
  })
})
