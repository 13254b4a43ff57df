import { expect, it } from 'vitest'
import { shortenText, shortenValue } from './shorten.ts'

it('leaves alone what is short enough', () => {
  expect(shortenText('12345', 5)).toBe('12345')
  expect(shortenValue({ a: [1] }, 9)).toEqual({ a: [1] })
  expect(shortenValue(123456, 3)).toBe(123456)
  expect(shortenValue(false, 3)).toBe(false)
  expect(shortenValue(undefined, 3)).toBeNull()
})

it('cuts text, and the JSON text of lists and objects', () => {
  expect(shortenText('123456', 5)).toBe('1234…')
  expect(shortenValue({ a: [1] }, 8)).toBe('{"a":[1…')
  expect(shortenValue(['aaaa', 'bbbb'], 8)).toBe('["aaaa"…')
})

it('never leaves half of a character', () => {
  expect(shortenText('ab😀cd', 5)).toBe('ab😀…')
  expect(shortenText('abc😀d', 5)).toBe('abc…')
  expect(shortenText('abc😀d', 5).isWellFormed()).toBe(true)
})
