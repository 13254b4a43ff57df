import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'

const cancelStep = 500

/**
 * A receiver answered 410 Gone: its webhook is disabled, and what was unsent is canceled (the sweep does what is left).
 * Does nothing where somebody disabled or deleted it meanwhile.
 */
export async function disableGone(
  store: Store,
  clock: Clock,
  accountId: string,
  webhookId: string,
): Promise<void> {
  await store.transaction(async (tx) => {
    const webhook = await tx.webhooks.get(accountId, webhookId)
    if (!webhook || webhook.status === 'disabled') return
    const disabled = {
      ...webhook,
      version: webhook.version + 1,
      status: 'disabled' as const,
      status_reason: 'the receiver answered 410 Gone',
      updated_at: clock(),
    }
    if (await tx.webhooks.put(disabled, 'system')) await tx.deliveries.cancelStranded(cancelStep, clock())
  })
}
