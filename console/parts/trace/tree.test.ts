import { expect, test } from 'vitest'
import type { Condition } from '../../data/condition.ts'
import type { TraceRow } from '../../data/preview.ts'
import { traceTree } from './tree.ts'

const row = (path: string, holds: boolean): TraceRow => ({
  path,
  holds,
  field: 'current.price',
  operator: '>',
  expected: 1,
  seen: 2,
})
const rule = { field: 'current.price', operator: '>', value: 1 }

const nested: Condition = {
  combinator: 'and',
  rules: [rule, { combinator: 'or', not: true, rules: [rule, rule] }, { combinator: 'and', rules: [] }],
}

test('rows stand in their groups, and groups say what became of them', () => {
  const rows = [row('rules[0]', true), row('rules[1].rules[0]', false), row('rules[1].rules[1]', true)]
  const tree = traceTree(nested, rows)
  expect(tree).toMatchObject({ joined: 'all', holds: false })
  expect(tree.entries).toMatchObject([
    { path: 'rules[0]', holds: true },
    { path: 'rules[1]', joined: 'notAny', holds: false, entries: [{ holds: false }, { holds: true }] },
    { path: 'rules[2]', holds: true, entries: [] },
  ])
})

test('a group that is turned round holds where its inside does not', () => {
  const rows = [row('rules[0]', true), row('rules[1].rules[0]', false), row('rules[1].rules[1]', false)]
  expect(traceTree(nested, rows).holds).toBe(true)
})

test('an empty group holds, turned round too', () => {
  expect(traceTree({ combinator: 'or', not: true, rules: [] }, []).holds).toBe(true)
})

test('rows that were not asked yet are left out', () => {
  expect(traceTree(nested, [row('rules[0]', true)]).entries).toHaveLength(3)
  expect(traceTree({ combinator: 'and', rules: [rule] }, []).entries).toEqual([])
})
