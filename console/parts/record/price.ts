import type { Json, JsonObject } from '../../data/json.ts'

export interface Price {
  amount: number
  /** Three letters of ISO 4217; null where the record does not say. */
  currency: string | null
}

/** What a record is worth: its price or total, in its currency. */
export function recordPrice(fields: JsonObject): Price | null {
  const worth = fields.price ?? fields.total ?? null
  const currency = typeof fields.currency === 'string' ? currencyOf(fields.currency) : null
  if (typeof worth === 'number') return { amount: worth, currency }
  return readMoney(worth)
}

/** `12.5`, or `{amount: 12.5, currency: 'EUR'}`. */
export function readMoney(value: Json): Price | null {
  if (typeof value === 'number') return { amount: value, currency: null }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { amount, currency } = value
  if (typeof amount !== 'number') return null
  return { amount, currency: typeof currency === 'string' ? currencyOf(currency) : null }
}

/** `12,000 €` in the reader's language; a bare number where the currency is not known. Cents only where there are some. */
export function formatPrice({ amount, currency }: Price, language: string): string {
  const digits = Number.isInteger(amount) ? 0 : 2
  return new Intl.NumberFormat(language, {
    ...(currency === null ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount)
}

/** The prices of all records, one sum for each currency, the largest first. Records without one count as nothing. */
export function sumPrices(records: { fields: JsonObject }[]): Price[] {
  const sums = new Map<string | null, number>()
  for (const { fields } of records) {
    const price = recordPrice(fields)
    if (price) sums.set(price.currency, (sums.get(price.currency) ?? 0) + price.amount)
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount: Math.round(amount * 100) / 100 }))
    .toSorted((a, b) => b.amount - a.amount)
}

/** What Intl takes for a currency: any three letters; all else is none. */
function currencyOf(text: string): string | null {
  const letters = text.trim().toUpperCase()
  return /^[A-Z]{3}$/.test(letters) ? letters : null
}
