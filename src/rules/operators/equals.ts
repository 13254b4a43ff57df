import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { comparableTypes, sameValue } from '../read-value.ts'

export const equals = defineOperator({
  name: '=',
  title: { en: 'is', ru: 'равно', pl: 'jest równe', 'pt-BR': 'é igual a' },
  accepts: comparableTypes,
  values: 'one',
  check: checkOne,
  test: ({ current, value, type, caseSensitive }) => sameValue(type, current, value, caseSensitive),
  examples: [
    { current: 'ACME', value: 'acme', holds: true },
    { current: 'ACME', value: 'acme', caseSensitive: true, holds: false },
    { current: 'ACME Ltd', value: 'ACME', holds: false },
    { current: null, value: 'ACME', holds: false },
    { current: 5000, value: 5000, type: 'number', holds: true },
    { current: '5000', value: 5000, type: 'number', holds: true }, // a source may bring a number as text
    { current: '5 000', value: 5000, type: 'number', holds: false }, // but only a clean one counts
    {
      current: { amount: 10, currency: 'EUR' },
      value: { amount: 10, currency: 'eur' },
      type: 'money',
      holds: true,
    },
    {
      current: { amount: 10, currency: 'EUR' },
      value: { amount: 10, currency: 'USD' },
      type: 'money',
      holds: false,
    },
    { current: { amount: 10, currency: 'EUR' }, value: 10, type: 'money', holds: false },
    { current: 10, value: 10, type: 'money', holds: true },
    { current: true, value: true, type: 'boolean', holds: true },
    { current: 'false', value: true, type: 'boolean', holds: false },
    { current: 'Hot', value: 'Hot', type: 'choice', holds: true },
    { current: 'Hot', value: 'hot', type: 'choice', holds: false },
    { current: '16203337', value: '16203337', type: 'stage', holds: true },
    { current: '16203334', value: '16203337', type: 'stage', holds: false },
    { value: '7', type: 'user', holds: false },
  ],
})

export const notEquals = defineOperator({
  name: '!=',
  title: { en: 'is not', ru: 'не равно', pl: 'nie jest równe', 'pt-BR': 'é diferente de' },
  accepts: comparableTypes,
  holdsWhenMissing: true,
  values: 'one',
  check: checkOne,
  test: ({ current, value, type, caseSensitive }) => !sameValue(type, current, value, caseSensitive),
  examples: [
    { current: 'ACME', value: 'Globex', holds: true },
    { current: 'ACME', value: 'acme', holds: false },
    { current: null, value: 'ACME', holds: true },
    { current: 5000, value: 5000, type: 'number', holds: false },
    { value: 5000, type: 'number', holds: true },
    {
      current: { amount: 10, currency: 'EUR' },
      value: { amount: 10, currency: 'USD' },
      type: 'money',
      holds: true,
    },
    { current: true, value: false, type: 'boolean', holds: true },
    { current: '7', value: '7', type: 'user', holds: false },
    { current: '752662', value: '752663', type: 'pipeline', holds: true },
  ],
})
