import { describe, expect, it } from 'vitest'
import type { Json } from '../model/index.ts'
import { foldText, readList, readMoney, readNumber } from './read-value.ts'

describe('readNumber', () => {
  it.each<[Json, number | null]>([
    [9000, 9000],
    ['9000', 9000],
    ['-0.50', -0.5],
    ['0', 0],
    ['123456789012345', 123456789012345],
    ['9007199254740993', null], // would be rounded to another number
    ['-1234567890.123456', null],
    [' 9000', null],
    ['9 000', null],
    ['9,000', null],
    ['007', null],
    ['1e3', null],
    ['0x10', null],
    ['', null],
    ['.5', null],
    [true, null],
    [null, null],
    [[1], null],
  ])('%j is %j', (value, number) => {
    expect(readNumber(value)).toBe(number)
  })
})

it('readMoney takes an amount with and without its currency, and nothing else', () => {
  expect(readMoney(5)).toEqual({ amount: 5, currency: null })
  expect(readMoney({ amount: '5.20', currency: 'pln' })).toEqual({ amount: 5.2, currency: 'PLN' })
  expect(readMoney({ amount: 5, currency: null })).toEqual({ amount: 5, currency: null })
  expect(readMoney({ amount: 5, currency: 985 })).toBeNull()
  expect(readMoney({ currency: 'PLN' })).toBeNull()
  expect(readMoney([5])).toBeNull()
  expect(readMoney(null)).toBeNull()
})

it('readList leaves out what has no text, and takes a single value for a list of one', () => {
  expect(readList(['a', 1, null, { b: 1 }, true])).toEqual(['a', '1', 'true'])
  expect(readList('a')).toEqual(['a'])
  expect(readList(null)).toBeNull()
})

it('foldText makes composed and decomposed letters the same, and capitals unless they matter', () => {
  expect(foldText('Cafe\u0301', false)).toBe('café')
  expect(foldText('Cafe\u0301', true)).toBe('Café')
})
