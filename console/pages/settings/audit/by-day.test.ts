import { expect, test } from 'vitest'
import type { AuditEntry } from '../../../data/audit.ts'
import { byDay } from './by-day.ts'

const entry = (id: string, at: string): AuditEntry => ({
  id,
  at,
  actor: 'system',
  action: 'disableWebhook',
  subject: { kind: 'webhook', id: 'whk_1' },
  detail: {},
})

test('a day is one of the time zone, not of UTC', () => {
  const entries = [
    entry('3', '2026-11-20T23:30:00.000Z'),
    entry('2', '2026-11-20T22:30:00.000Z'),
    entry('1', '2026-11-19T23:30:00.000Z'),
  ]
  const days = (timeZone: string) =>
    byDay(entries, timeZone).map(({ day, entries: of }) => [day, ...of.map(({ id }) => id)])
  expect(days('UTC')).toEqual([
    ['2026-11-20', '3', '2'],
    ['2026-11-19', '1'],
  ])
  expect(days('Europe/Warsaw')).toEqual([
    ['2026-11-21', '3'],
    ['2026-11-20', '2', '1'],
  ])
})
