import { expect, it } from 'vitest'
import { checkActiveHours } from './check-active-hours.ts'

const hours = { days: [1, 5], from: '09:00', to: '18:00', time_zone: 'Europe/Warsaw', outside: 'hold' }

it('takes hours that are well, and none', () => {
  expect(checkActiveHours(null)).toEqual([])
  expect(checkActiveHours(hours)).toEqual([])
  expect(
    checkActiveHours({ ...hours, from: '22:00', to: '06:00', time_zone: 'UTC', outside: 'skip' }),
  ).toEqual([])
  expect(checkActiveHours({ ...hours, from: '00:00', to: '24:00', days: [7, 6, 5, 4, 3, 2, 1] })).toEqual([])
})

it.each<[object, string, string]>([
  [{ days: [] }, 'days', 'bad_days'],
  [{ days: undefined }, 'days', 'bad_days'],
  [{ days: 1 }, 'days', 'bad_days'],
  [{ days: [0] }, 'days', 'bad_days'],
  [{ days: [8] }, 'days', 'bad_days'],
  [{ days: [1.5] }, 'days', 'bad_days'],
  [{ days: ['1'] }, 'days', 'bad_days'],
  [{ days: [1, 1] }, 'days', 'bad_days'],
  [{ from: '9:00' }, 'from', 'bad_time'],
  [{ from: '24:00' }, 'from', 'bad_time'],
  [{ from: '12:60' }, 'from', 'bad_time'],
  [{ from: '12:00:00' }, 'from', 'bad_time'],
  [{ from: 540 }, 'from', 'bad_time'],
  [{ to: '24:01' }, 'to', 'bad_time'],
  [{ to: null }, 'to', 'bad_time'],
  [{ time_zone: 'Mars/Base' }, 'time_zone', 'unknown_time_zone'],
  [{ time_zone: '+01:00' }, 'time_zone', 'unknown_time_zone'],
  [{ time_zone: '' }, 'time_zone', 'unknown_time_zone'],
  [{ time_zone: undefined }, 'time_zone', 'unknown_time_zone'],
  [{ outside: 'wait' }, 'outside', 'not_a_choice'],
  [{ outsid: 'hold' }, 'outsid', 'unknown_key'],
])('%j is refused at %s', (change, key, code) => {
  const problems = checkActiveHours({ ...hours, ...change })
  expect(problems).toEqual([{ path: `active_hours.${key}`, code, message: expect.stringMatching(/[.?]$/) }])
})

it.each(['always', 5, [], undefined])('%j is refused whole', (value) => {
  expect(checkActiveHours(value)).toEqual([
    { path: 'active_hours', code: 'wrong_type', message: expect.stringContaining('or null') },
  ])
})

it('says everything that is wrong at once', () => {
  expect(checkActiveHours({}).map(({ path }) => path)).toEqual([
    'active_hours.days',
    'active_hours.from',
    'active_hours.to',
    'active_hours.time_zone',
    'active_hours.outside',
  ])
})
