import type { FieldType, Json } from '../model/index.ts'

/** The value as the field holds it, or what is wrong with it, as a part of a sentence: `must be a number`. */
export type Coerced = { value: Json; problem?: undefined } | { problem: string; value?: undefined }

/** As much of a field's description as its values depend on; built-in and account fields both fit. */
interface ValueDescription {
  type: FieldType
  choices?: readonly string[] | null
}

/**
 * Brings a value to the type of its field, because the systems that send them are not strict: forms know only text, PHP
 * writes ids as numbers, people type dates. null and '' both mean empty and give null, whatever the type.
 */
export function coerceField(value: Json, description: ValueDescription): Coerced {
  if (value === null || value === '') return { value: null }
  return coercions[description.type](value, description)
}

const coercions: Record<FieldType, (value: Exclude<Json, null>, description: ValueDescription) => Coerced> = {
  text: (value) => (typeof value === 'object' ? { problem: 'must be text' } : { value: String(value) }),
  number: (value) => {
    const number = numberOf(value)
    return number === null ? { problem: 'must be a number' } : { value: number }
  },
  money: coerceMoney,
  boolean: (value) => {
    const boolean = booleans.get(typeof value === 'string' ? value.trim().toLowerCase() : value)
    return boolean === undefined ? { problem: 'must be true or false' } : { value: boolean }
  },
  date: (value) => {
    const date = typeof value === 'object' || typeof value === 'boolean' ? null : dateOf(value)
    return date === null
      ? { problem: 'must be a date: 2026-11-20, 2026-11-20T09:00:00Z, or seconds or milliseconds since 1970' }
      : { value: date }
  },
  choice: (value, { choices }) => {
    if (typeof value === 'object') return { problem: 'must be text' }
    if (!choices || choices.length === 0 || choices.includes(String(value))) return { value: String(value) }
    return { problem: `must be one of ${choices.join(', ')}` }
  },
  tags: (value) => {
    const entries = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value]
    if (!entries.every(isPlain)) return { problem: 'must be a list of texts, or texts with commas between' }
    const tags = entries.map((entry) => String(entry ?? '').trim()).filter((tag) => tag !== '')
    return { value: [...new Set(tags)] }
  },
  list: (value) => {
    const entries = Array.isArray(value) ? value : [value]
    return entries.every(isPlain)
      ? { value: entries }
      : { problem: 'must be a list of texts, numbers or yes/no values' }
  },
  stage: coerceId,
  pipeline: coerceId,
  period: coerceId,
  user: coerceId,
  link: coerceId,
  json: (value) => ({ value }),
}

const booleans = new Map<Json, boolean>([
  [true, true],
  ['true', true],
  ['1', true],
  [1, true],
  [false, false],
  ['false', false],
  ['0', false],
  [0, false],
])

function isPlain(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

/** Ids are the caller's own text: digits stay digits, whether they came as a number or not. */
function coerceId(value: Exclude<Json, null>): Coerced {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { value: String(value) }
  if (typeof value !== 'string') return { problem: 'must be an id: text, or a whole number' }
  const id = value.trim()
  return { value: id === '' ? null : id }
}

/** `12.5`, or `{amount: 12.5, currency: 'EUR'}` and nothing else. */
function coerceMoney(value: Exclude<Json, null>): Coerced {
  const problem = 'must be a number, or {"amount": a number, "currency": three letters}'
  if (typeof value !== 'object') {
    const number = numberOf(value)
    return number === null ? { problem } : { value: number }
  }
  if (Array.isArray(value)) return { problem }
  const { amount, currency, ...others } = value
  const number = numberOf(amount ?? null)
  const letters = typeof currency === 'string' ? currency.trim().toUpperCase() : ''
  if (number === null || !/^[A-Z]{3}$/.test(letters) || Object.keys(others).length > 0) return { problem }
  return { value: { amount: number, currency: letters } }
}

/** Numbers, and text that writes one with a dot. Whole numbers beyond 2^53 are none: JSON readers would round them. */
function numberOf(value: Json): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  if (typeof value === 'string' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())) return null
  const number = Number(value)
  if (!Number.isFinite(number)) return null
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return null
  return number === 0 ? 0 : number
}

/** Below this a count since 1970 is in seconds (up to the year 5138), from here on in milliseconds (from 1973). */
const secondsEnd = 1e11

/**
 * A day stays a day (`2026-11-20`): a birthday has no hour and no zone. A time becomes UTC with milliseconds; one without
 * a zone is taken as UTC, so that the result does not depend on where the server stands.
 */
function dateOf(value: number | string): string | null {
  const text = String(value).trim()
  if (/^-?\d{9,14}(\.\d+)?$/.test(text) || typeof value === 'number') {
    const count = Number(text)
    return isoOf(Math.abs(count) < secondsEnd ? count * 1000 : count)
  }
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(
      text,
    )
  if (!parts) return null
  const [, day = '', hour, minute, second = '00', fraction = '', zone = 'Z'] = parts
  const dayStart = Date.parse(day)
  // Date rolls over: 30 February would become 2 March.
  if (isoOf(dayStart)?.slice(0, day.length) !== day) return null
  if (hour === undefined || minute === undefined) return day
  const offset = zoneMinutes(zone)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offset === null) return null
  const minutes = Number(hour) * 60 + Number(minute) - offset
  return isoOf(
    dayStart + (minutes * 60 + Number(second)) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)),
  )
}

/** `+02:00`, `+0200`, `+02`, `Z` → minutes ahead of UTC. */
function zoneMinutes(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || '0')
  if (hours > 18 || minutes > 59) return null
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1)
}

function isoOf(ms: number): string | null {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  // Years outside 0000–9999 are written with a sign, which sorts and compares wrongly as text.
  return /^\d{4}-/.test(text) ? text : null
}
