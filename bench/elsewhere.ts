/** What an event costs where most of the account's webhooks are not for it. */
import { type Account, allSlots, conditions, makePipeline } from './account.ts'
import { pipelineId, stageIds } from './events.ts'
import { loadAndDrain, mean, measureLoad, type Rate, type Stage, type Times } from './measure.ts'

export const fewElsewhere = 10
export const manyElsewhere = 10_000

export interface Elsewhere {
  few: Rate
  many: Rate
}

/** Two accounts that differ in nothing but the number of webhooks that are subscribed elsewhere. */
export interface ElsewhereAccounts {
  few: Account
  many: Account
}

const otherEvents = [['lead.created', 'lead.deleted'], ['contact.*'], ['*.won'], ['customer.stage_changed']]
const otherStages = 200

/** Every other one waits for the same event in another stage, the rest for other events. */
function webhookElsewhere(number: number, sinkUrl: string): object {
  const place =
    number % 2 === 0
      ? {
          events: ['lead.stage_changed'],
          scope: [{ pipeline_id: pipelineId, stage_ids: [`elsewhere-${(number / 2) % otherStages}`] }],
        }
      : { events: otherEvents[((number - 1) / 2) % otherEvents.length] }
  return { name: `Elsewhere, ${number}`, ...place, request: { url: `${sinkUrl}/elsewhere/${number}` } }
}

async function setUp(account: Account, elsewhere: number, stage: Stage): Promise<void> {
  const { sinkUrl } = stage
  await makePipeline(account, 'lead')
  await account.post('/v1/webhooks', {
    name: 'Stage changes: lead',
    events: ['lead.stage_changed'],
    scope: [{ pipeline_id: pipelineId, stage_ids: [stageIds[1]] }],
    conditions,
    request: { url: `${sinkUrl}/lead/1` },
    delivery: allSlots,
  })
  await stage.connect(account)
  const bodies = Array.from({ length: elsewhere }, (_, number) =>
    JSON.stringify(webhookElsewhere(number, sinkUrl)),
  )
  await stage.loader.ask({ do: 'post-all', path: '/v1/webhooks', bodies, atOnce: 16 })
}

/** The two accounts take turns, so that what drifts on the machine or in the store drifts for both. */
export async function measureElsewhere(
  stage: Stage,
  accounts: ElsewhereAccounts,
  times: Times,
  rounds: number,
): Promise<Elsewhere> {
  await setUp(accounts.few, fewElsewhere, stage)
  await setUp(accounts.many, manyElsewhere, stage)
  await stage.connect(accounts.few)
  await loadAndDrain(stage, 'events', times.warmUpMs, 1)
  // The server is warm; each turn has only to load its account again.
  const turn = { ...times, warmUpMs: times.warmUpMs / 3 }
  const rates: Record<keyof ElsewhereAccounts, Rate[]> = { few: [], many: [] }
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
      await stage.connect(accounts[name])
      rates[name].push(await measureLoad(stage, 'events', turn, 1))
    }
  }
  return { few: mean(rates.few), many: mean(rates.many) }
}
