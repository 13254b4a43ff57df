import type { Delivery } from './delivery.ts'
import type { Pause, WebhookStatus } from './webhook.ts'

/** More than anybody pauses while one delivery lives; what is forgotten lets it expire earlier by so much. */
const pausesMax = 100

/** The pauses of a webhook after its status has changed. */
export function pausesAfter(pauses: readonly Pause[], status: WebhookStatus, now: number): Pause[] {
  const ended = pauses.map(({ from, to }) => ({ from, to: to ?? now }))
  if (status !== 'paused') return ended
  const last = pauses.at(-1)
  const since = last?.to === null ? last.from : now
  return [...(last?.to === null ? ended.slice(0, -1) : ended), { from: since, to: null }].slice(-pausesMax)
}

/**
 * When an unsettled delivery expires: later than it was promised by all the time for which its webhook was paused since it
 * was made. Reckoned when it is asked for, so that neither pausing nor resuming touches a million deliveries.
 */
export function expiresAt(
  { expires_at, created_at }: Pick<Delivery, 'expires_at' | 'created_at'>,
  pauses: readonly Pause[],
  now: number,
): number {
  let at = expires_at
  for (const { from, to } of pauses) at += Math.max(0, (to ?? now) - Math.max(from, created_at))
  return at
}
