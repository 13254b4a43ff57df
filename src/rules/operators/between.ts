import type { Json } from '../../model/index.ts'
import { checkTwo } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'
import { readDate } from '../read-date.ts'
import { compareAmounts } from '../read-value.ts'

function isDateBetween({ current, value: [from, to], timeZone }: Seen<[Json, Json]>): boolean {
  const seen = readDate(current, timeZone)
  const first = readDate(from, timeZone)
  const last = readDate(to, timeZone)
  return seen !== null && first !== null && last !== null && seen.from >= first.from && seen.to <= last.to
}

export const between = defineOperator<[Json, Json]>({
  name: 'between',
  title: {
    en: 'is between (both included)',
    ru: 'в диапазоне (включительно)',
    pl: 'jest między (włącznie)',
    'pt-BR': 'está entre (inclusive)',
  },
  accepts: ['number', 'money', 'date'],
  values: 'two',
  check: checkTwo,
  test: (seen) => {
    const { current, value, type } = seen
    if (type === 'date') return isDateBetween(seen)
    const [from, to] = value
    const fromLow = compareAmounts(type, current, from)
    const fromHigh = compareAmounts(type, current, to)
    return fromLow !== null && fromHigh !== null && fromLow >= 0 && fromHigh <= 0
  },
  examples: [
    { current: 10, value: [10, 20], holds: true },
    { current: 20, value: [10, 20], holds: true },
    { current: 9.99, value: [10, 20], holds: false },
    { current: 20.01, value: [10, 20], holds: false },
    { current: '15', value: [10, 20], holds: true },
    { current: null, value: [-1, 1], holds: false },
    {
      current: { amount: 15, currency: 'EUR' },
      value: [
        { amount: 10, currency: 'EUR' },
        { amount: 20, currency: 'EUR' },
      ],
      type: 'money',
      holds: true,
    },
    { current: { amount: 15, currency: 'EUR' }, value: [10, 20], type: 'money', holds: false },
    { current: '2026-11-01', value: ['2026-11-01', '2026-11-30'], type: 'date', holds: true },
    { current: '2026-11-30T23:59:59.999Z', value: ['2026-11-01', '2026-11-30'], type: 'date', holds: true },
    { current: '2026-12-01T00:00:00Z', value: ['2026-11-01', '2026-11-30'], type: 'date', holds: false },
    {
      current: '2026-10-31T23:00:00Z',
      value: ['2026-11-01', '2026-11-30'],
      type: 'date',
      timeZone: 'Europe/Warsaw',
      holds: true,
    },
    {
      current: '2026-11-30T23:00:00Z',
      value: ['2026-11-01', '2026-11-30'],
      type: 'date',
      timeZone: 'Europe/Warsaw',
      holds: false,
    },
    { current: 'soon', value: ['2026-11-01', '2026-11-30'], type: 'date', holds: false },
    { value: ['2026-11-01', '2026-11-30'], type: 'date', holds: false },
  ],
})
