import { describe, expect, test } from 'vitest'
import { type DeliveryAnswer, listAll } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver } from '../support/receiver.ts'
import { makeWebhook, sendCall } from '../support/scenario.ts'
import { makePlace, spawnServer } from '../support/server.ts'

describe('order per record over several processes', () => {
  test('two workers, failures and a kill: each record’s events arrive in their order', async () => {
    await using place = await makePlace('postgres', { HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8' })
    await using receiver = await openReceiver()
    await using api = await spawnServer(place, { args: ['--role', 'api'] })
    const spawnWorker = () =>
      spawnServer(place, { args: ['--role', 'worker'], environment: { HOOKLINE_POLL_MS: '50' } })
    const workers = await Promise.all([spawnWorker(), spawnWorker()])
    await using killed = workers[0]
    await using _other = workers[1]

    const records = 6
    const each = 12
    const all = records * each
    let answered = 0
    receiver.answer((call) => {
      answered++
      if (answered === all / 2) killed.kill('SIGKILL')
      const fails = answered % 5 === 0
      setImmediate(() => status(fails ? 500 : 200)(call))
    })
    const retry = { policy: 'schedule', waits_s: Array.from({ length: 20 }, () => 0.05) }
    const delivery = { order: 'record', slots: 4, timeout_s: 1, retry }
    const webhook = await makeWebhook(api.api, { url: receiver.url, delivery })
    for (let nth = 0; nth < each; nth++)
      await Promise.all(
        Array.from({ length: records }, (_, id) =>
          sendCall(api.api, { record: { kind: 'lead', id: String(id) } }),
        ),
      )

    const list = () => listAll<DeliveryAnswer>(api.api, `/v1/deliveries?webhook_id=${webhook.id}`)
    const deliveries = await eventually(async () => {
      const found = await list()
      return found.length === all && found.every(({ state }) => state === 'delivered') && found
    })
    const byId = new Map(deliveries.map((one) => [one.id, one]))
    const seen = receiver.requests.map(({ headers }) => byId.get(String(headers['webhook-id']))!)
    for (let id = 0; id < records; id++) {
      const sequences = seen.filter(({ record }) => record.id === String(id)).map(({ sequence }) => sequence)
      // What failed, or was swallowed by the kill, comes again before anything later does.
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
      expect(new Set(sequences).size).toBe(each)
    }
    expect(seen.length).toBeGreaterThan(all)
  })
})
