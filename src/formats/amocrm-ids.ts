import type { CrmEvent, Json } from '../model/index.ts'
import { ownField } from './own-field.ts'

/** Ids are text; systems that send ready-made events write them as numbers too. Anything else is no id. */
export function idText(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

// JSON knows no leading zeros: 007 would not parse, so it stays text.
const digits = /^(?:0|[1-9][0-9]*)$/

/** As JSON text: digits are a number however long they are, all others are text, none is null. */
export function idJson(text: string | null): string {
  return text !== null && digits.test(text) ? text : JSON.stringify(text)
}

/** After the change. What the event says of itself comes before the record's fields, which events sent ready-made may lack. */
export function presentId(event: CrmEvent, field: string): Json | undefined {
  const { data, current } = event
  return Object.hasOwn(data, field) ? data[field] : ownField(current, field)
}

/**
 * Before the change. `previous` holds all that the write changed, so beside another change a field that is not in it was
 * the same before; where it holds nothing at all, nothing is known.
 */
export function oldId(event: CrmEvent, field: string): Json | undefined {
  const { data, previous } = event
  const old = `old_${field}`
  if (Object.hasOwn(data, old)) return data[old]
  if (Object.hasOwn(previous, field)) return previous[field]
  return Object.keys(previous).length > 0 ? presentId(event, field) : undefined
}
