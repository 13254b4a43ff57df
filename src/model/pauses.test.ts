import { describe, expect, test } from 'vitest'
import { expiresAt, pausesAfter } from './pauses.ts'

describe('pauses', () => {
  test('begin and end with the status, and are not broken by a change while they last', () => {
    const begun = pausesAfter([], 'paused', 10)
    expect(begun).toEqual([{ from: 10, to: null }])
    expect(pausesAfter(begun, 'paused', 20)).toEqual([{ from: 10, to: null }])
    const ended = pausesAfter(begun, 'active', 30)
    expect(ended).toEqual([{ from: 10, to: 30 }])
    expect(pausesAfter(ended, 'active', 40)).toEqual(ended)
    expect(pausesAfter(ended, 'paused', 50)).toEqual([...ended, { from: 50, to: null }])
  })

  test('are forgotten from the oldest on', () => {
    let pauses = pausesAfter([], 'active', 0)
    for (let at = 0; at < 1000; at += 2)
      pauses = pausesAfter(pausesAfter(pauses, 'paused', at), 'active', at + 1)
    expect(pauses).toHaveLength(100)
    expect(pauses.at(-1)).toEqual({ from: 998, to: 999 })
  })

  test('put off when a delivery expires, as far as they lie in its life', () => {
    const delivery = { created_at: 100, expires_at: 200 }
    expect(expiresAt(delivery, [], 150)).toBe(200)
    expect(expiresAt(delivery, [{ from: 10, to: 90 }], 150)).toBe(200)
    expect(expiresAt(delivery, [{ from: 90, to: 110 }], 150)).toBe(210)
    const two = [
      { from: 110, to: 120 },
      { from: 130, to: null },
    ]
    expect(expiresAt(delivery, two, 150)).toBe(230)
    // While it lasts, the end moves on with the clock.
    expect(expiresAt(delivery, two, 1000)).toBe(1080)
  })
})
