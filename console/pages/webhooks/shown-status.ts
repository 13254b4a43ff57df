import type { Webhook } from '../../data/webhooks.ts'

/** The status as people see it: one that is switched on but does not get through is failing. */
export function shownStatus({ status, health }: Pick<Webhook, 'status' | 'health'>): string {
  const failing = health.failures_in_a_row > 1 || health.circuit !== 'closed'
  return status === 'active' && failing ? 'failing' : status
}
