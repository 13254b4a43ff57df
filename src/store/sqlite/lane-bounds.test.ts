import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pacedAfter, roomOf, type LaneBounds } from './lane-bounds.ts'

const lane: LaneBounds = {
  pace_us: null,
  burst: 1,
  paced_us: null,
  blocked_until: null,
  circuit_opened_at: null,
  probe_at: null,
}

describe('what bounds a lane', () => {
  test('nothing, where nothing is set', () => {
    expect(roomOf(lane, 0).room).toBe(Infinity)
  })

  test('a block and an open circuit hold it until the later of their times; then it gives one probe', () => {
    const bound = { ...lane, blocked_until: 100, circuit_opened_at: 1, probe_at: 200 }
    expect(roomOf(bound, 50)).toEqual({ room: 0, heldUntil: 200 })
    expect(roomOf({ ...bound, blocked_until: 300 }, 250)).toEqual({ room: 0, heldUntil: 300 })
    expect(roomOf(bound, 200).room).toBe(1)
  })

  test('a rate gives its burst, then one for each pace', () => {
    const rate = { ...lane, pace_us: 100_000, burst: 10 }
    expect(roomOf(rate, 1000).room).toBe(10)
    const used = { ...rate, paced_us: pacedAfter(rate, 10, 1000) }
    expect(roomOf(used, 1000)).toEqual({ room: 0, heldUntil: 1100 })
    expect(roomOf(used, 1099)).toEqual({ room: 0, heldUntil: 1100 })
    expect(roomOf(used, 1100).room).toBe(1)
    expect(roomOf(used, 1350).room).toBe(3)
    expect(roomOf(used, 60_000).room).toBe(10)
  })

  test('never more than the rate and the burst, in whatever steps it is asked', () => {
    const rates = fc.double({ min: 0.1, max: 1000, noNaN: true })
    const steps = fc.array(fc.record({ waitMs: fc.nat(3000), ask: fc.nat(50) }), { maxLength: 40 })
    fc.assert(
      fc.property(rates, steps, (rate, asked) => {
        const paceUs = Math.round(1_000_000 / rate)
        let bound: LaneBounds = { ...lane, pace_us: paceUs, burst: Math.max(1, Math.ceil(rate)) }
        let now = 1_900_000_000_000
        const given: { at: number; count: number }[] = []
        for (const { waitMs, ask } of asked) {
          now += waitMs
          const { room, heldUntil } = roomOf(bound, now)
          if (room === 0) expect(roomOf(bound, heldUntil).room).toBeGreaterThan(0)
          const count = Math.min(room, ask)
          given.push({ at: now, count })
          bound = { ...bound, paced_us: pacedAfter(bound, count, now) }
        }
        for (let from = 0; from < given.length; from++) {
          let sum = 0
          for (let to = from; to < given.length; to++) {
            sum += given[to]!.count
            const ms = given[to]!.at - given[from]!.at
            expect(sum).toBeLessThanOrEqual(bound.burst + (ms * 1000) / paceUs)
          }
        }
      }),
    )
  })
})
