import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameJson } from '../model/index.ts'
import type { Fields } from '../model/index.ts'
import { applyWrite } from './apply-write.ts'

describe('applyWrite', () => {
  it.each<[string, Fields | null, Fields, Fields, Fields]>([
    ['creates', null, { name: 'ACME' }, { name: 'ACME' }, { name: null }],
    ['merges', { name: 'ACME', price: 1 }, { price: 2 }, { name: 'ACME', price: 2 }, { price: 1 }],
    ['adds', { name: 'ACME' }, { price: 2 }, { name: 'ACME', price: 2 }, { price: null }],
    ['clears to null', { name: 'ACME', price: 1 }, { price: null }, { name: 'ACME', price: null }, { price: 1 }],
    ['sets a cleared field', { price: null }, { price: 1 }, { price: 1 }, { price: null }],
    ['sees no change in the same value', { price: 1 }, { price: 1 }, { price: 1 }, {}],
    ['sees no change in clearing what is unset', { price: 1 }, { name: null }, { price: 1 }, {}],
    ['sees no change in clearing what is clear', { name: null }, { name: null }, { name: null }, {}],
    ['leaves nothing of a null at creation', null, { name: 'ACME', price: null }, { name: 'ACME' }, { name: null }],
    ['compares by content', { at: { x: 1, y: [2] } }, { at: { y: [2], x: 1 } }, { at: { x: 1, y: [2] } }, {}],
    ['knows the names of built-in properties', {}, { constructor: 'a' }, { constructor: 'a' }, { constructor: null }],
  ])('%s', (_title, before, fields, after, previous) => {
    expect(applyWrite(before, { fields, replace: false })).toEqual({
      after,
      previous,
      changed: Object.keys(after).filter((name) => Object.hasOwn(previous, name)),
    })
  }) // prettier-ignore

  it('replace clears what is not named', () => {
    const before = { name: 'ACME', price: 1, note: null }
    expect(applyWrite(before, { fields: { name: 'Acme' }, replace: true })).toEqual({
      after: { name: 'Acme', price: null, note: null },
      previous: { price: 1, name: 'ACME' },
      changed: ['name', 'price'],
    })
  })

  it('replace with the same fields changes nothing', () => {
    const before = { name: 'ACME', price: null }
    expect(applyWrite(before, { fields: { name: 'ACME' }, replace: true })).toEqual({
      after: before,
      previous: {},
      changed: [],
    })
  })

  it('changed names stand in the order of the record', () => {
    const before = { a: 1, b: 1, c: 1 }
    expect(applyWrite(before, { fields: { d: 2, c: 2, a: 2 }, replace: false }).changed).toEqual([
      'a',
      'c',
      'd',
    ])
  })
})

describe('applyWrite, for any record and write', () => {
  const fields = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'toString'),
    fc.oneof(
      fc.constant(null),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('', 'x'),
      fc.array(fc.nat(2)),
    ),
    { noNullPrototype: true },
  )

  it('previous applied to the new record gives the old one, and nothing else is in it', () => {
    fc.assert(
      fc.property(fields, fields, fc.boolean(), (before, write, replace) => {
        const frozen = structuredClone(before)
        const { after, previous, changed } = applyWrite(before, { fields: write, replace })
        expect(before).toEqual(frozen)
        expect([...changed].sort()).toEqual(Object.keys(previous).sort())
        const back: Fields = { ...after, ...previous }
        for (const name of new Set([...Object.keys(back), ...Object.keys(before)])) {
          const old = Object.hasOwn(before, name) ? before[name] : null
          expect(sameJson(back[name], old)).toBe(true)
          const now = Object.hasOwn(after, name) ? after[name] : null
          expect(Object.hasOwn(previous, name)).toBe(!sameJson(now, old))
        }
      }),
    )
  })

  it('the same write a second time changes nothing', () => {
    fc.assert(
      fc.property(fields, fields, fc.boolean(), (before, write, replace) => {
        const { after } = applyWrite(before, { fields: write, replace })
        expect(applyWrite(after, { fields: write, replace })).toEqual({ after, previous: {}, changed: [] })
      }),
    )
  })
})
