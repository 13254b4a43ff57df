import type { CrmEvent } from '../../../data/events.ts'
import type { Json } from '../../../data/json.ts'
import type { ScopeEntry } from '../../../data/webhooks.ts'

/** The past event to begin with: the newest where the webhook stands; the newest of all where none was there. */
export function firstEvent<Event extends Pick<CrmEvent, 'current'>>(
  past: readonly Event[],
  scope: readonly ScopeEntry[],
): Event | undefined {
  return past.find(({ current }) => isWithin(current, scope)) ?? past[0]
}

function isWithin(current: CrmEvent['current'], scope: readonly ScopeEntry[]): boolean {
  const isOne = (ids: readonly string[] | undefined, id: Json | undefined) =>
    ids === undefined || ids.some((one) => one === id)
  return (
    scope.length === 0 ||
    scope.some(
      ({ pipeline_id, stage_ids, period_ids }) =>
        isOne(pipeline_id === undefined ? undefined : [pipeline_id], current['pipeline_id']) &&
        isOne(stage_ids, current['stage_id']) &&
        isOne(period_ids, current['period_id']),
    )
  )
}
