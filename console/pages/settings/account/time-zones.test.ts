import { describe, expect, test } from 'vitest'
import { isMeant, timeIn, timeZones } from './time-zones.ts'

const winter = new Date('2026-11-20T14:24:00Z')

test('the zones hold UTC, and the present one even where it is unknown', () => {
  const ids = timeZones('en', 'Mars/Olympus', winter).map(({ id }) => id)
  expect(ids).toContain('UTC')
  expect(ids).toContain('Europe/Warsaw')
  expect(ids).toContain('Mars/Olympus')
  expect(new Set(ids).size).toBe(ids.length)
})

describe('the time in a zone', () => {
  test('is told with its distance from UTC', () => {
    expect(timeIn('Europe/Warsaw', 'en', winter)).toEqual({ time: '15:24', offset: 'UTC+1' })
    expect(timeIn('America/Sao_Paulo', 'pt-BR', winter)).toEqual({ time: '11:24', offset: 'UTC-3' })
  })

  test('is not known where the zone is not', () => {
    expect(timeIn('Mars/Olympus', 'en', winter)).toBeNull()
  })
})

describe('what is typed', () => {
  const zones = timeZones('ru', 'UTC', winter)
  const found = (typed: string) => zones.filter((zone) => isMeant(zone, typed)).map(({ id }) => id)

  test.each([
    ['new york', 'America/New_York'],
    ['America/New_York', 'America/New_York'],
    ['europe / war', 'Europe/Warsaw'],
    ['москва', 'Europe/Moscow'],
  ])('%s finds %s', (typed, id) => {
    expect(found(typed)).toContain(id)
  })

  test('nothing is found by what is in no name', () => {
    expect(found('olympus')).toEqual([])
  })
})
