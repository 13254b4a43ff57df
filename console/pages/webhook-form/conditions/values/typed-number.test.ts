import { expect, test } from 'vitest'
import { readTyped } from './typed-number.ts'

test.each([
  [12.5, 12.5],
  ['12.', 12],
  ['-0.50', -0.5],
  ['', null],
  ['-', null],
  [' ', null],
])('%j means %j', (typed, amount) => {
  expect(readTyped(typed)).toBe(amount)
})
