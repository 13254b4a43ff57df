import { type Delivery, deliveryStates, isSettled } from '../../data/deliveries.ts'
import type { LiveAttempt } from '../../data/live.ts'

/** A delivery after an attempt of which only the short form was told. A late one changed nothing. */
export function applyAttempt(delivery: Delivery, attempt: LiveAttempt): Delivery {
  const state = deliveryStates.find((known) => known === attempt.state)
  if (!state || isSettled(delivery)) return delivery
  const { id, number, outcome, reason, started_at, duration_ms } = attempt
  const after = {
    ...delivery,
    state,
    attempt_count: Math.max(delivery.attempt_count, number),
    last_status_code: attempt.status_code,
    last_attempt: { id, number, outcome, reason, started_at, duration_ms },
    // When it goes on is not told.
    due_at: null,
  }
  if (!isSettled(after)) return after
  const endedAt = Date.parse(started_at) + duration_ms
  return { ...after, settled_at: new Date(endedAt).toISOString() }
}
