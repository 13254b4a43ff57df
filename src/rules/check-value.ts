/** Whether the value of a row fits what its operator asks for. Answers are sentence parts (`must be a number`) or null. */
import type { FieldType, Json } from '../model/index.ts'
import { conditionTextMax, conditionValuesMax } from './limits.ts'
import { compareAmounts, readDate } from './read-value.ts'
import { shortenText } from './shorten.ts'

type Choices = readonly string[] | null
type Check = (value: Json | undefined, choices: Choices) => string | null

const checkText: Check = (value) => {
  if (typeof value !== 'string') return 'must be text'
  if (value === '')
    return 'must not be empty: an empty field is asked for with "null", a filled one with "notNull"'
  return value.length > conditionTextMax ? `must have at most ${conditionTextMax} characters` : null
}

const checkId: Check = (value) =>
  typeof value === 'string' && value !== '' && value.length <= conditionTextMax
    ? null
    : 'must be an id as text, such as "16203337"'

const checkChoice: Check = (value, choices) => {
  if (choices === null || choices.length === 0) return checkText(value, null)
  if (typeof value === 'string' && choices.includes(value)) return null
  return shortenText(`must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, 400)
}

const checkMoney: Check = (value) => {
  if (typeof value === 'number') return null
  const says = 'must be a number, or an amount with its currency such as {"amount": 100, "currency": "EUR"}'
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return says
  const { amount, currency, ...others } = value
  const fits = typeof amount === 'number' && typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency)
  return fits && Object.keys(others).length === 0 ? null : says
}

const checkDate: Check = (value) =>
  readDate(value) ? null : 'must be a date such as "2026-11-20", or a time such as "2026-11-20T09:00:00Z"'

const checkByType: Record<FieldType, Check> = {
  text: checkText,
  number: (value) => (typeof value === 'number' ? null : 'must be a number'),
  money: checkMoney,
  boolean: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  date: checkDate,
  choice: checkChoice,
  tags: checkText,
  list: (value, choices) => (typeof value === 'number' ? null : checkText(value, choices)),
  stage: checkId,
  pipeline: checkId,
  period: checkId,
  user: checkId,
  link: checkId,
  json: () => null,
}

/** For operators that take no value. Forms leave an empty text behind when the operator changes. */
export function checkNone(value: Json | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : 'must be left out'
}

/** For operators that take one value of the field's own type. */
export function checkOne(value: Json | undefined, type: FieldType, choices: Choices): string | null {
  return checkByType[type](value, choices)
}

/** For operators that take a list of values; choices are matched one by one. */
export function checkMany(value: Json | undefined, type: FieldType, choices: Choices): string | null {
  if (!Array.isArray(value)) return 'must be a list'
  if (value.length === 0) return 'must name at least one value'
  if (value.length > conditionValuesMax) return `must have at most ${conditionValuesMax} entries`
  for (const entry of value) {
    const wrong = checkOne(entry, type, choices)
    if (wrong !== null) return `holds an entry that ${wrong}`
  }
  return null
}

/** For `between`: a list of two, the lower one first; money of one currency. */
export function checkTwo(value: Json | undefined, type: FieldType, choices: Choices): string | null {
  if (!Array.isArray(value) || value.length !== 2) return 'must be a list of two: from and to'
  const wrong = checkOne(value[0], type, choices) ?? checkOne(value[1], type, choices)
  if (wrong !== null) return `holds an entry that ${wrong}`
  if (type === 'date') {
    return readDate(value[0])!.from <= readDate(value[1])!.to ? null : 'must name the earlier date first'
  }
  const difference = compareAmounts(type, value[0], value[1])
  if (difference === null) return 'must name both amounts in one currency'
  return difference <= 0 ? null : 'must name the lower one first'
}
