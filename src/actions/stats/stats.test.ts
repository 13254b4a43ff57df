import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationEdgesMs } from '../../store/stats.ts'
import { latencyOf } from './stats.ts'

const spanOf = (ms: number) => {
  const index = durationEdgesMs.findIndex((edge) => ms <= edge)
  return index < 0 ? durationEdgesMs.length : index
}
const countsOf = (durations: number[]) => {
  const counts = Array.from({ length: durationEdgesMs.length + 1 }, () => 0)
  for (const ms of durations) counts[spanOf(ms)]!++
  return counts
}

test('percentiles are never below the true ones, and at most a fifth and a millisecond above', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1 }), (durations) => {
      const sorted = durations.toSorted((a, b) => a - b)
      const latency = latencyOf(countsOf(durations))!
      for (const [share, found] of [
        [0.5, latency.p50],
        [0.95, latency.p95],
        [0.99, latency.p99],
      ] as const) {
        const exact = sorted[Math.ceil(share * sorted.length) - 1]!
        expect(found).toBeGreaterThanOrEqual(exact)
        expect(found).toBeLessThanOrEqual(exact * 1.2 + 1)
      }
    }),
  )
})

test('nothing has no percentiles; what took longer than the last edge counts as that', () => {
  expect(latencyOf(countsOf([]))).toBeNull()
  const last = durationEdgesMs.at(-1)
  expect(latencyOf(countsOf([999_999]))).toEqual({ p50: last, p95: last, p99: last })
})
