import { localeOf } from '../../i18n/languages.ts'
import type { FieldType } from '../../data/catalogue.ts'
import type { Json } from '../../data/json.ts'

export interface ValueWords {
  language: string
  timeZone: string
  yes: string
  no: string
}

/** A value as people read it: numbers, dates and money as the language writes them; '' where there is none. */
export function changedValue(value: Json, type: FieldType, words: ValueWords): string {
  const { language, timeZone, yes, no } = words
  if (value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'number')
    return new Intl.NumberFormat(language, { maximumFractionDigits: 10 }).format(value)
  if (Array.isArray(value)) return value.map((entry) => changedValue(entry, type, words)).join(', ')
  if (typeof value === 'object') return moneyText(value, language) ?? JSON.stringify(value)
  if (type === 'date') return dateText(value, language, timeZone)
  return value
}

function moneyText(value: { [key: string]: Json }, language: string): string | null {
  const { amount, currency } = value
  if (typeof amount !== 'number' || typeof currency !== 'string') return null
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 10 }).format(amount)
  return `${number} ${currency}`
}

/** A day is the same everywhere; a moment is told in the account's time zone. */
function dateText(text: string, language: string, timeZone: string): string {
  const at = Date.parse(text)
  if (Number.isNaN(at)) return text
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const locale = localeOf(language)
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...(isDay ? { timeZone: 'UTC' } : { timeStyle: 'short', timeZone }),
  }).format(at)
}
