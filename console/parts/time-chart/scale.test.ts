import { expect, test } from 'vitest'
import { linePath, niceTop, ticksUpTo } from './scale.ts'

test.each([
  [0, 4],
  [3, 4],
  [5, 5],
  [11, 20],
  [21, 40],
  [81, 100],
  [11_864, 20_000],
])('the scale over %d ends at %d', (most, top) => {
  expect(niceTop(most)).toBe(top)
})

test('lines of the scale are whole numbers from 0 to the top', () => {
  expect(ticksUpTo(4)).toEqual([0, 1, 2, 3, 4])
  expect(ticksUpTo(5)).toEqual([0, 1, 2, 3, 4, 5])
  expect(ticksUpTo(20)).toEqual([0, 5, 10, 15, 20])
})

test('a line ends where something is missing, and one point alone is still seen', () => {
  expect(linePath([[0, 1], [10, 2], [20, null], [30, 4], [40, null]])).toBe('M0 1L10 2M28 4H32') // prettier-ignore
  expect(linePath([])).toBe('')
})
