/** What the webhooks of healthy receivers notice of one whose receiver hangs. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Account, conditions, makePipeline } from './account.ts'
import { hangingPath, leadFields, pipelineId, receiverCount, receiverStage } from './events.ts'
import { paceAndDrain, type Stage, type Times } from './measure.ts'
import type { Percentiles } from './percentiles.ts'

export const queuedCount = 100_000
/** To the healthy ones together; a fraction of what the server can do, so that what waits is seen and not the load. */
const perSecond = 300
const batchItems = 1000
/** Of batches under way: the server takes 20,000 changes at once (HOOKLINE_QUEUE_MAX). */
const batchesAtOnce = 8
const hangsWithinMs = 10_000

/**
 * As hard as a receiver can make it: each delivery is tried once, so that no circuit opens and its slots stay full for the
 * whole timeout, over and over. It has as many slots as a webhook starts with.
 */
const hangingDelivery = { timeout_s: 10, retry: { policy: 'once' } }

/** From the event's `received_at` to the arrival at a healthy receiver. */
export interface Isolation {
  hanging: Percentiles
  without: Percentiles
}

/** A webhook for each receiver: the events of its own stage. Answers the one of the receiver that hangs. */
async function setUp(account: Account, sinkUrl: string): Promise<string> {
  const stages = Array.from({ length: receiverCount }, (_, receiver) => receiverStage(receiver))
  await makePipeline(account, 'lead', stages)
  const webhooks = stages.map((stageId, receiver) =>
    account.post('/v1/webhooks', {
      name: `Receiver ${receiver}`,
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: pipelineId, stage_ids: [stageId] }],
      entering: 'moved_or_created',
      conditions,
      request: { url: `${sinkUrl}${receiver === 0 ? hangingPath : `/receiver/${receiver}`}` },
      delivery: receiver === 0 ? hangingDelivery : {},
    }),
  )
  const [hanging] = await Promise.all(webhooks)
  return hanging!.id
}

/** New leads in the stage of the receiver that hangs, each of which fires. */
function queueBodies(): string[] {
  return Array.from({ length: queuedCount / batchItems }, (_, batch) => {
    const items = Array.from({ length: batchItems }, (_item, index) => {
      const number = batch * batchItems + index
      return { kind: 'lead', id: `queued-${number}`, fields: leadFields(number, receiverStage(0)) }
    })
    return JSON.stringify({ items })
  })
}

/** Fills the line of the hanging receiver while its webhook is paused. Throws where not all of it is there afterwards. */
async function queue(stage: Stage, account: Account, webhookId: string): Promise<void> {
  await account.post(`/v1/webhooks/${webhookId}/pause`)
  const bodies = queueBodies()
  await stage.loader.ask({ do: 'post-all', path: '/v1/records/batch', bodies, atOnce: batchesAtOnce })
  const pending = await pendingCount(account)
  if (pending < queuedCount) throw new Error(`Only ${pending} of ${queuedCount} deliveries were queued.`)
}

async function pendingCount({ origin, headers }: Account): Promise<number> {
  const answer = await fetch(`${origin}/metrics`, { headers })
  const value = /^hookline_unsettled_deliveries\{state="pending"\} (\d+)/m.exec(await answer.text())?.[1]
  if (value === undefined) throw new Error(`/metrics answered ${answer.status} without pending deliveries.`)
  return Number(value)
}

async function hangs({ sink }: Stage): Promise<void> {
  const deadline = performance.now() + hangsWithinMs
  while ((await sink.ask({ do: 'report' })).hanging === 0) {
    if (performance.now() > deadline) throw new Error('Nothing of what was queued is sent.')
    await wait(50)
  }
}

/**
 * Healthy receivers alone, then beside the one that hangs. What is left of its line stays behind, paused, and nothing hangs
 * any more.
 */
export async function measureIsolation(stage: Stage, account: Account, times: Times): Promise<Isolation> {
  const hanging = await setUp(account, stage.sinkUrl)
  await stage.connect(account)
  const measure = async () => {
    await paceAndDrain(stage, 'events-for-healthy', perSecond, times.warmUpMs)
    return paceAndDrain(stage, 'events-for-healthy', perSecond, times.paceMs)
  }
  const without = await measure()
  await queue(stage, account, hanging)
  await account.post(`/v1/webhooks/${hanging}/resume`)
  await hangs(stage)
  const beside = await measure()
  await hangs(stage)
  await account.post(`/v1/webhooks/${hanging}/pause`)
  await stage.sink.ask({ do: 'let-go' })
  return { hanging: beside.sinceReceived, without: without.sinceReceived }
}
