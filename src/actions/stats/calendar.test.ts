import { describe, expect, test } from 'vitest'
import { makeCalendar } from './calendar.ts'

const at = (text: string) => Date.parse(text)
const hours = ({ start, end }: { start: number; end: number }) => (end - start) / 3_600_000

describe('a calendar', () => {
  test('counts days as its time zone does', () => {
    expect(makeCalendar('UTC').dayOf(at('2026-11-20T23:59:59.999Z'))).toBe('2026-11-20')
    expect(makeCalendar('Europe/Warsaw').dayOf(at('2026-11-20T23:00:00Z'))).toBe('2026-11-21')
    expect(makeCalendar('America/Sao_Paulo').dayOf(at('2026-11-20T02:59:59Z'))).toBe('2026-11-19')
    expect(makeCalendar('Asia/Kathmandu').dayOf(at('2026-11-20T18:14:59Z'))).toBe('2026-11-20')
    expect(makeCalendar('Asia/Kathmandu').dayOf(at('2026-11-20T18:15:00Z'))).toBe('2026-11-21')
  })

  test.each(['UTC', 'Europe/Warsaw', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia'])(
    'lists every day of a span in %s, each once and without gaps',
    (zone) => {
      const calendar = makeCalendar(zone)
      const [from, to] = [at('2026-03-20T11:11:11Z'), at('2026-04-20T10:00:00Z')]
      const days = calendar.daysBetween(from, to)
      expect(days[0]!.date).toBe(calendar.dayOf(from))
      expect(days.at(-1)!.date).toBe(calendar.dayOf(to - 1))
      expect(days[0]!.start).toBeLessThanOrEqual(from)
      expect(days.at(-1)!.end).toBeGreaterThanOrEqual(to)
      days.slice(1).forEach(({ start }, index) => expect(start).toBe(days[index]!.end))
      expect(new Set(days.map(({ date }) => date)).size).toBe(days.length)
    },
  )

  test('days in which the clock is moved are shorter and longer', () => {
    const calendar = makeCalendar('Europe/Warsaw')
    const spring = calendar.daysBetween(at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'))
    expect(spring).toHaveLength(1)
    expect(hours(spring[0]!)).toBe(23)
    const autumn = calendar.daysBetween(at('2026-10-25T12:00:00Z'), at('2026-10-25T13:00:00Z'))
    expect(autumn).toMatchObject([{ date: '2026-10-25' }])
    expect(hours(autumn[0]!)).toBe(25)
    expect(calendar.daysBetween(at('2026-10-25T22:30:00Z'), at('2026-10-25T22:31:00Z'))).toEqual(autumn)
  })

  test('a span that ends where it begins has no days, one at midnight only its own', () => {
    const calendar = makeCalendar('UTC')
    const midnight = at('2026-11-20T00:00:00Z')
    expect(calendar.daysBetween(midnight, midnight + 1)).toEqual([
      { date: '2026-11-20', start: midnight, end: midnight + 86_400_000 },
    ])
    expect(calendar.daysBetween(midnight, midnight)).toEqual([])
  })
})
