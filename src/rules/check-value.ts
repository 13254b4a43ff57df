/** Whether the value of a row fits what its operator asks for. Answers are sentence parts (`must be a number`) or null. */
import type { FieldType, Json } from '../model/index.ts'
import { conditionTextMax, conditionValuesMax, timeSpanAmountMax } from './limits.ts'
import { isBareDay, readDate, timeUnits } from './read-date.ts'
import { compareAmounts } from './read-value.ts'
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
  readDate(value, 'UTC')
    ? null
    : 'must be a date such as "2026-11-20", or a time such as "2026-11-20T09:00:00Z"'

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
    return mayFollow(value[0], value[1]) ? null : 'must name the earlier date first'
  }
  const difference = compareAmounts(type, value[0], value[1])
  if (difference === null) return 'must name both amounts in one currency'
  return difference <= 0 ? null : 'must name the lower one first'
}

const dayMs = 86_400_000

/** A day and a moment are put in order only by the account's time zone, which may be up to a day away from UTC. */
function mayFollow(first: Json | undefined, second: Json | undefined): boolean {
  const mixed = isBareDay(first) !== isBareDay(second)
  return readDate(first, 'UTC')!.from <= readDate(second, 'UTC')!.to + (mixed ? dayMs : 0)
}

/** For operators that take a span of time: `{"amount": 7, "unit": "days"}`. */
export function checkSpan(value: Json | undefined): string | null {
  const says = `must be a span of time such as {"amount": 7, "unit": "days"}; the units are ${timeUnits.join(', ')}`
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return says
  const { amount, unit, ...others } = value
  if (!timeUnits.some((known) => known === unit) || Object.keys(others).length > 0) return says
  const fits = Number.isInteger(amount) && Number(amount) >= 1 && Number(amount) <= timeSpanAmountMax
  return fits ? null : `must have a whole amount from 1 to ${timeSpanAmountMax}`
}
