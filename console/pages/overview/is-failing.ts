import type { Webhook } from '../../data/webhooks.ts'

/** Switched on, and its last attempts failed. One failure alone happens; the next try usually mends it. */
export function isFailing({ status, health }: Pick<Webhook, 'status' | 'health'>): boolean {
  return status !== 'disabled' && (health.failures_in_a_row > 1 || health.circuit !== 'closed')
}
