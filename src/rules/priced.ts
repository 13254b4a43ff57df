/**
 * Prices that are plain numbers with their currency in a field beside them (`price` and `currency`). A row that asks for a
 * number sees the number alone, whatever its currency; one that asks for an amount with its currency sees both as money.
 */
import type { FieldType, Json } from '../model/index.ts'
import { compileLook } from './look.ts'
import type { Look } from './look.ts'

/** The built-in fields that `currency` speaks of; see crm/kinds/built-in-fields.ts. */
const pricedNames = new Set(['price', 'total'])

/** `current.price` → `current.currency`; null for what is no such price. The old price alone does not tell its currency. */
export function currencyPathOf(path: string, type: FieldType): string | null {
  const dot = path.lastIndexOf('.')
  const isPrice = type === 'number' && dot > 0 && pricedNames.has(path.slice(dot + 1))
  return isPrice && !path.startsWith('previous.') ? `${path.slice(0, dot)}.currency` : null
}

/** True where a row asks for amounts with a currency, be it one or a list of them. */
export function asksForCurrency(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'object' && first !== null && 'currency' in first
}

/** Sees a price and its currency as one amount of money, before and after. */
export function compilePricedLook(path: string, currencyPath: string): Look {
  const lookAtPrice = compileLook(path)
  const lookAtCurrency = compileLook(currencyPath)
  return (event, sight) => {
    lookAtCurrency(event, sight)
    const { current: currency, previous: oldCurrency, changed: currencyChanged } = sight
    lookAtPrice(event, sight)
    sight.current = withCurrency(sight.current, currency)
    sight.previous = withCurrency(sight.previous, oldCurrency)
    sight.changed ||= currencyChanged
  }
}

function withCurrency(amount: Json | undefined, currency: Json | undefined): Json {
  return amount === undefined || amount === null ? null : { amount, currency: currency ?? null }
}
