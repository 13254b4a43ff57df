import type { Json } from './json.ts'

export type DecisionReason =
  | 'fired'
  | 'not_subscribed' // its events do not name this type
  | 'other_stage' // its scope is another pipeline, stage or period
  | 'entering' // it waits for moved, and this was created (or the other way round)
  | 'condition' // a row of its conditions does not hold
  | 'not_newly_true'
  | 'limit'
  | 'interval'
  | 'active_hours'
  | 'loop'
  | 'rate_guard'
  | 'disabled' // all else holds; it would have fired

/** A row that did not hold, with what was asked and what was there. */
export interface FailedRule {
  /** Where it stands: `rules[0].rules[2]`. */
  path: string
  field: string
  operator: string
  expected: Json
  seen: Json
}

/** How many webhooks fired for an event, and how many that subscribe to its type were skipped. */
export interface DecisionCounts {
  fired: number
  skipped: number
}

export function countDecisions(decisions: readonly Pick<Decision, 'verdict'>[]): DecisionCounts {
  const fired = decisions.filter(({ verdict }) => verdict === 'fired').length
  return { fired, skipped: decisions.length - fired }
}

/** Fired or skipped, for one event and one webhook. */
export interface Decision {
  webhook_id: string
  webhook_name: string
  webhook_version: number
  verdict: 'fired' | 'skipped'
  reason: DecisionReason
  failed: FailedRule[]
  delivery_id: string | null
}
