import { expect, test } from 'vitest'
import type { Problem } from '../../model/index.ts'
import { makeTryLimit } from './try-limit.ts'

function make(change: { burst?: number; keysMax?: number } = {}) {
  let now = Date.UTC(2026, 10, 20)
  const limit = makeTryLimit({ clock: () => now, burst: 3, everyMs: 60_000, keysMax: 100, ...change })
  const waitS = (key: string) => {
    try {
      limit.take(key)
      return 0
    } catch (error) {
      return (error as Problem).retryAfterS
    }
  }
  return { limit, waitS, pass: (ms: number) => void (now += ms) }
}

test('some at once, then one at a time, and after a rest all again', () => {
  const { waitS, pass } = make()
  expect([waitS('a'), waitS('a'), waitS('a'), waitS('a')]).toEqual([0, 0, 0, 60])
  expect(waitS('b')).toBe(0)
  pass(59_000)
  expect(waitS('a')).toBe(1)
  pass(1000)
  expect([waitS('a'), waitS('a')]).toEqual([0, 60])
  pass(180_000)
  expect([waitS('a'), waitS('a'), waitS('a'), waitS('a')]).toEqual([0, 0, 0, 60])
})

test('what is refused does not make the wait longer', () => {
  const { waitS, pass } = make({ burst: 1 })
  expect([waitS('a'), waitS('a'), waitS('a')]).toEqual([0, 60, 60])
  pass(60_000)
  expect(waitS('a')).toBe(0)
})

test('tries are taken back and forgotten', () => {
  const { limit, waitS } = make()
  expect([waitS('a'), waitS('a'), waitS('a')]).toEqual([0, 0, 0])
  limit.giveBack('a')
  expect([waitS('a'), waitS('a')]).toEqual([0, 60])
  limit.clear('a')
  expect(waitS('a')).toBe(0)
  limit.giveBack('unknown')
})

test('of more keys than may be, those that tried last are remembered', () => {
  const { waitS } = make({ burst: 1, keysMax: 2 })
  expect([waitS('a'), waitS('b'), waitS('c')]).toEqual([0, 0, 0])
  expect([waitS('c'), waitS('b')]).toEqual([60, 60])
  expect(waitS('a')).toBe(0)
})
