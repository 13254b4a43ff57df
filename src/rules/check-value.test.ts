import { describe, expect, it } from 'vitest'
import type { FieldType, Json } from '../model/index.ts'
import { checkMany, checkNone, checkOne, checkSpan, checkTwo } from './check-value.ts'

describe('checkOne', () => {
  const refused: [FieldType, Json | undefined, string][] = [
    ['text', undefined, 'must be text'],
    ['text', 5, 'must be text'],
    ['text', '', 'must not be empty: an empty field is asked for with "null", a filled one with "notNull"'],
    ['text', 'x'.repeat(1001), 'must have at most 1000 characters'],
    ['number', '5000', 'must be a number'],
    ['boolean', 'true', 'must be true or false'],
    ['stage', 16203337, 'must be an id as text, such as "16203337"'],
    ['user', '', 'must be an id as text, such as "16203337"'],
    ['choice', 'Warm', 'must be one of "Hot", "Cold"'],
  ]
  it.each(refused)('%s: %j %s', (type, value, says) => {
    expect(checkOne(value, type, type === 'choice' ? ['Hot', 'Cold'] : null)).toBe(says)
  })

  it.each<Json>([
    '100',
    null,
    [100, 'EUR'],
    { amount: '100', currency: 'EUR' },
    { amount: 100 },
    { amount: 100, currency: 'euro' },
    { amount: 100, currency: 'EUR', rate: 1 },
  ])('refuses the money %j', (value) => {
    expect(checkOne(value, 'money', null)).toMatch(/^must be a number, or an amount with its currency/)
  })

  it.each<Json>([
    '20.11.2026',
    '2026-13-01',
    '2026-02-30',
    '2026-11-20T09:00:00',
    '2026-11-20T25:00:00Z',
    1795000000,
    null,
  ])('refuses the date %j', (value) => {
    expect(checkOne(value, 'date', null)).toMatch(/^must be a date such as/)
  })

  it('takes what fits', () => {
    expect(checkOne('Hot', 'choice', ['Hot', 'Cold'])).toBeNull()
    expect(checkOne('Warm', 'choice', null)).toBeNull()
    expect(checkOne({ amount: 100, currency: 'pln' }, 'money', null)).toBeNull()
    expect(checkOne('2026-11-20T09:00:00.123+01:00', 'date', null)).toBeNull()
    expect(checkOne('2024-02-29', 'date', null)).toBeNull()
    expect(checkOne(5, 'list', null)).toBeNull()
  })
})

describe('lists of values', () => {
  it('refuse what is no list, nothing, too much, and entries of another type', () => {
    expect(checkMany('a', 'text', null)).toBe('must be a list')
    expect(checkMany([], 'text', null)).toBe('must name at least one value')
    expect(checkMany(Array(201).fill('a'), 'text', null)).toBe('must have at most 200 entries')
    expect(checkMany(['a', 5], 'text', null)).toBe('holds an entry that must be text')
    expect(checkMany(['Hot', 'Warm'], 'choice', ['Hot'])).toBe('holds an entry that must be one of "Hot"')
    expect(checkMany(Array(200).fill('a'), 'text', null)).toBeNull()
  })

  it('of two are in order and of one currency', () => {
    const euro = (amount: number) => ({ amount, currency: 'EUR' })
    expect(checkTwo([1], 'number', null)).toBe('must be a list of two: from and to')
    expect(checkTwo([1, '2'], 'number', null)).toBe('holds an entry that must be a number')
    expect(checkTwo([2, 1], 'number', null)).toBe('must name the lower one first')
    expect(checkTwo([euro(1), { amount: 2, currency: 'USD' }], 'money', null)).toBe(
      'must name both amounts in one currency',
    )
    expect(checkTwo([euro(1), euro(1)], 'money', null)).toBeNull()
    expect(checkTwo(['2026-11-20', '2026-11-19'], 'date', null)).toBe('must name the earlier date first')
    expect(checkTwo(['2026-11-20', '2026-11-20'], 'date', null)).toBeNull()
    expect(checkTwo(['2026-11-20T09:00:00Z', '2026-11-20T08:59:59Z'], 'date', null)).not.toBeNull()
  })

  it('leaves it to the time zone whether a moment comes before a day that begins nearby', () => {
    // In Warsaw the 20th begins an hour before this moment.
    expect(checkTwo(['2026-11-20', '2026-11-20T00:00:00+01:00'], 'date', null)).toBeNull()
    expect(checkTwo(['2026-11-21T00:30:00Z', '2026-11-20'], 'date', null)).toBeNull()
    expect(checkTwo(['2026-11-22T00:00:00Z', '2026-11-20'], 'date', null)).toBe(
      'must name the earlier date first',
    )
  })
})

describe('a span of time', () => {
  it.each([1, 10_000])('may be %i of each unit', (amount) => {
    for (const unit of ['hours', 'days', 'weeks', 'months']) expect(checkSpan({ amount, unit })).toBeNull()
  })

  it.each<Json | undefined>([
    undefined,
    null,
    7,
    'P7D',
    [7, 'days'],
    { amount: 7 },
    { amount: 7, unit: 'years' },
    { amount: 7, unit: 'days', from: 'now' },
  ])('is none in %j', (value) => {
    expect(checkSpan(value)).toMatch(/^must be a span of time such as .* hours, days, weeks, months$/)
  })

  it.each<Json>([0, -1, 1.5, '7', null, 10_001])('has no amount of %j', (amount) => {
    expect(checkSpan({ amount, unit: 'days' })).toBe('must have a whole amount from 1 to 10000')
  })
})

it('an operator without a value takes none, but the empty text that forms leave behind', () => {
  expect(checkNone(undefined)).toBeNull()
  expect(checkNone(null)).toBeNull()
  expect(checkNone('')).toBeNull()
  expect(checkNone('x')).toBe('must be left out')
  expect(checkNone(false)).toBe('must be left out')
})
