import { describe, expect, test } from 'vitest'
import { makeLanes } from './lanes.ts'

const none = new Set<string>()

describe('lanes', () => {
  test('gives slots up to the lane and up to the process', () => {
    const lanes = makeLanes(3)
    expect(lanes.reserve('a', 2, 0)).toBe(true)
    expect(lanes.reserve('a', 2, 0)).toBe(true)
    expect(lanes.reserve('a', 2, 0)).toBe(false)
    expect(lanes.reserve('b', 2, 0)).toBe(true)
    expect(lanes.reserve('b', 2, 0)).toBe(false)
    expect(lanes.free()).toBe(0)
    expect([...lanes.busy()]).toEqual([
      ['a', 2],
      ['b', 1],
    ])
  })

  test('what was refused a slot goes first: later ones wait behind it until a round finds nothing left', () => {
    const lanes = makeLanes(10)
    lanes.reserve('a', 1, 0)
    expect(lanes.reserve('a', 1, 0)).toBe(false)
    expect(lanes.release('a')).toBe(true)
    expect(lanes.reserve('a', 1, 0)).toBe(false)

    const round = lanes.startRound()
    lanes.take('a')
    lanes.endRound(round, new Set(['a']), 0)
    expect(lanes.release('a')).toBe(true)

    lanes.endRound(lanes.startRound(), none, 0)
    expect(lanes.reserve('a', 1, 0)).toBe(true)
    expect(lanes.release('a')).toBe(false)
  })

  test('a refusal during a round is not forgotten at its end: the round may not have seen it', () => {
    const lanes = makeLanes(10)
    lanes.reserve('a', 1, 0)
    const round = lanes.startRound()
    expect(lanes.reserve('a', 1, 0)).toBe(false)
    lanes.endRound(round, none, 0)
    expect(lanes.release('a')).toBe(true)
  })

  test('a lane that was full when the round began was not asked, and keeps its backlog', () => {
    const lanes = makeLanes(10)
    lanes.reserve('a', 1, 0)
    lanes.reserve('a', 1, 0)
    lanes.endRound(lanes.startRound(), none, 0)
    expect(lanes.release('a')).toBe(true)
  })

  test('a lane that was tripped reserves nothing until it is mended, whatever the rounds find', () => {
    const lanes = makeLanes(10)
    lanes.trip('a')
    lanes.endRound(lanes.startRound(), none, 0)
    expect(lanes.reserve('a', 5, 0)).toBe(false)
    lanes.endRound(lanes.startRound(), none, 0)
    lanes.mend('a')
    expect(lanes.reserve('a', 5, 0)).toBe(true)
  })

  test('what was queued goes first, and is told when a slot comes back', () => {
    const lanes = makeLanes(10)
    lanes.take('a')
    lanes.queue('a', 1)
    expect(lanes.reserve('a', 5, 0)).toBe(false)
    expect(lanes.release('a')).toBe(true)
  })

  test('a blocked lane takes nothing until its time', () => {
    const lanes = makeLanes(10)
    lanes.block('a', 100)
    expect(lanes.reserve('a', 5, 99)).toBe(false)
    lanes.endRound(lanes.startRound(), none, 100)
    expect(lanes.reserve('a', 5, 100)).toBe(true)
  })
})
