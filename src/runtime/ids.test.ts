import { expect, test } from 'vitest'
import { firstIdAt, makeIds, newId, timeOfId } from './ids.ts'

test('ids carry their noun, never repeat, and sort in the order in which they were made', () => {
  const now = Date.parse('2026-11-20T09:00:00Z')
  const ids = Array.from({ length: 5000 }, (_, index) => newId('evt', now + Math.floor(index / 1000)))
  expect(ids.every((id) => /^evt_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('a clock that goes back does not make ids that sort before older ones', () => {
  const before = newId('dlv', Date.parse('2027-01-01T00:00:00Z'))
  expect(newId('dlv', Date.parse('2026-01-01T00:00:00Z')) > before).toBe(true)
})

test('a past that is written down afterwards has ids of its own time', () => {
  const at = Date.parse('2026-11-20T09:00:00Z')
  newId('evt', Date.parse('2027-01-01T00:00:00Z'))
  const pastId = makeIds()
  const ids = [pastId('evt', at), pastId('evt', at), pastId('evt', at + 1)]
  expect([...ids].sort()).toEqual(ids)
  expect(firstIdAt('evt', at) <= ids[0]! && ids[2]! < firstIdAt('evt', at + 2)).toBe(true)
})

test('a range of ids is a span of time', () => {
  const at = Date.parse('2028-11-20T09:00:00Z')
  const id = newId('evt', at)
  expect(firstIdAt('evt', at) <= id).toBe(true)
  expect(firstIdAt('evt', at + 1) > id).toBe(true)
})

test('an id tells when it was made', () => {
  const at = Date.UTC(2040, 0, 1)
  expect(timeOfId(makeIds()('dlv', at))).toBe(at)
  expect(timeOfId(firstIdAt('dlv', 0))).toBe(0)
})
