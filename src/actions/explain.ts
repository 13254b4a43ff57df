import type { Decision } from '../model/index.ts'
import { matchVerdict } from '../rules/index.ts'
import type { RecordedEvent, Store } from '../store/store.ts'

/**
 * One decision for every webhook that was in force when the event was accepted: those stored with the event, then those of
 * webhooks that did not ask for it (`not_subscribed`, `other_stage`), worked out from the versions of that moment.
 */
export async function explainDecisions(
  store: Store,
  accountId: string,
  { event, config_version, decisions }: RecordedEvent,
): Promise<Decision[]> {
  const decided = new Set(decisions.map(({ webhook_id }) => webhook_id))
  const versions = await store.webhooks.versionsAt(accountId, config_version)
  const computed = versions.flatMap(({ webhook_id, version, settings }): Decision[] => {
    const reason = decided.has(webhook_id) ? null : matchVerdict(settings, event)
    if (reason === null) return []
    return [
      {
        webhook_id,
        webhook_name: settings.name,
        webhook_version: version,
        verdict: 'skipped',
        reason,
        failed: [],
        delivery_id: null,
      },
    ]
  })
  return [...decisions, ...computed]
}
