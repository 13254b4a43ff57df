import { expect, test } from 'vitest'
import type { StatsItem } from '../../data/stats.ts'
import { spanOf } from './spans.ts'
import { sumUp } from './sum-up.ts'

const item = (deliveries: Partial<StatsItem['deliveries']>, p95: number | null): StatsItem => ({
  start: '',
  end: '',
  events: 2,
  deliveries: { pending: 0, delivered: 0, dead: 0, canceled: 0, ...deliveries },
  attempts: { delivered: 1, retry: 2, rejected: 1, gone: 0 },
  latency_ms: p95 === null ? null : { p50: 1, p95, p99: p95 },
})

test('a span in a few figures: what was canceled neither arrived nor failed', () => {
  const items = [item({ delivered: 3, canceled: 4 }, 20), item({ dead: 1, pending: 2 }, 90), item({}, null)]
  expect(sumUp(items)).toEqual({
    events: 6,
    made: 10,
    delivered: 3,
    dead: 1,
    pending: 2,
    attempts: 12,
    failedAttempts: 9,
    arrived: 0.75,
    p95: 90,
  })
})

test('where nothing was sent, nothing is said about how much arrived', () => {
  expect(sumUp([item({ canceled: 1, pending: 1 }, null)])).toMatchObject({ arrived: null, p95: null })
})

test('a span ends now, and asks for no more steps than the server counts', () => {
  const now = Date.UTC(2026, 10, 20, 9, 0, 0, 400)
  expect(spanOf('hour', now)).toEqual({
    bucket: 'minute',
    from: '2026-11-20T08:00:01.000Z',
    to: '2026-11-20T09:00:01.000Z',
  })
})
