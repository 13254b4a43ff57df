import { expect, test } from 'vitest'
import { shownStatus } from './webhooks.ts'

test('an active one that keeps failing is failing', () => {
  const health = {
    failures_in_a_row: 3,
    blocked_until: null,
    circuit: 'closed' as const,
    next_probe_at: null,
  }
  expect(shownStatus({ status: 'active', health: { ...health, failing_since: null } })).toBe('active')
  expect(shownStatus({ status: 'active', health: { ...health, failing_since: '2026-11-20' } })).toBe(
    'failing',
  )
  expect(shownStatus({ status: 'paused', health: { ...health, failing_since: '2026-11-20' } })).toBe('paused')
})
