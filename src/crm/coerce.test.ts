import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldTypes } from '../model/index.ts'
import type { FieldType, Json } from '../model/index.ts'
import { coerceField } from './coerce.ts'

const idTypes: FieldType[] = ['stage', 'pipeline', 'period', 'user', 'link']

const fitting: [FieldType, Json, Json][] = [
  ['text', 'ACME', 'ACME'],
  ['text', ' ACME ', ' ACME '],
  ['text', 12, '12'],
  ['text', true, 'true'],
  ['number', 12.5, 12.5],
  ['number', '12', 12],
  ['number', ' -12.50 ', -12.5],
  ['number', '.5', 0.5],
  ['number', '1e3', 1000],
  ['number', '007', 7],
  ['number', '-0', 0],
  ['number', '9007199254740991', 9007199254740991],
  ['money', 12.5, 12.5],
  ['money', '12.5', 12.5],
  ['money', { amount: '12.5', currency: 'eur' }, { amount: 12.5, currency: 'EUR' }],
  ['boolean', true, true],
  ['boolean', 'true', true],
  ['boolean', ' False ', false],
  ['boolean', 1, true],
  ['boolean', '0', false],
  ['date', '2026-11-20', '2026-11-20'],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', '2026-11-20T09:00', '2026-11-20T09:00:00.000Z'],
  ['date', '2026-11-20 09:00:30', '2026-11-20T09:00:30.000Z'],
  ['date', '2026-11-20T09:00:00.5Z', '2026-11-20T09:00:00.500Z'],
  ['date', '2026-11-20T09:00:00.123456Z', '2026-11-20T09:00:00.123Z'],
  ['date', '2026-11-20T01:30:00+02:00', '2026-11-19T23:30:00.000Z'],
  ['date', '2026-11-20T22:00:00-0330', '2026-11-21T01:30:00.000Z'],
  ['date', 1795165200, '2026-11-20T09:00:00.000Z'],
  ['date', 1795165200000, '2026-11-20T09:00:00.000Z'],
  ['date', '1795165200', '2026-11-20T09:00:00.000Z'],
  ['date', 0, '1970-01-01T00:00:00.000Z'],
  ['tags', ['vip', ' b2b ', 'vip', '', 7, null], ['vip', 'b2b', '7']],
  ['tags', 'vip, b2b,,vip', ['vip', 'b2b']],
  ['tags', 7, ['7']],
  ['tags', [], []],
  ['list', ['a', 1, true], ['a', 1, true]],
  ['list', 'a, b', ['a, b']],
  ['json', { any: ['thing'] }, { any: ['thing'] }],
  ['json', 5, 5],
  ...idTypes.flatMap((type): [FieldType, Json, Json][] => [
    [type, '16203334', '16203334'],
    [type, 16203334, '16203334'],
    [type, ' won ', 'won'],
    [type, '0042', '0042'],
    [type, '  ', null],
  ]),
]

const misfits: [FieldType, Json][] = [
  ['text', ['a']],
  ['text', { a: 1 }],
  ['number', 'twelve'],
  ['number', '12,5'],
  ['number', '0x10'],
  ['number', 'Infinity'],
  ['number', '1e999'],
  ['number', '9007199254740993'],
  ['number', true],
  ['number', [12]],
  ['money', 'a lot'],
  ['money', [12]],
  ['money', { amount: 12 }],
  ['money', { amount: null, currency: 'EUR' }],
  ['money', { amount: 12, currency: 'euro' }],
  ['money', { amount: 12, currency: 'EUR', tax: 2 }],
  ['boolean', 'maybe'],
  ['boolean', 2],
  ['boolean', []],
  ['date', '20.11.2026'],
  ['date', '2026-02-30'],
  ['date', '2025-02-29'],
  ['date', '2026-00-10'],
  ['date', '2026-13-10'],
  ['date', '2026-11-20T24:00:00Z'],
  ['date', '2026-11-20T09:60:00Z'],
  ['date', '2026-11-20T09:00:00+99:00'],
  ['date', '2026-11'],
  ['date', 'tomorrow'],
  ['date', 1e18],
  ['date', true],
  ['date', ['2026-11-20']],
  ['tags', [['vip']]],
  ['tags', { tag: 'vip' }],
  ['list', [{ a: 1 }]],
  ['list', { a: 1 }],
  ...idTypes.flatMap((type): [FieldType, Json][] => [
    [type, 1.5],
    [type, 2 ** 60],
    [type, true],
    [type, ['7']],
  ]),
]

describe('coerceField', () => {
  it.each(fitting)('%s takes %j as %j', (type, value, held) => {
    expect(coerceField(value, { type })).toEqual({ value: held })
  })

  it.each(misfits)('%s refuses %j', (type, value) => {
    expect(coerceField(value, { type })).toEqual({ problem: expect.stringMatching(/^must be /) })
  })

  it.each(fieldTypes)('%s: null and empty text are empty', (type) => {
    expect(coerceField(null, { type })).toEqual({ value: null })
    expect(coerceField('', { type, choices: ['a'] })).toEqual({ value: null })
  })

  it.each<[Json, ReturnType<typeof coerceField>]>([
    ['active', { value: 'active' }],
    [1, { value: '1' }],
    ['Active', { problem: 'must be one of active, archived, 1' }],
    [['active'], { problem: 'must be text' }],
  ])('choice: %j gives %j', (value, coerced) => {
    expect(coerceField(value, { type: 'choice', choices: ['active', 'archived', '1'] })).toEqual(coerced)
  })

  it('a choice without choices takes any text', () => {
    expect(coerceField('gold', { type: 'choice', choices: null })).toEqual({ value: 'gold' })
  })

  it('what it gives it takes again unchanged, for any type and value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fieldTypes), fc.jsonValue(), (type, value) => {
        const coerced = coerceField(value as Json, { type })
        if (coerced.problem === undefined) expect(coerceField(coerced.value, { type })).toEqual(coerced)
        else expect(coerced.problem).toMatch(/^must be /)
      }),
      { numRuns: 1000 },
    )
  })

  it('any moment that a clock can show comes back as itself', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(coerceField(date.toISOString(), { type: 'date' })).toEqual({ value: date.toISOString() })
        },
      ),
    )
  })
})
