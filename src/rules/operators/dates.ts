import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { readDate } from '../read-date.ts'

export const before = defineOperator({
  name: 'before',
  title: { en: 'is before', ru: 'раньше', pl: 'jest przed', 'pt-BR': 'é antes de' },
  accepts: ['date'],
  values: 'one',
  check: checkOne,
  test: ({ current, value, timeZone }) => {
    const seen = readDate(current, timeZone)
    const asked = readDate(value, timeZone)
    return seen !== null && asked !== null && seen.to < asked.from
  },
  examples: [
    { current: '2026-11-19', value: '2026-11-20', holds: true },
    { current: '2026-11-20', value: '2026-11-20', holds: false },
    { current: '2026-11-20T08:59:00+00:00', value: '2026-11-20T10:00:00+01:00', holds: true },
    { current: '2026-11-20T09:00:00Z', value: '2026-11-20T10:00:00+01:00', holds: false },
    // The 20th begins in Warsaw at 23:00 of the 19th, UTC.
    { current: '2026-11-19T22:59:00Z', value: '2026-11-20', timeZone: 'Europe/Warsaw', holds: true },
    { current: '2026-11-19T23:00:00Z', value: '2026-11-20', timeZone: 'Europe/Warsaw', holds: false },
    { current: '19.11.2026', value: '2026-11-20', holds: false },
    { current: null, value: '2026-11-20', holds: false },
  ],
})

export const after = defineOperator({
  name: 'after',
  title: { en: 'is after', ru: 'позже', pl: 'jest po', 'pt-BR': 'é depois de' },
  accepts: ['date'],
  values: 'one',
  check: checkOne,
  test: ({ current, value, timeZone }) => {
    const seen = readDate(current, timeZone)
    const asked = readDate(value, timeZone)
    return seen !== null && asked !== null && seen.from > asked.to
  },
  examples: [
    { current: '2026-11-21', value: '2026-11-20', holds: true },
    { current: '2026-11-20', value: '2026-11-20', holds: false },
    { current: '2026-11-20T23:00:00Z', value: '2026-11-20', holds: false }, // a day lasts until its end
    // The 20th ends in São Paulo at 03:00 of the 21st, UTC.
    { current: '2026-11-21T02:59:00Z', value: '2026-11-20', timeZone: 'America/Sao_Paulo', holds: false },
    { current: '2026-11-21T03:00:00Z', value: '2026-11-20', timeZone: 'America/Sao_Paulo', holds: true },
    { current: '2026-11-20T09:00:00.001Z', value: '2026-11-20T09:00:00Z', holds: true },
    { current: '2026-02-30', value: '2026-01-01', holds: false },
    { current: null, value: '2026-11-20', holds: false },
  ],
})
