import type { FieldType, Json } from '../../model/index.ts'
import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'
import { compareAmounts } from '../read-value.ts'

const accepts: readonly FieldType[] = ['number', 'money']

/** Compares with the row's value; what has no order with it (missing, no number, another currency) never holds. */
function holdsOf(seen: Seen<Json>, holds: (difference: number) => boolean): boolean {
  const difference = compareAmounts(seen.type, seen.current, seen.value)
  return difference !== null && holds(difference)
}

export const less = defineOperator({
  name: '<',
  title: { en: 'is less than', ru: 'меньше', pl: 'jest mniejsze niż', 'pt-BR': 'é menor que' },
  accepts,
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (difference) => difference < 0),
  examples: [
    { current: 4999, value: 5000, holds: true },
    { current: 5000, value: 5000, holds: false },
    { current: '-0.5', value: 0, holds: true },
    { current: null, value: 5000, holds: false },
    {
      current: { amount: 1, currency: 'EUR' },
      value: { amount: 2, currency: 'EUR' },
      type: 'money',
      holds: true,
    },
    {
      current: { amount: 1, currency: 'EUR' },
      value: { amount: 2, currency: 'PLN' },
      type: 'money',
      holds: false,
    },
  ],
})

export const atMost = defineOperator({
  name: '<=',
  title: { en: 'is at most', ru: 'не больше', pl: 'jest nie większe niż', 'pt-BR': 'é no máximo' },
  accepts,
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (difference) => difference <= 0),
  examples: [
    { current: 5000, value: 5000, holds: true },
    { current: 5000.01, value: 5000, holds: false },
    { current: null, value: 5000, holds: false },
    {
      current: { amount: 2, currency: 'EUR' },
      value: { amount: 2, currency: 'EUR' },
      type: 'money',
      holds: true,
    },
  ],
})

export const greater = defineOperator({
  name: '>',
  title: { en: 'is greater than', ru: 'больше', pl: 'jest większe niż', 'pt-BR': 'é maior que' },
  accepts,
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (difference) => difference > 0),
  examples: [
    { current: 5001, value: 5000, holds: true },
    { current: 5000, value: 5000, holds: false },
    { current: '9000', value: 5000, holds: true }, // sources bring numbers as text
    { current: '9000 EUR', value: 5000, holds: false },
    { current: true, value: 0, holds: false },
    { current: null, value: -1, holds: false },
    {
      current: { amount: '12.50', currency: 'BRL' },
      value: { amount: 12, currency: 'BRL' },
      type: 'money',
      holds: true,
    },
    { current: { amount: 20, currency: 'BRL' }, value: 12, type: 'money', holds: false },
    { current: 20, value: 12, type: 'money', holds: true },
  ],
})

export const atLeast = defineOperator({
  name: '>=',
  title: { en: 'is at least', ru: 'не меньше', pl: 'jest nie mniejsze niż', 'pt-BR': 'é no mínimo' },
  accepts,
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (difference) => difference >= 0),
  examples: [
    { current: 5000, value: 5000, holds: true },
    { current: 4999.99, value: 5000, holds: false },
    { current: null, value: 0, holds: false },
    {
      current: { amount: 3, currency: 'RUB' },
      value: { amount: 2, currency: 'RUB' },
      type: 'money',
      holds: true,
    },
  ],
})
