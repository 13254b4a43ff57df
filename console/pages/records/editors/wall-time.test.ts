import { expect, test } from 'vitest'
import { momentOf, wallTimeOf } from './wall-time.ts'

test('a moment is read and written by the clock of the zone, summer and winter', () => {
  expect(wallTimeOf('2026-11-20T09:00:00.000Z', 'Europe/Warsaw')).toBe('2026-11-20T10:00')
  expect(wallTimeOf('2026-07-20T09:00:00.000Z', 'Europe/Warsaw')).toBe('2026-07-20T11:00')
  expect(momentOf('2026-11-20T10:00', 'Europe/Warsaw')).toBe('2026-11-20T09:00:00.000Z')
  expect(momentOf('2026-07-20T11:00', 'America/Sao_Paulo')).toBe('2026-07-20T14:00:00.000Z')
})

test('nothing stays nothing', () => {
  expect(wallTimeOf('', 'UTC')).toBe('')
  expect(wallTimeOf('soon', 'UTC')).toBe('')
  expect(momentOf('', 'UTC')).toBeNull()
})
