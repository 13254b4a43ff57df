/** Conditions in words: "Sent when Price is greater than 10,000 and Contact: e-mail ends with “@acme.example”." */
import type { TFunction } from 'i18next'
import { localeOf } from '../../i18n/languages.ts'
import type { FieldType, Operator } from '../../data/catalogue.ts'
import { type Condition, isGroup, type Rule } from '../../data/condition.ts'
import type { Json } from '../../data/json.ts'

/** What conditions are put into words with. */
export interface ConditionWords {
  t: TFunction<'exchange'>
  /** The language of `t`. */
  language: string
  timeZone: string
  /** "Price", "Contact: e-mail". */
  fieldName: (path: string) => string
  fieldType: (path: string) => FieldType
  /** Operators by name, with their titles in the language. */
  operator: (name: string) => Pick<Operator, 'title' | 'values'> | undefined
  /** What a stage, pipeline, user or record of this id in this field is called; undefined where nobody knows. */
  nameOf: (type: FieldType, id: string, path: string) => string | undefined
}

/** The whole condition as one sentence. */
export function conditionText(condition: Condition, words: ConditionWords): string {
  const { t } = words
  const inside = groupText({ ...condition, not: false }, words, 0)
  if (inside === null) return t('condition.always')
  const sentence = t(condition.not ? 'condition.unless' : 'condition.when', { condition: inside })
  // What is left open needs no full stop.
  return sentence.replace(/….$/, '…')
}

/** null where nothing is asked: an empty group always holds. */
function groupText(group: Condition, words: ConditionWords, depth: number): string | null {
  const { t, language } = words
  const parts = group.rules
    .map((rule) => {
      if (isGroup(rule)) return groupText(rule, words, depth + 1)
      // A row in the making says nothing yet.
      return rule.field === '' ? null : ruleText(rule, words)
    })
    .filter((part) => part !== null)
  if (parts.length === 0) return null
  const joined = listText(parts, group.combinator === 'or', language)
  const grouped = depth > 0 && parts.length > 1 ? t('condition.group', { condition: joined }) : joined
  return group.not ? t('condition.notSo', { condition: grouped }) : grouped
}

/** One row: "Price is greater than 10,000". */
export function ruleText(rule: Rule, words: ConditionWords): string {
  const { t } = words
  const operator = words.operator(rule.operator)
  const type = words.fieldType(rule.field)
  const values = valuesOf(rule, operator?.values ?? 'one')
  const shown = values.map((value) => valueText(value, type, words, rule.field))
  const filled = {
    field: t('condition.field', { field: words.fieldName(rule.field) }),
    operator: operator?.title ?? rule.operator,
    value: operator?.values === 'span' ? spanText(rule.value, words) : manyText(shown, words),
    from: shown[0] ?? t('condition.missing'),
    to: shown[1] ?? t('condition.missing'),
  }
  // `as`: the sentences are as many as the server's operators; one that the console does not know is said with its title.
  const row = t(`condition.row.${rule.operator}` as 'condition.row.other', {
    ...filled,
    context: contextOf(rule.operator, type, values.length),
    defaultValue: t('condition.row.other', filled).trim(),
  })
  return rule.case_sensitive ? t('condition.caseSensitive', { row }) : row
}

/** What a row asks for, without its field and operator: "10,000", "“a” and “b”", "7 days"; empty where it asks for nothing. */
export function askedText(rule: Rule, words: ConditionWords): string {
  const takes = words.operator(rule.operator)?.values ?? 'one'
  if (takes === 'none') return ''
  if (takes === 'span') return spanText(rule.value, words)
  const type = words.fieldType(rule.field)
  const shown = valuesOf(rule, takes).map((value) => valueText(value, type, words, rule.field))
  if (takes === 'two') return words.t('condition.range', { from: shown[0] ?? '…', to: shown[1] ?? '…' })
  return manyText(shown, words)
}

/** Which wording of an operator's sentence is meant. */
function contextOf(operator: string, type: FieldType, count: number): string {
  if (count === 1 && lists.has(operator)) return 'single'
  if (type === 'boolean') return 'boolean'
  return amounts.has(type) ? 'number' : ''
}

/** Of these a list of one reads better as one value. */
const lists = new Set(['in', 'notIn', 'hasAny', 'hasAll', 'hasNone'])

const amounts: ReadonlySet<FieldType> = new Set(['number', 'money'])

function valuesOf({ value }: Rule, takes: Operator['values']): Json[] {
  if (takes === 'none' || value === undefined || value === null || value === '') return []
  return Array.isArray(value) ? value : [value]
}

const shownMax = 6

/** "a, b and c": of a long list the first ones, and how many more there are. */
function manyText(values: string[], { t, language }: ConditionWords): string {
  if (values.length === 0) return t('condition.missing')
  const shown = values.length > shownMax ? values.slice(0, shownMax - 1) : values
  const rest = values.length - shown.length
  const all = rest > 0 ? [...shown, t('condition.more', { count: rest })] : shown
  return listText(all, false, language)
}

function listText(parts: string[], or: boolean, language: string): string {
  return new Intl.ListFormat(localeOf(language), {
    type: or ? 'disjunction' : 'conjunction',
  }).format(parts)
}

export const timeUnits = ['hours', 'days', 'weeks', 'months'] as const
export type TimeUnit = (typeof timeUnits)[number]

/** A span of time as conditions hold it. */
export function readSpan(value: Json | undefined): { amount: number; unit: TimeUnit } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { amount, unit } = value
  const known = timeUnits.find((name) => name === unit)
  return typeof amount === 'number' && known ? { amount, unit: known } : null
}

function spanText(value: Json | undefined, { t }: ConditionWords): string {
  const span = readSpan(value)
  return span ? t(`condition.${span.unit}`, { count: span.amount }) : t('condition.missing')
}

/** A value as people read it: names for ids, dates and amounts as the language writes them, text in quotation marks. */
export function valueText(value: Json, type: FieldType, words: ConditionWords, path = ''): string {
  const { t, language, nameOf } = words
  if (value === null || value === '') return t('condition.missing')
  if (typeof value === 'boolean') return value ? t('condition.yes') : t('condition.no')
  if (typeof value === 'number') return new Intl.NumberFormat(language, amountDigits).format(value)
  if (Array.isArray(value)) {
    return listText(
      value.map((entry) => valueText(entry, type, words, path)),
      false,
      language,
    )
  }
  if (typeof value === 'object') return moneyText(value, language) ?? JSON.stringify(value)
  if (type === 'boolean') return value === 'true' ? t('condition.yes') : t('condition.no')
  if (type === 'date') return dateText(value, words)
  if (amounts.has(type) && /^-?\d{1,15}(\.\d+)?$/.test(value)) {
    return new Intl.NumberFormat(language, amountDigits).format(Number(value))
  }
  return t('condition.quote', { text: nameOf(type, value, path) ?? value })
}

const amountDigits = { maximumFractionDigits: 10 }

function moneyText({ amount, currency }: Record<string, Json>, language: string): string | null {
  if (typeof amount !== 'number') return null
  const number = new Intl.NumberFormat(language, amountDigits).format(amount)
  if (currency === null || currency === undefined || currency === '') return number
  // Not every three letters are a currency.
  return typeof currency === 'string' ? `${number} ${currency.toUpperCase()}` : null
}

/** A day is the same everywhere; a moment is told in the account's time zone. */
function dateText(value: string, { language, timeZone, t }: ConditionWords): string {
  const at = Date.parse(value)
  if (Number.isNaN(at)) return t('condition.quote', { text: value })
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
  return new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'medium',
    ...(isDay ? { timeZone: 'UTC' } : { timeStyle: 'short', timeZone }),
  }).format(at)
}
