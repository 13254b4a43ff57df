/** What `becomes_true` compares with: the event as it would have been had its write not happened. */
import { actionOf } from '../model/index.ts'
import type { CrmEvent, JsonObject } from '../model/index.ts'
import type { CompiledConditions } from './evaluate.ts'

/**
 * The event with everything as it was before its write: the record's fields, what the data repeats of them, and the names
 * of stage, pipeline and owner. null for `created`: there was nothing before. What the event does not tell of the time before
 * (the fields of a contact that the record no longer points at) is missing.
 */
export function eventBefore(event: CrmEvent): CrmEvent | null {
  if (actionOf(event.type) === 'created') return null
  return {
    ...event,
    current: { ...event.current, ...event.previous },
    previous: {},
    data: dataBefore(event),
    related: relatedBefore(event),
  }
}

/**
 * Whether conditions that hold now did not hold before the event's write. Activities change nothing, so by them nothing
 * becomes true; before a record was created nothing held.
 */
export function becomesTrue(conditions: CompiledConditions, event: CrmEvent, isActivity: boolean): boolean {
  if (isActivity) return false
  const before = eventBefore(event)
  return before === null || !conditions.holds(before)
}

/** `stage_id` in the data was what `old_stage_id` says, or what the record had in its field of that name. */
function dataBefore({ data, previous }: CrmEvent): JsonObject {
  const before: JsonObject = {}
  for (const name in data) {
    const oldName = `old_${name}`
    if (Object.hasOwn(data, oldName)) before[name] = data[oldName]!
    else before[name] = Object.hasOwn(previous, name) ? previous[name]! : data[name]!
  }
  return before
}

const oldPrefix = 'old_'

function relatedBefore({ current, previous, related }: CrmEvent): CrmEvent['related'] {
  const before: CrmEvent['related'] = {}
  for (const name in related) {
    if (!name.startsWith(oldPrefix) && !pointedElsewhere(name)) before[name] = related[name]!
  }
  for (const name in related) {
    if (name.startsWith(oldPrefix)) before[name.slice(oldPrefix.length)] = related[name]!
  }
  return before

  function pointedElsewhere(name: string): boolean {
    if (Object.hasOwn(previous, `${name}_id`) || Object.hasOwn(previous, name)) return true
    // A record without a company of its own has its contact's.
    return (
      name === 'company' && Object.hasOwn(previous, 'contact_id') && (current.company_id ?? null) === null
    )
  }
}
