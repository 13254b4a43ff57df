import type { FieldType, Json } from '../model/index.ts'
import { coerceField } from './coerce.ts'

/**
 * The type of a field that nobody described, by the first value seen; null says nothing about it and gives null. A number
 * that no JSON reader keeps exactly is text.
 */
export function inferFieldType(value: Json): FieldType | null {
  if (value === null) return null
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return widen('number', value)
  if (typeof value === 'boolean') return 'boolean'
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null)
    ? 'list'
    : 'json'
}

/**
 * The type that a discovered field takes on with one more value: its own where the value fits without losing anything,
 * else text, and json for what text cannot hold. `007` and `+48 501` are text also where only numbers were seen: a phone
 * number that lost its plus is none.
 */
export function widen(existing: FieldType, value: Json): FieldType {
  const coerced = coerceField(value, { type: existing })
  if (coerced.problem === undefined && losesNothing(value, coerced.value)) return existing
  return value !== null && typeof value === 'object' ? 'json' : 'text'
}

function losesNothing(value: Json, held: Json): boolean {
  if (typeof held === 'boolean') return String(value) === String(held)
  if (typeof held !== 'number' || typeof value !== 'string') return true
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)
}
