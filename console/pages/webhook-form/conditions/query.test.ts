import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition, Rule } from '../../../data/condition.ts'
import type { Json } from '../../../data/json.ts'
import { combinatorAt, fromQuery, isQuery, type Query, serverPath, toQuery, withRuleAt } from './query.ts'

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer())),
  fc.record({ amount: fc.integer(), currency: fc.constantFrom('EUR', 'PLN') }),
  fc.record({ amount: fc.integer({ min: 1 }), unit: fc.constantFrom('hours', 'days', 'weeks', 'months') }),
)

const rule: fc.Arbitrary<Rule> = fc.record(
  { field: fc.string(), operator: fc.string(), value, case_sensitive: fc.boolean() },
  { requiredKeys: ['field', 'operator'] },
)

const { condition } = fc.letrec<{ condition: Condition; entry: Rule | Condition }>((tie) => ({
  condition: fc.record(
    {
      combinator: fc.constantFrom('and' as const, 'or' as const),
      not: fc.boolean(),
      rules: fc.array(tie('entry'), { maxLength: 4 }),
    },
    { requiredKeys: ['combinator', 'rules'] },
  ),
  entry: fc.oneof({ depthSize: 'small' }, rule, tie('condition')),
}))

test('what the server sent comes back as it was', () => {
  fc.assert(
    fc.property(condition, (given) => {
      expect(fromQuery(toQuery(given))).toEqual(given)
    }),
  )
})

test('every row and group has an id of its own', () => {
  const ids = (query: Query): (string | undefined)[] => [
    query.id,
    ...query.rules.flatMap((entry) => (isQuery(entry) ? ids(entry) : [entry.id])),
  ]
  fc.assert(
    fc.property(condition, (given) => {
      const all = ids(toQuery(given))
      expect(all).not.toContain(undefined)
      expect(new Set(all).size).toBe(all.length)
    }),
  )
})

const nested: Condition = {
  combinator: 'and',
  rules: [
    { field: 'a', operator: '=' },
    {
      combinator: 'or',
      rules: [
        { field: 'b', operator: '=' },
        { field: 'c', operator: '=' },
      ],
    },
  ],
}

test('a row is replaced where it stands', () => {
  const query = withRuleAt(toQuery(nested), [1, 0], { field: 'x', operator: 'null', value: undefined })
  expect(fromQuery(query)).toEqual({
    combinator: 'and',
    rules: [
      { field: 'a', operator: '=' },
      {
        combinator: 'or',
        rules: [
          { field: 'x', operator: 'null' },
          { field: 'c', operator: '=' },
        ],
      },
    ],
  })
})

test('the whole is replaced, too', () => {
  expect(withRuleAt(toQuery(nested), [], toQuery({ combinator: 'or', rules: [] })).rules).toEqual([])
})

test('places are named as the server names them', () => {
  expect(serverPath([])).toBe('conditions')
  expect(serverPath([1, 0])).toBe('conditions.rules[1].rules[0]')
})

test('how a group is joined is found by its path', () => {
  expect(combinatorAt(toQuery(nested), [])).toBe('and')
  expect(combinatorAt(toQuery(nested), [1])).toBe('or')
})
