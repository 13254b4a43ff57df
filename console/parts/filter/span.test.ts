import { describe, expect, test } from 'vitest'
import { daysOf, readSpan, spanBounds, writeSpan } from './span.ts'

const now = Date.parse('2026-11-20T09:30:42.500Z')
const read = (query: string) => readSpan(new URLSearchParams(query))

describe('spans of time', () => {
  test('a preset goes back from the full minute', () => {
    expect(spanBounds({ preset: '24h' }, now, 'UTC')).toEqual({ since: '2026-11-19T09:30:00.000Z' })
  })

  test('days are those of the time zone, the last one included', () => {
    expect(spanBounds({ since: '2026-11-01', until: '2026-11-20' }, now, 'Europe/Warsaw')).toEqual({
      since: '2026-10-31T23:00:00.000Z',
      until: '2026-11-20T23:00:00.000Z',
    })
    expect(spanBounds({ since: '2026-11-20', until: '2026-11-20' }, now, 'America/Sao_Paulo')).toEqual({
      since: '2026-11-20T03:00:00.000Z',
      until: '2026-11-21T03:00:00.000Z',
    })
  })

  test('the day on which clocks change begins at its own offset', () => {
    expect(spanBounds({ since: '2026-03-29', until: '2026-03-29' }, now, 'Europe/Warsaw')).toEqual({
      since: '2026-03-28T23:00:00.000Z',
      until: '2026-03-29T22:00:00.000Z',
    })
    expect(spanBounds({ since: '2026-10-25', until: '2026-10-25' }, now, 'Europe/Warsaw')).toEqual({
      since: '2026-10-24T22:00:00.000Z',
      until: '2026-10-25T23:00:00.000Z',
    })
  })

  test('yesterday is the account’s', () => {
    expect(daysOf(now, 'UTC')).toEqual({ today: '2026-11-20', yesterday: '2026-11-19' })
    const late = Date.parse('2026-11-30T23:30:00Z')
    expect(daysOf(late, 'Europe/Warsaw')).toEqual({ today: '2026-12-01', yesterday: '2026-11-30' })
  })

  test('moments are taken as they are', () => {
    expect(spanBounds({ since: '2026-11-20T09:00:00Z', until: null }, now, 'Europe/Warsaw')).toEqual({
      since: '2026-11-20T09:00:00.000Z',
      until: undefined,
    })
  })

  test('an address carries them there and back', () => {
    expect(read('span=7d')).toEqual({ preset: '7d' })
    expect(read('since=2026-11-01')).toEqual({ since: '2026-11-01', until: null })
    expect(writeSpan(read('since=2026-11-01&until=2026-11-02'))).toEqual({
      span: null,
      since: '2026-11-01',
      until: '2026-11-02',
    })
  })

  test('what is no time is passed over', () => {
    expect(read('span=forever')).toBeNull()
    expect(read('since=soon')).toBeNull()
    expect(read('')).toBeNull()
  })
})
