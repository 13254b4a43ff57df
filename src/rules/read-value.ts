/**
 * How a field's value is read for a comparison, by the field's type and not by the value's: sources bring numbers as text,
 * and a field that widened to text may still hold a number. What cannot be read that way is null and compares with nothing.
 */
import type { Fields, FieldType, Json } from '../model/index.ts'

interface Money {
  amount: number
  /** In capitals; null where the value names none. */
  currency: string | null
}

/** True where a person sees nothing: never set, cleared, an empty text or an empty list. */
export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** A text as itself, a number or boolean as it is written. */
export function readText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** Composed and decomposed letters are the same to a reader; so are capitals, unless the row says otherwise. */
export function foldText(text: string, caseSensitive: boolean): string {
  const composed = text.normalize('NFC')
  return caseSensitive ? composed : composed.toLowerCase()
}

const cleanDecimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** More digits than these do not fit a JavaScript number exactly. */
const exactDigitsMax = 15

/** A number, or a text that is a clean decimal: `9000`, `-0.50`; not ` 9000`, `9 000`, `007`, `1e3`. */
export function readNumber(value: Json | undefined): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.length > exactDigitsMax + 2 || !cleanDecimal.test(value)) return null
  return value.replace(/[-.]/g, '').length <= exactDigitsMax ? Number(value) : null
}

/** A plain amount, or `{amount, currency}`. */
export function readMoney(value: Json | undefined): Money | null {
  if (value === null || typeof value !== 'object') {
    const amount = readNumber(value)
    return amount === null ? null : { amount, currency: null }
  }
  if (Array.isArray(value)) return null
  const amount = readNumber(value.amount)
  if (amount === null) return null
  const { currency } = value
  if (currency === undefined || currency === null || currency === '') return { amount, currency: null }
  return typeof currency === 'string' ? { amount, currency: currency.toUpperCase() } : null
}

function readBoolean(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : null
}

/** An id as text. Ids are the caller's own: capitals count. */
export function readId(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : null
}

/** The id in a field of this name; null where there is none. */
export function idIn(fields: Fields, name: string): string | null {
  return Object.hasOwn(fields, name) ? readId(fields[name]) : null
}

/** The texts of a list; a single value is a list of one. Entries that are no text and no number are left out. */
export function readList(value: Json | undefined): string[] | null {
  if (value === undefined || value === null) return null
  const entries = Array.isArray(value) ? value : [value]
  return entries.map(readText).filter((entry) => entry !== null)
}

/**
 * Below zero, zero or above as `a` is less than, equal to or more than `b`; null where they cannot be compared.
 * Amounts compare only within one currency; one without a currency compares with others that have none.
 */
export function compareAmounts(type: FieldType, a: Json | undefined, b: Json | undefined): number | null {
  if (type === 'money') {
    const left = readMoney(a)
    const right = readMoney(b)
    return left && right && left.currency === right.currency ? left.amount - right.amount : null
  }
  const left = readNumber(a)
  const right = readNumber(b)
  return left === null || right === null ? null : left - right
}

type Same = (a: Json, b: Json, caseSensitive: boolean, type: FieldType) => boolean

const sameText: Same = (a, b, caseSensitive) => {
  const left = readText(a)
  const right = readText(b)
  return left !== null && right !== null && foldText(left, caseSensitive) === foldText(right, caseSensitive)
}
const sameAmount: Same = (a, b, _caseSensitive, type) => compareAmounts(type, a, b) === 0
const sameId: Same = (a, b) => {
  const id = readId(a)
  return id !== null && id === readId(b)
}
const sameBoolean: Same = (a, b) => {
  const left = readBoolean(a)
  return left !== null && left === readBoolean(b)
}

const sameByType: Partial<Record<FieldType, Same>> = {
  text: sameText,
  number: sameAmount,
  money: sameAmount,
  boolean: sameBoolean,
  choice: sameId,
  stage: sameId,
  pipeline: sameId,
  period: sameId,
  user: sameId,
  link: sameId,
}

/** The types whose values can be asked for with `=`. */
export const comparableTypes = Object.keys(sameByType) as readonly FieldType[]

/** The types whose values are ids or one of a set: compared as they are written. */
export const idTypes: readonly FieldType[] = ['choice', 'stage', 'pipeline', 'period', 'user', 'link']

/** Whether two values are the same to a field of this type; a missing value is the same as none. */
export function sameValue(
  type: FieldType,
  a: Json | undefined,
  b: Json | undefined,
  caseSensitive: boolean,
): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return false
  return sameByType[type]?.(a, b, caseSensitive, type) ?? false
}
