import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldType, Json } from '../model/index.ts'
import { coerceField } from './coerce.ts'
import { inferFieldType, widen } from './discover.ts'

describe('inferFieldType', () => {
  it.each<[Json, FieldType | null]>([
    ['ACME', 'text'],
    ['12', 'text'],
    [12, 'number'],
    [false, 'boolean'],
    [['a', 1, null], 'list'],
    [[], 'list'],
    [[{ a: 1 }], 'json'],
    [{ a: 1 }, 'json'],
    [null, null],
  ])('%j is %s', (value, type) => {
    expect(inferFieldType(value)).toBe(type)
  })
})

describe('widen', () => {
  it.each<[FieldType, Json, FieldType]>([
    ['number', 7, 'number'],
    ['number', '12', 'number'],
    ['number', '12.50', 'number'],
    ['number', null, 'number'],
    ['number', '', 'number'],
    ['number', 'twelve', 'text'],
    ['number', '007', 'text'],
    ['number', '+48501', 'text'],
    ['number', '1e3', 'text'],
    ['number', true, 'text'],
    ['number', [1], 'json'],
    ['boolean', 'true', 'boolean'],
    ['boolean', 1, 'text'],
    ['boolean', 'yes', 'text'],
    ['text', 12, 'text'],
    ['text', ['a'], 'json'],
    ['text', { a: 1 }, 'json'],
    ['list', 'a', 'list'],
    ['list', [{ a: 1 }], 'json'],
    ['json', 'a', 'json'],
    ['json', null, 'json'],
  ])('%s and %j make %s', (existing, value, widened) => {
    expect(widen(existing, value)).toBe(widened)
  })

  it('holds the value in the end, and is at rest there', () => {
    const discovered = fc.constantFrom<FieldType>('text', 'number', 'boolean', 'list', 'json')
    fc.assert(
      fc.property(discovered, fc.jsonValue(), (existing, value) => {
        const widened = widen(existing, value as Json)
        expect(coerceField(value as Json, { type: widened })).not.toHaveProperty('problem')
        expect(widen(widened, value as Json)).toBe(widened)
      }),
      { numRuns: 1000 },
    )
  })

  it('a type inferred from a value needs no widening for it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const type = inferFieldType(value as Json)
        if (type !== null) expect(widen(type, value as Json)).toBe(type)
        else expect(value).toBeNull()
      }),
    )
  })
})
