/**
 * Dates as seen from the event: "now" is when it was accepted, and days are those of the account's time zone. A field that
 * holds a bare day is within a span where any part of that day is.
 */
import { checkNone, checkSpan } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { dayAt, readDate, shiftTime } from '../read-date.ts'
import type { TimeSpan } from '../read-date.ts'

export const today = defineOperator({
  name: 'today',
  title: { en: 'is today', ru: 'сегодня', pl: 'jest dzisiaj', 'pt-BR': 'é hoje' },
  accepts: ['date'],
  values: 'none',
  check: checkNone,
  test: ({ current, now, timeZone }) => {
    const seen = readDate(current, timeZone)
    if (seen === null) return false
    const day = dayAt(now, timeZone)
    return seen.from >= day.from && seen.to <= day.to
  },
  examples: [
    { current: '2026-11-20', now: '2026-11-20T12:00:00Z', holds: true },
    { current: '2026-11-21', now: '2026-11-20T12:00:00Z', holds: false },
    { current: '2026-11-20T00:00:00Z', now: '2026-11-20T23:59:59Z', holds: true },
    { current: '2026-11-20T00:00:00Z', now: '2026-11-21T00:00:00Z', holds: false },
    // In Warsaw the 21st has begun.
    { current: '2026-11-21', now: '2026-11-20T23:30:00Z', timeZone: 'Europe/Warsaw', holds: true },
    { current: '2026-11-20', now: '2026-11-20T23:30:00Z', timeZone: 'Europe/Warsaw', holds: false },
    { current: '20.11.2026', now: '2026-11-20T12:00:00Z', holds: false },
    { now: '2026-11-20T12:00:00Z', holds: false },
  ],
})

export const withinLast = defineOperator<TimeSpan>({
  name: 'withinLast',
  title: {
    en: 'is within the last',
    ru: 'за последние',
    pl: 'jest w ciągu ostatnich',
    'pt-BR': 'está nos últimos',
  },
  accepts: ['date'],
  values: 'span',
  check: checkSpan,
  test: ({ current, value: { amount, unit }, now, timeZone }) => {
    const seen = readDate(current, timeZone)
    if (seen === null || seen.from > now) return false
    return seen.to >= shiftTime(now, { amount: -amount, unit }, timeZone)
  },
  examples: [
    {
      current: '2026-11-20T10:00:00Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: true,
    },
    {
      current: '2026-11-20T09:59:59Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: false,
    },
    {
      current: '2026-11-20T12:00:01Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: false,
    },
    { current: '2026-11-13', value: { amount: 7, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: true },
    { current: '2026-11-12', value: { amount: 7, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: false },
    { current: '2026-11-20', value: { amount: 1, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: true },
    { current: '2026-11-21', value: { amount: 1, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: false },
    { current: '2026-02-28', value: { amount: 1, unit: 'months' }, now: '2026-03-31T12:00:00Z', holds: true },
    {
      current: '2026-02-27',
      value: { amount: 1, unit: 'months' },
      now: '2026-03-31T12:00:00Z',
      holds: false,
    },
    // The clocks of Warsaw went forward on 29 March 2026: a day before is 23 hours before.
    {
      current: '2026-03-28T11:30:00Z',
      value: { amount: 1, unit: 'days' },
      now: '2026-03-29T11:00:00Z',
      timeZone: 'Europe/Warsaw',
      holds: false,
    },
    {
      current: '2026-03-28T12:00:00Z',
      value: { amount: 1, unit: 'days' },
      now: '2026-03-29T11:00:00Z',
      timeZone: 'Europe/Warsaw',
      holds: true,
    },
    { current: null, value: { amount: 7, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: false },
  ],
})

export const withinNext = defineOperator<TimeSpan>({
  name: 'withinNext',
  title: {
    en: 'is within the next',
    ru: 'в ближайшие',
    pl: 'jest w ciągu najbliższych',
    'pt-BR': 'está nos próximos',
  },
  accepts: ['date'],
  values: 'span',
  check: checkSpan,
  test: ({ current, value, now, timeZone }) => {
    const seen = readDate(current, timeZone)
    return seen !== null && seen.to >= now && seen.from <= shiftTime(now, value, timeZone)
  },
  examples: [
    {
      current: '2026-11-20T14:00:00Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: true,
    },
    {
      current: '2026-11-20T14:00:01Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: false,
    },
    {
      current: '2026-11-20T11:59:59Z',
      value: { amount: 2, unit: 'hours' },
      now: '2026-11-20T12:00:00Z',
      holds: false,
    },
    { current: '2026-12-04', value: { amount: 2, unit: 'weeks' }, now: '2026-11-20T12:00:00Z', holds: true },
    { current: '2026-12-05', value: { amount: 2, unit: 'weeks' }, now: '2026-11-20T12:00:00Z', holds: false },
    { current: '2026-11-20', value: { amount: 1, unit: 'hours' }, now: '2026-11-20T12:00:00Z', holds: true },
    { current: '2026-11-19', value: { amount: 1, unit: 'hours' }, now: '2026-11-20T12:00:00Z', holds: false },
    // In Warsaw the 21st has begun, so that a day from now is in the 22nd.
    {
      current: '2026-11-22',
      value: { amount: 1, unit: 'days' },
      now: '2026-11-20T23:30:00Z',
      timeZone: 'Europe/Warsaw',
      holds: true,
    },
    {
      current: '2026-11-20',
      value: { amount: 1, unit: 'days' },
      now: '2026-11-20T23:30:00Z',
      timeZone: 'Europe/Warsaw',
      holds: false,
    },
    { current: null, value: { amount: 7, unit: 'days' }, now: '2026-11-20T12:00:00Z', holds: false },
  ],
})
