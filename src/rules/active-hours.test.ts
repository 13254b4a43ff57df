import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { ActiveHours } from '../model/index.ts'
import { isOpen, opensAt } from './active-hours.ts'

const at = (text: string) => Date.parse(text)
const iso = (ms: number) => new Date(ms).toISOString()

const office: ActiveHours = {
  days: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '17:00',
  time_zone: 'Europe/Warsaw',
  outside: 'hold',
}
const opens = (hours: Partial<ActiveHours>, from: string) => iso(opensAt({ ...office, ...hours }, at(from)))

describe('office hours', () => {
  // 20 November 2026 is a Friday, and Warsaw is an hour ahead of UTC.
  it.each([
    ['2026-11-20T07:59:59.999Z', false],
    ['2026-11-20T08:00:00.000Z', true],
    ['2026-11-20T15:59:59.999Z', true],
    ['2026-11-20T16:00:00.000Z', false],
    ['2026-11-21T10:00:00.000Z', false],
  ])('at %s: %s', (moment, open) => {
    expect(isOpen(office, at(moment))).toBe(open)
  })

  it('open at once, later today, tomorrow, or after the weekend', () => {
    expect(opens({}, '2026-11-20T10:00:00.001Z')).toBe('2026-11-20T10:00:00.001Z')
    expect(opens({}, '2026-11-20T02:00:00Z')).toBe('2026-11-20T08:00:00.000Z')
    expect(opens({}, '2026-11-19T16:00:00Z')).toBe('2026-11-20T08:00:00.000Z')
    expect(opens({}, '2026-11-20T16:00:00Z')).toBe('2026-11-23T08:00:00.000Z')
  })

  it('open a week later where only today has a window, and it is over', () => {
    expect(opens({ days: [5] }, '2026-11-20T16:00:00Z')).toBe('2026-11-27T08:00:00.000Z')
  })

  it('open by the clock on the wall before and after it is changed', () => {
    expect(opens({}, '2026-03-27T00:00:00Z')).toBe('2026-03-27T08:00:00.000Z')
    expect(opens({}, '2026-03-30T00:00:00Z')).toBe('2026-03-30T07:00:00.000Z')
  })
})

describe('windows past midnight', () => {
  const night: Partial<ActiveHours> = { days: [5], from: '22:00', to: '06:00' }

  it('belong to the day on which they open', () => {
    expect(opens(night, '2026-11-20T03:00:00Z')).toBe('2026-11-20T21:00:00.000Z') // the early Friday is no Friday's window
    expect(opens(night, '2026-11-21T04:59:59Z')).toBe('2026-11-21T04:59:59.000Z') // the early Saturday is
    expect(opens(night, '2026-11-21T05:00:00Z')).toBe('2026-11-27T21:00:00.000Z')
  })

  it('last a whole day where both ends are the same time', () => {
    const day: Partial<ActiveHours> = { days: [5], from: '09:00', to: '09:00' }
    expect(opens(day, '2026-11-21T07:59:59.999Z')).toBe('2026-11-21T07:59:59.999Z')
    expect(opens(day, '2026-11-21T08:00:00Z')).toBe('2026-11-27T08:00:00.000Z')
  })

  it('24:00 is the end of the day, and meets the start of the next', () => {
    const evening: Partial<ActiveHours> = { days: [5], from: '20:00', to: '24:00' }
    expect(opens(evening, '2026-11-20T22:59:59.999Z')).toBe('2026-11-20T22:59:59.999Z')
    expect(opens(evening, '2026-11-20T23:00:00Z')).toBe('2026-11-27T19:00:00.000Z')
    const always: ActiveHours = { ...office, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }
    expect(isOpen(always, at('2026-11-20T22:59:59.999Z'))).toBe(true)
    expect(isOpen(always, at('2026-11-20T23:00:00.000Z'))).toBe(true)
  })
})

describe('on the days when clocks are changed', () => {
  // 29 March 2026, a Sunday: 02:00 becomes 03:00 in Warsaw. 25 October: 03:00 becomes 02:00.
  const sunday: Partial<ActiveHours> = { days: [7] }

  it('a window whose start is left out opens at the change', () => {
    expect(opens({ ...sunday, from: '02:30', to: '05:00' }, '2026-03-29T00:00:00Z')).toBe(
      '2026-03-29T01:00:00.000Z',
    )
  })

  it('a window whose end is left out closes at the change', () => {
    const hours: ActiveHours = { ...office, ...sunday, from: '01:00', to: '02:30' }
    expect(isOpen(hours, at('2026-03-29T00:59:59.999Z'))).toBe(true)
    expect(isOpen(hours, at('2026-03-29T01:00:00.000Z'))).toBe(false)
  })

  it('a window that is left out whole opens next week', () => {
    expect(opens({ ...sunday, from: '02:15', to: '02:45' }, '2026-03-28T12:00:00Z')).toBe(
      '2026-04-05T00:15:00.000Z',
    )
  })

  it('a window lasts from the first to the second of two equal times', () => {
    const hours: ActiveHours = { ...office, ...sunday, from: '02:15', to: '02:45' }
    expect(isOpen(hours, at('2026-10-25T00:14:59.999Z'))).toBe(false)
    expect(isOpen(hours, at('2026-10-25T00:15:00.000Z'))).toBe(true)
    expect(isOpen(hours, at('2026-10-25T01:44:59.999Z'))).toBe(true)
    expect(isOpen(hours, at('2026-10-25T01:45:00.000Z'))).toBe(false)
  })

  it('a day that has no midnight begins when its clock does', () => {
    const hours: Partial<ActiveHours> = {
      ...sunday,
      from: '00:00',
      to: '10:00',
      time_zone: 'America/Sao_Paulo',
    }
    expect(opens(hours, '2018-11-03T12:00:00Z')).toBe('2018-11-04T03:00:00.000Z')
  })

  it('a day that a country left out has no window', () => {
    const friday: Partial<ActiveHours> = { days: [5], time_zone: 'Pacific/Apia' }
    expect(opens(friday, '2011-12-29T12:00:00Z')).toBe('2012-01-05T19:00:00.000Z')
  })
})

it('hours that never open are refused', () => {
  expect(() => opensAt({ ...office, days: [] }, 0)).toThrow('they never open')
})

describe('for any hours and any moment', () => {
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
    .map(([hour, minute]) => `${twoDigits(hour)}:${twoDigits(minute)}`)
  const anyHours = fc.record<ActiveHours>({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: time,
    to: fc.oneof({ weight: 9, arbitrary: time }, fc.constant('24:00')),
    time_zone: fc.constantFrom(
      'UTC',
      'Europe/Warsaw',
      'America/Sao_Paulo',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ),
    outside: fc.constantFrom('hold', 'skip'),
  })
  const yearOf = (year: number) => ({ min: Date.UTC(year, 0, 1), max: Date.UTC(year + 1, 0, 1) })
  const anyMoment = fc.oneof(
    fc.integer(yearOf(2026)),
    fc.integer(yearOf(2018)),
    // The nights when clocks are changed.
    fc.integer({ min: at('2026-03-28T12:00:00Z'), max: at('2026-03-29T12:00:00Z') }),
    fc.integer({ min: at('2026-10-24T12:00:00Z'), max: at('2026-10-25T12:00:00Z') }),
  )

  it('is open at the moment of opening, which is no earlier, and stays the answer', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (hours, ms) => {
        const opening = opensAt(hours, ms)
        expect(opening).toBeGreaterThanOrEqual(ms)
        expect(isOpen(hours, opening)).toBe(true)
        expect(opensAt(hours, opening)).toBe(opening)
      }),
    )
  })

  it('is closed all the time until then', () => {
    fc.assert(
      fc.property(
        anyHours,
        anyMoment,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (hours, ms, part) => {
          const opening = opensAt(hours, ms)
          const between = ms + Math.floor((opening - ms) * part)
          expect(isOpen(hours, between)).toBe(between === opening)
          if (opening > ms) expect(isOpen(hours, opening - 1)).toBe(false)
        },
      ),
    )
  })

  /** What the clock on the wall shows; on days without a change of clocks that is all there is to it. */
  it('is open when the clock on the wall shows a time in a window', () => {
    const calm = fc.integer({ min: Date.UTC(2026, 5, 1), max: Date.UTC(2026, 6, 1) })
    fc.assert(
      fc.property(anyHours, calm, (hours, ms) => {
        const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(hours.time_zone)
        const clock = `${twoDigits(local.hour)}:${twoDigits(local.minute)}`
        const yesterday = local.dayOfWeek === 1 ? 7 : local.dayOfWeek - 1
        const overnight = hours.to <= hours.from
        const openedToday =
          hours.days.includes(local.dayOfWeek) && clock >= hours.from && (overnight || clock < hours.to)
        const openedYesterday = overnight && hours.days.includes(yesterday) && clock < hours.to
        expect(isOpen(hours, ms)).toBe(openedToday || openedYesterday)
      }),
    )
  })
})
