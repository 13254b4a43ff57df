import type { FieldType } from '../../model/index.ts'
import { checkNone } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { compareAmounts } from '../read-value.ts'

const accepts: readonly FieldType[] = ['number', 'money']

export const increased = defineOperator({
  name: 'increased',
  title: { en: 'has increased', ru: 'увеличилось', pl: 'wzrosło', 'pt-BR': 'aumentou' },
  accepts,
  transition: true,
  values: 'none',
  check: checkNone,
  test: ({ previous, current, type }) => (compareAmounts(type, current, previous) ?? 0) > 0,
  examples: [
    { previous: 100, current: 101, holds: true },
    { previous: 101, current: 100, holds: false },
    { current: 100, holds: false },
    { previous: 100, current: null, holds: false },
    { previous: null, current: 100, holds: false }, // there was nothing that it could be more than
    { previous: '99', current: 100, holds: true },
    {
      previous: { amount: 1, currency: 'EUR' },
      current: { amount: 2, currency: 'EUR' },
      type: 'money',
      holds: true,
    },
    {
      previous: { amount: 1, currency: 'EUR' },
      current: { amount: 4, currency: 'PLN' },
      type: 'money',
      holds: false,
    },
  ],
})

export const decreased = defineOperator({
  name: 'decreased',
  title: { en: 'has decreased', ru: 'уменьшилось', pl: 'zmalało', 'pt-BR': 'diminuiu' },
  accepts,
  transition: true,
  values: 'none',
  check: checkNone,
  test: ({ previous, current, type }) => (compareAmounts(type, current, previous) ?? 0) < 0,
  examples: [
    { previous: 101, current: 100, holds: true },
    { previous: 100, current: 101, holds: false },
    { current: 100, holds: false },
    { previous: 100, current: null, holds: false },
    {
      previous: { amount: 2, currency: 'EUR' },
      current: { amount: 1, currency: 'EUR' },
      type: 'money',
      holds: true,
    },
  ],
})
