import type { CrmEvent, Decision, DecisionReason, FailedRule, Webhook } from '../model/index.ts'
import { becomesTrue, isOpen, isSystemType } from '../rules/index.ts'
import type { AccountConfig } from './account-config.ts'

export interface Decided {
  /** The webhooks that subscribe to the event's type and stand where it happened, with what became of each. */
  decisions: Decision[]
  /** Those that fire as far as the event itself tells, in the same order. What is counted is still to be asked. */
  firing: { webhook: Webhook; decision: Decision }[]
}

/** Above this many, skips keep only the first failing row: an event must not outgrow its page. */
const fullTracesMax = 100

/** A chain of webhooks that caused each other ends here, also where none of them repeats. */
const chainLengthMax = 8

/**
 * Asks every webhook that the event could concern whether it fires. Pure but for the compiled config, and cheap: webhooks
 * that wait for other events or other stages are never touched.
 */
export function decide(event: CrmEvent, config: AccountConfig): Decided {
  const decided: Decided = { decisions: [], firing: [] }
  const candidates = config.matcher.candidates(event)
  const firstRowOnly = candidates.length > fullTracesMax
  for (const { webhook, verdict } of candidates) {
    const { reason, failed } = verdict ? { reason: verdict, failed: [] } : judge(webhook, event, config)
    const decision: Decision = {
      webhook_id: webhook.id,
      webhook_name: webhook.name,
      webhook_version: webhook.version,
      verdict: reason === 'fired' ? 'fired' : 'skipped',
      reason,
      failed: firstRowOnly ? failed.slice(0, 1) : (failed as FailedRule[]),
      delivery_id: null,
    }
    decided.decisions.push(decision)
    if (reason === 'fired') decided.firing.push({ webhook, decision })
  }
  return decided
}

const nothingFailed: readonly FailedRule[] = []

/** In this order: what the webhook asks for, then what keeps it from asking too often. */
function judge(
  webhook: Webhook,
  event: CrmEvent,
  config: AccountConfig,
): { reason: DecisionReason; failed: readonly FailedRule[] } {
  const conditions = config.conditionsOf(webhook)
  const { holds, failed } = conditions.judge(event)
  if (!holds) return { reason: 'condition', failed }
  if (webhook.fire === 'becomes_true' && !becomesTrue(conditions, event, config.names.isActivity(event.type)))
    return { reason: 'not_newly_true', failed: nothingFailed }
  const hours = webhook.active_hours
  if (hours?.outside === 'skip' && !isOpen(hours, Date.parse(event.received_at)))
    return { reason: 'active_hours', failed: nothingFailed }
  return { reason: loops(webhook, event) ? 'loop' : 'fired', failed: nothingFailed }
}

/** A webhook never fires for what it caused itself, nor is it told of itself. */
export function loops({ id }: Pick<Webhook, 'id'>, { type, data, caused_by }: CrmEvent): boolean {
  if (isSystemType(type) && data['webhook_id'] === id) return true
  return caused_by !== null && (caused_by.chain.includes(id) || caused_by.chain.length >= chainLengthMax)
}
