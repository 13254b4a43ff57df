import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dayAt, isBareDay, readDate, shiftTime, timeUnits } from './read-date.ts'

const hourMs = 3_600_000
const at = (text: string) => Date.parse(text)

describe('readDate', () => {
  it('covers a whole day of the time zone, or one moment wherever it is', () => {
    const start = at('2026-11-20T00:00:00Z')
    expect(readDate('2026-11-20', 'UTC')).toEqual({ from: start, to: start + 24 * hourMs - 1 })
    expect(readDate('2026-11-20', 'Europe/Warsaw')).toEqual({
      from: start - hourMs,
      to: start + 23 * hourMs - 1,
    })
    for (const timeZone of ['UTC', 'Europe/Warsaw', 'America/Sao_Paulo']) {
      expect(readDate('2026-11-20T01:00:00+01:00', timeZone)).toEqual({ from: start, to: start })
      expect(readDate('2026-11-20T00:00Z', timeZone)).toEqual({ from: start, to: start })
    }
  })

  it('knows days of 23 and 25 hours, and one that begins at one in the morning', () => {
    const hoursOf = (day: string, timeZone: string) => {
      const { from, to } = readDate(day, timeZone)!
      return (to + 1 - from) / hourMs
    }
    expect(hoursOf('2026-03-29', 'Europe/Warsaw')).toBe(23)
    expect(hoursOf('2026-10-25', 'Europe/Warsaw')).toBe(25)
    expect(readDate('2018-11-04', 'America/Sao_Paulo')!.from).toBe(at('2018-11-04T03:00:00Z'))
    expect(hoursOf('2018-11-04', 'America/Sao_Paulo')).toBe(23)
  })

  it.each(['2026-11-20T00:00', '2026-02-29', '2026-11-20T24:30:00Z', 'today', '', 0, null])(
    'does not take %j for a date',
    (value) => {
      expect(readDate(value, 'Europe/Warsaw')).toBeNull()
    },
  )
})

it('isBareDay tells days from moments', () => {
  expect(isBareDay('2026-11-20')).toBe(true)
  expect(isBareDay('2026-11-20T00:00Z')).toBe(false)
  expect(isBareDay('soon')).toBe(false)
})

it('dayAt is the day on the calendar of the time zone', () => {
  const now = at('2026-11-20T23:30:00Z')
  expect(dayAt(now, 'UTC')).toEqual(readDate('2026-11-20', 'UTC'))
  expect(dayAt(now, 'Europe/Warsaw')).toEqual(readDate('2026-11-21', 'Europe/Warsaw'))
})

it('days are answered the same however many were asked for before', () => {
  const dayMs = 24 * hourMs
  const start = at('2020-01-01T00:00:00Z')
  const days = Array.from({ length: 2500 }, (_, index) => start + index * dayMs)
  for (const day of [...days, ...days]) {
    const span = { from: day, to: day + dayMs - 1 }
    expect(readDate(new Date(day).toISOString().slice(0, 10), 'UTC')).toEqual(span)
    expect(dayAt(day, 'UTC')).toEqual(span)
    expect(dayAt(day + dayMs - 1, 'UTC')).toEqual(span)
  }
})

describe('shiftTime', () => {
  it.each([
    ['2026-03-28T12:00:00Z', 1, 'days', '2026-03-29T11:00:00Z'], // the clock says 13:00 on both days
    ['2026-03-28T12:00:00Z', 24, 'hours', '2026-03-29T12:00:00Z'],
    ['2026-11-20T12:00:00Z', -2, 'weeks', '2026-11-06T12:00:00Z'],
    ['2026-01-31T12:00:00Z', 1, 'months', '2026-02-28T12:00:00Z'],
    ['2026-03-31T12:00:00Z', -1, 'months', '2026-02-28T13:00:00Z'],
  ] as const)('%s moved by %i %s is %s in Warsaw', (from, amount, unit, to) => {
    expect(shiftTime(at(from), { amount, unit }, 'Europe/Warsaw')).toBe(at(to))
  })

  it('goes forward for amounts above zero, the further the more', () => {
    const now = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    const unit = fc.constantFrom(...timeUnits)
    fc.assert(
      fc.property(now, unit, fc.integer({ min: 1, max: 1000 }), (moment, of, amount) => {
        const shift = (by: number) => shiftTime(moment.getTime(), { amount: by, unit: of }, 'Europe/Warsaw')
        expect(shift(amount)).toBeGreaterThan(moment.getTime())
        expect(shift(amount + 1)).toBeGreaterThan(shift(amount))
        expect(shift(-amount)).toBeLessThan(moment.getTime())
      }),
    )
  })
})
