import { type Delivery, deliveryStates, isSettled } from '../../data/deliveries.ts'
import type { LiveAttempt } from '../../data/live.ts'

/** A delivery after an attempt of which only the short form was told. A late one changed nothing. */
export function applyAttempt(delivery: Delivery, attempt: LiveAttempt): Delivery {
  const state = deliveryStates.find((known) => known === attempt.state)
  if (!state || isSettled(delivery)) return delivery
  const after = {
    ...delivery,
    state,
    attempt_count: Math.max(delivery.attempt_count, attempt.number),
    last_status_code: attempt.status_code ?? delivery.last_status_code,
    // When it goes on is not told.
    due_at: null,
  }
  if (!isSettled(after)) return after
  const endedAt = Date.parse(attempt.started_at) + attempt.duration_ms
  return { ...after, settled_at: new Date(endedAt).toISOString() }
}
