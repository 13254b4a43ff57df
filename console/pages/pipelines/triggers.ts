import type { Webhook } from '../../data/webhooks.ts'

type Subscriber = Pick<Webhook, 'events' | 'scope'>

export interface Triggers<W extends Subscriber> {
  /** Fire wherever in the pipeline something happens. */
  everywhere: W[]
  /** By the stage that they sit on. */
  byStage: Map<string, W[]>
}

/** What moving through stages tells; webhooks for anything else sit on no board. */
const staged = ['stage_changed', 'won', 'lost', 'reopened']

/** Sorts webhooks to where they sit on the board of a pipeline. One that names several stages sits on each of them. */
export function triggersOf<W extends Subscriber>(
  webhooks: W[],
  kind: string,
  pipelineId: string,
): Triggers<W> {
  const triggers: Triggers<W> = { everywhere: [], byStage: new Map() }
  for (const webhook of webhooks) {
    if (webhook.scope.length === 0) {
      // Everywhere, pipelines included, if it waits for moves at all.
      if (hears(webhook, kind, staged)) triggers.everywhere.push(webhook)
      continue
    }
    if (!hears(webhook, kind)) continue
    const here = webhook.scope.filter(({ pipeline_id }) => pipeline_id === pipelineId)
    const stages = new Set(here.flatMap(({ stage_ids = [] }) => stage_ids))
    for (const id of stages) triggers.byStage.set(id, [...(triggers.byStage.get(id) ?? []), webhook])
    if (here.some(({ stage_ids = [] }) => stage_ids.length === 0)) triggers.everywhere.push(webhook)
  }
  return triggers
}

/** Whether one of its events or patterns (`lead.*`, `*.stage_changed`, `*`) is of the kind, and of these actions. */
function hears({ events }: Subscriber, kind: string, actions?: string[]): boolean {
  return events.some((pattern) => {
    if (pattern === '*') return true
    const [ofKind, action = ''] = pattern.split('.')
    if (ofKind !== '*' && ofKind !== kind) return false
    return action === '*' || !actions || actions.includes(action)
  })
}
