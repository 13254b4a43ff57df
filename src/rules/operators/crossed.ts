/** The line itself belongs to the upper side: "scoring reached 50" is crossedAbove 50. */
import type { FieldType } from '../../model/index.ts'
import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { compareAmounts } from '../read-value.ts'

const accepts: readonly FieldType[] = ['number', 'money']

export const crossedAbove = defineOperator({
  name: 'crossedAbove',
  title: { en: 'has reached', ru: 'достигло', pl: 'osiągnęło', 'pt-BR': 'alcançou' },
  accepts,
  transition: true,
  values: 'one',
  check: checkOne,
  test: ({ previous, current, value, type }) => {
    const now = compareAmounts(type, current, value)
    if (now === null || now < 0) return false
    // A first score has not been above the line before.
    if (previous === undefined || previous === null) return true
    const then = compareAmounts(type, previous, value)
    return then !== null && then < 0
  },
  examples: [
    { previous: 40, current: 60, value: 50, holds: true },
    { previous: 49, current: 50, value: 50, holds: true },
    { previous: 50, current: 60, value: 50, holds: false },
    { previous: 60, current: 40, value: 50, holds: false },
    { current: 60, value: 50, holds: false },
    { previous: null, current: 60, value: 50, holds: true },
    { previous: 40, current: null, value: 50, holds: false },
    {
      previous: { amount: 1, currency: 'PLN' },
      current: { amount: 60, currency: 'EUR' },
      value: { amount: 50, currency: 'EUR' },
      type: 'money',
      holds: false,
    },
  ],
})

export const crossedBelow = defineOperator({
  name: 'crossedBelow',
  title: { en: 'has fallen below', ru: 'опустилось ниже', pl: 'spadło poniżej', 'pt-BR': 'caiu abaixo de' },
  accepts,
  transition: true,
  values: 'one',
  check: checkOne,
  test: ({ previous, current, value, type }) => {
    const now = compareAmounts(type, current, value)
    const then = compareAmounts(type, previous, value)
    return now !== null && then !== null && then >= 0 && now < 0
  },
  examples: [
    { previous: 60, current: 40, value: 50, holds: true },
    { previous: 50, current: 49, value: 50, holds: true },
    { previous: 60, current: 50, value: 50, holds: false },
    { previous: 40, current: 30, value: 50, holds: false },
    { current: 40, value: 50, holds: false },
    { previous: null, current: 40, value: 50, holds: false },
    { previous: 60, current: null, value: 50, holds: false },
  ],
})
