import type { Attempt } from '../model/index.ts'
import type { HeldDelivery } from './deliver.ts'

/**
 * How long after its event was accepted a delivery was first tried, in ms: the server's own latency. null for later attempts,
 * and where the delivery was not due at once: delayed, held by hours, a replay.
 */
export function firstDelayMs(
  { delivery, webhook }: Pick<HeldDelivery, 'delivery' | 'webhook'>,
  { number, started_at }: Pick<Attempt, 'number' | 'started_at'>,
): number | null {
  const atOnce = delivery.purpose === 'event' && webhook.delay_s === 0 && webhook.active_hours === null
  return number === 1 && atOnce ? Math.max(0, started_at - delivery.created_at) : null
}
