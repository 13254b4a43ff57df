import { type Delivery, deliveryStates, isSettled } from '../../data/deliveries.ts'
import type { LiveAttempt } from '../../data/live.ts'

/** What an attempt at a later delivery of the same event and webhook tells of this one: that it was sent again. */
export function applyLater(
  delivery: Delivery,
  { delivery_id: id, state, started_at }: LiveAttempt,
): Delivery {
  const known = delivery.sent_again
  const now = deliveryStates.find((one) => one === state)
  if (!now || !isSettled(delivery) || id <= delivery.id) return delivery
  if (known && (known.id > id || (known.id === id && isSettled(known)))) return delivery
  // When it was made is not told; its first attempt comes close.
  const created_at = known?.id === id ? known.created_at : started_at
  return { ...delivery, sent_again: { id, state: now, reason: null, created_at } }
}

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
