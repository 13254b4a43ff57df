import type { Vocabulary } from '../../crm/index.ts'
import type { FireLimits, ProblemDetail, WebhookSettings } from '../../model/index.ts'

const delaySecondsMax = 2_592_000
const perRecordMax = 1_000_000
const intervalSecondsMax = 31_536_000

/** Whether the webhook's events can ever make its conditions become true. */
export function checkFire(
  fire: WebhookSettings['fire'],
  types: readonly string[],
  { eventTypes }: Vocabulary,
): ProblemDetail[] {
  const onlyActivities = types.length > 0 && types.every((type) => eventTypes.get(type)?.activity)
  if (fire !== 'becomes_true' || !onlyActivities) return []
  const message =
    '"becomes_true" compares the conditions before and after a change, but none of the events changes a record: ' +
    'add one that does (such as updated or stage_changed), or use "each_time".'
  return [{ path: 'fire', code: 'never_becomes_true', message }]
}

/** How often it may fire: whole numbers from 1, or null for no bound. */
export function checkLimits({ per_record, min_interval_s }: FireLimits): ProblemDetail[] {
  return [
    ...checkRange(per_record, 1, perRecordMax, 'limits.per_record', ', or null for no bound'),
    ...checkRange(min_interval_s, 1, intervalSecondsMax, 'limits.min_interval_s', ', or null for no pause'),
  ]
}

export function checkDelay(delayS: number): ProblemDetail[] {
  return checkRange(delayS, 0, delaySecondsMax, 'delay_s', '')
}

function checkRange(
  value: number | null,
  min: number,
  max: number,
  path: string,
  orElse: string,
): ProblemDetail[] {
  if (value === null || (value >= min && value <= max)) return []
  return [{ path, code: 'out_of_range', message: `This must be from ${min} to ${max}${orElse}.` }]
}
