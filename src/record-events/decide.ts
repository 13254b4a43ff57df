import type { CrmEvent, Decision, DecisionReason, FailedRule, Webhook } from '../model/index.ts'
import type { AccountConfig } from './account-config.ts'

export interface Decided {
  /** The webhooks that subscribe to the event's type and stand where it happened, with what became of each. */
  decisions: Decision[]
  /** Those that fire, in the same order. */
  fired: { webhook: Webhook; decision: Decision }[]
}

/** Above this many, skips keep only the first failing row: an event must not outgrow its page. */
const fullTracesMax = 100

/**
 * Asks every webhook that the event could concern whether it fires. Pure but for the compiled config, and cheap: webhooks
 * that wait for other events or other stages are never touched.
 */
export function decide(event: CrmEvent, config: AccountConfig): Decided {
  const decided: Decided = { decisions: [], fired: [] }
  const candidates = config.matcher.candidates(event)
  const firstRowOnly = candidates.length > fullTracesMax
  for (const { webhook, verdict } of candidates) {
    if (verdict) {
      decided.decisions.push(decision(webhook, verdict, []))
      continue
    }
    const { holds, failed } = config.conditionsOf(webhook).judge(event)
    if (!holds) {
      decided.decisions.push(decision(webhook, 'condition', firstRowOnly ? failed.slice(0, 1) : failed))
      continue
    }
    // Judged last, so that `disabled` counts only what would have been sent.
    const fires = webhook.status !== 'disabled'
    const made = decision(webhook, fires ? 'fired' : 'disabled', [])
    decided.decisions.push(made)
    if (fires) decided.fired.push({ webhook, decision: made })
  }
  return decided
}

function decision(webhook: Webhook, reason: DecisionReason, failed: FailedRule[]): Decision {
  return {
    webhook_id: webhook.id,
    webhook_name: webhook.name,
    webhook_version: webhook.version,
    verdict: reason === 'fired' ? 'fired' : 'skipped',
    reason,
    failed,
    delivery_id: null,
  }
}
