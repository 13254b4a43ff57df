import { deliveryStates, isSettled } from '../../data/deliveries.ts'
import type { ListedEvent } from '../../data/events.ts'
import type { LiveAttempt } from '../../data/live.ts'

/** Attempts that were told, by the delivery that each was of. */
export type ToldAttempts = ReadonlyMap<string, Pick<LiveAttempt, 'state'>>

/** An event of a list after attempts of its deliveries. Late ones changed nothing, and what is settled stays so. */
export function applyAttempts(event: ListedEvent, told: ToldAttempts): ListedEvent {
  let changed = false
  const deliveries = event.deliveries.map((delivery) => {
    const state = deliveryStates.find((known) => known === told.get(delivery.id)?.state)
    if (!state || state === delivery.state || isSettled(delivery)) return delivery
    changed = true
    return { ...delivery, state }
  })
  return changed ? { ...event, deliveries } : event
}
