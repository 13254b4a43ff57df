/** What a long history costs: the server's rate, and how long people wait for a page of it. */
import type { Account } from './account.ts'
import { loadAndDrain, measureLoad, type Rate, type Stage, type Times } from './measure.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

/** One stretch of filling: the sink remembers every `webhook-id` of it. */
const fillMs = 30_000
const pageReads = 200

export interface Kept {
  deliveries: number
  without: Rate
  kept: Rate
  /** First page of the history of one webhook, by states that are common and that do not occur. */
  page: Percentiles
  /** Other first pages that people open, slowest last. */
  others: { what: string; ms: number }[]
}

const otherPaths = [
  '/v1/deliveries',
  '/v1/deliveries?state=dead',
  '/v1/deliveries?search=nobody',
  '/v1/events',
  '/v1/events?type=lead.created',
  '/v1/deliveries?event_type=lead.created',
  '/v1/deliveries?status_code=502',
  '/v1/stats?bucket=minute',
  '/v1/stats?bucket=day',
  '/v1/stats/waiting',
  '/v1/webhooks',
  '/v1/webhooks?status=failing',
  '/v1/records/lead?search=nobody',
]

/**
 * Loads the server while little is kept, goes on until `count` deliveries are, all with their attempts and events, and
 * loads it again in the same way.
 */
export async function measureKept(
  stage: Stage,
  account: Account,
  times: Times,
  count: number,
): Promise<Kept> {
  const without = await measureLoad(stage, 'events', times, 1)
  let deliveries = 0
  while (deliveries < count) {
    const { report } = await loadAndDrain(stage, 'events-for-ten', fillMs, 10)
    deliveries += report.requests
    process.stderr.write(`${deliveries} of ${count} deliveries are kept\n`)
  }
  const kept = await measureLoad(stage, 'events', times, 1)
  const { items } = (await account.get('/v1/webhooks')) as { items: { id: string }[] }
  const waits: number[] = []
  for (let read = 0; read < pageReads; read++) {
    const webhook = items[read % items.length]!.id
    const state = read % 2 === 0 ? 'delivered' : 'dead'
    waits.push(await waitFor(account, `/v1/deliveries?webhook_id=${webhook}&state=${state}`))
  }
  const others = []
  for (const what of otherPaths) others.push({ what, ms: await waitFor(account, what) })
  return { deliveries, without, kept, page: percentiles(waits), others: others.sort((a, b) => a.ms - b.ms) }
}

async function waitFor(account: Account, path: string): Promise<number> {
  const startedAt = performance.now()
  await account.get(path)
  return performance.now() - startedAt
}
