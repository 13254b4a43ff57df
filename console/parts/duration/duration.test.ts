import { expect, test } from 'vitest'
import { formatDuration, unitName, unitOf } from './duration.ts'

test('the unit is the largest that fits evenly', () => {
  expect([0, 5, 90, 120, 5400, 7200, 86_400, 129_600].map(unitOf)).toEqual([
    'second',
    'second',
    'second',
    'minute',
    'minute',
    'hour',
    'day',
    'hour',
  ])
})

test('in words', () => {
  expect(formatDuration(0, 'en')).toBe('0 seconds')
  expect(formatDuration(0.5, 'en')).toBe('0.5 seconds')
  expect(formatDuration(300, 'en')).toBe('5 minutes')
  expect(formatDuration(129_600, 'en')).toBe('1 day 12 hours')
  expect(formatDuration(2_592_000, 'en')).toBe('30 days')
  expect(formatDuration(3599.9, 'en')).toBe('60 minutes')
  expect(formatDuration(300, 'ru')).toBe('5 минут')
  expect(formatDuration(7200, 'pl', 'short')).toBe('2 godz.')
})

test('names of units agree with their number', () => {
  expect(unitName('minute', 1, 'en')).toBe('minute')
  expect(unitName('minute', 5, 'en')).toBe('minutes')
  expect(unitName('hour', 2, 'ru')).toBe('часа')
  expect(unitName('day', 5, 'pl')).toBe('dni')
})
