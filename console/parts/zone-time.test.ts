import { expect, test } from 'vitest'
import { momentOf, wallClock } from './zone-time.ts'

test.each([
  ['2026-11-20', '09:00', 'UTC', '2026-11-20T09:00:00Z'],
  ['2026-11-20', '09:00', 'Europe/Warsaw', '2026-11-20T08:00:00Z'],
  ['2026-07-20', '00:30', 'Europe/Warsaw', '2026-07-19T22:30:00Z'],
  ['2026-11-20', '23:45', 'America/Sao_Paulo', '2026-11-21T02:45:00Z'],
  ['2026-11-20', '12:00', 'Asia/Kolkata', '2026-11-20T06:30:00Z'],
  // The morning after the clocks went forward.
  ['2026-03-29', '03:00', 'Europe/Warsaw', '2026-03-29T01:00:00Z'],
  ['2026-03-29', '01:59', 'Europe/Warsaw', '2026-03-29T00:59:00Z'],
])('%s %s in %s', (day, time, timeZone, moment) => {
  expect(momentOf({ day, time }, timeZone)).toBe(moment)
  expect(wallClock(moment, timeZone)).toEqual({ day, time })
})

test('an hour that the clocks leave out becomes the next', () => {
  expect(
    wallClock(momentOf({ day: '2026-03-29', time: '02:30' }, 'Europe/Warsaw'), 'Europe/Warsaw').day,
  ).toBe('2026-03-29')
})
