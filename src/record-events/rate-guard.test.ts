import { expect, test } from 'vitest'
import { makeRateGuard } from './rate-guard.ts'

const minute = 60_000

function firings(
  guard: ReturnType<typeof makeRateGuard>,
  record: string,
  count: number,
  now: number,
): number {
  return Array.from({ length: count }, () => guard.allows('whk_1', record, now)).filter(Boolean).length
}

test('lets a webhook fire for a record as often as the bound, and again in the next minute', () => {
  const guard = makeRateGuard(10)
  expect(firings(guard, 'lead 1', 30, 0)).toBe(10)
  expect(firings(guard, 'lead 1', 1, minute - 1)).toBe(0)
  expect(firings(guard, 'lead 1', 30, minute)).toBe(10)
})

test('records and webhooks are counted apart', () => {
  const guard = makeRateGuard(10)
  expect(firings(guard, 'lead 1', 30, 0)).toBe(10)
  expect(firings(guard, 'lead 2', 30, 0)).toBe(10)
  expect(guard.allows('whk_2', 'lead 1', 0)).toBe(true)
})

test('a hundred thousand quiet records disturb nobody who fires a few times', () => {
  const guard = makeRateGuard(120)
  for (let record = 0; record < 100_000; record++)
    expect(guard.allows('whk_1', `lead ${record}`, 0)).toBe(true)
  expect(firings(guard, 'lead 7', 50, 1)).toBe(50)
})
