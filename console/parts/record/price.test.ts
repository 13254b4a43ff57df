import { expect, test } from 'vitest'
import type { JsonObject } from '../../data/json.ts'
import { formatPrice, readMoney, recordPrice, sumPrices } from './price.ts'

test('a price stands in price or total, with the currency beside it or in it', () => {
  expect(recordPrice({ price: 12000, currency: 'eur' })).toEqual({ amount: 12000, currency: 'EUR' })
  expect(recordPrice({ total: 5 })).toEqual({ amount: 5, currency: null })
  expect(recordPrice({ price: { amount: 7.5, currency: 'PLN' } })).toEqual({ amount: 7.5, currency: 'PLN' })
  expect(recordPrice({ price: null, currency: 'EUR' })).toBeNull()
  expect(recordPrice({ price: 'twelve' })).toBeNull()
  expect(readMoney({ amount: 1, currency: 'euros' })).toEqual({ amount: 1, currency: null })
})

test('is written in the language of the reader, cents where there are some', () => {
  expect(formatPrice({ amount: 12000, currency: 'EUR' }, 'en')).toBe('€12,000')
  expect(formatPrice({ amount: 12000.5, currency: 'EUR' }, 'en')).toBe('€12,000.50')
  expect(formatPrice({ amount: 12000, currency: null }, 'en')).toBe('12,000')
  expect(formatPrice({ amount: 12000, currency: 'EUR' }, 'pl').replaceAll(/\s/g, ' ')).toBe('12 000 €')
})

test('sums keep currencies apart', () => {
  const records: { fields: JsonObject }[] = [
    { fields: { price: 0.1, currency: 'EUR' } },
    { fields: { price: 0.2, currency: 'EUR' } },
    { fields: { price: 900, currency: 'PLN' } },
    { fields: {} },
  ]
  expect(sumPrices(records)).toEqual([
    { amount: 900, currency: 'PLN' },
    { amount: 0.3, currency: 'EUR' },
  ])
})
