import { expect, test } from 'vitest'
import { operators as described } from '../../../../src/rules/index.ts'
import type { FieldPath, FieldType, Operator } from '../../../data/catalogue.ts'
import { isComplete, unfinishedRows, withField, withOperator } from './settle.ts'

const operators = described.map(({ name, values, accepts }): Operator => ({
  name,
  values,
  accepts: [...accepts],
  title: name,
  transition: false,
  holds_when_missing: false,
}))

const types: Record<string, FieldType> = {
  'current.price': 'number',
  'current.total': 'number',
  'current.city': 'text',
  'current.tags': 'tags',
  'current.stage_id': 'stage',
  'data.stage_id': 'stage',
  'current.due': 'date',
  'event.bulk': 'boolean',
}

const scene = {
  find: (path: string): FieldPath | null => (types[path] ? { path, type: types[path], choices: null } : null),
  operatorsFor: ({ type }: FieldPath) => operators.filter(({ accepts }) => accepts.includes(type)),
}

const over5 = { field: 'current.price', operator: '>', value: 5 }

test('another field of the same type keeps operator and value', () => {
  expect(withField(over5, 'current.total', scene)).toEqual({ ...over5, field: 'current.total' })
})

test('another type starts anew with its first operator', () => {
  expect(withField(over5, 'current.city', scene)).toEqual({ field: 'current.city', operator: '=' })
  expect(withField(over5, 'event.bulk', scene)).toEqual({ field: 'event.bulk', operator: '=', value: true })
  expect(withField(over5, 'current.tags', scene)).toEqual({
    field: 'current.tags',
    operator: 'hasAny',
    value: [],
  })
})

test('dates and amounts begin with what is usual', () => {
  const anew = { field: '', operator: '' }
  expect(withField(anew, 'current.due', scene)).toEqual({ field: 'current.due', operator: 'before' })
  expect(withField(anew, 'current.price', scene)).toEqual({ field: 'current.price', operator: '>' })
})

test('an id of one field is none of another', () => {
  const rule = { field: 'current.stage_id', operator: '=', value: '142' }
  expect(withField(rule, 'data.stage_id', scene)).toEqual({ field: 'data.stage_id', operator: '=' })
})

test('an operator that the new field takes, too, stays', () => {
  const rule = { field: 'current.price', operator: 'notNull' }
  expect(withField(rule, 'current.city', scene)).toEqual({ field: 'current.city', operator: 'notNull' })
})

test.each([
  ['one to many', 'current.city', '=', 'a', 'in', ['a']],
  ['many to one', 'current.city', 'in', ['a', 'b'], '=', 'a'],
  ['one to two', 'current.price', '>', 5, 'between', [5, null]],
  ['two to one', 'current.price', 'between', [5, 9], '<', 5],
  ['to a span', 'current.due', 'before', '2026-11-20', 'withinLast', { amount: 7, unit: 'days' }],
  ['from a span', 'current.due', 'withinLast', { amount: 7, unit: 'days' }, 'before', undefined],
  [
    'span to span',
    'current.due',
    'withinLast',
    { amount: 2, unit: 'weeks' },
    'withinNext',
    { amount: 2, unit: 'weeks' },
  ],
  ['to none', 'current.city', '=', 'a', 'null', undefined],
] as const)('the value goes along: %s', (_what, field, from, value, to, becomes) => {
  const rule = { field, operator: from, value: structuredClone(value) as never }
  const expected = becomes === undefined ? {} : { value: becomes }
  expect(withOperator(rule, to, scene)).toEqual({ field, operator: to, ...expected })
})

test('that capitals count is kept where they can', () => {
  const rule = { field: 'current.city', operator: '=', value: 'a', case_sensitive: true }
  expect(withOperator(rule, 'contains', scene)).toMatchObject({ case_sensitive: true })
  expect(withOperator(rule, 'null', scene)).not.toHaveProperty('case_sensitive')
  expect(withField(rule, 'current.price', scene)).not.toHaveProperty('case_sensitive')
})

test('a field or operator that nobody knows is kept as it is', () => {
  expect(withField(over5, 'current.gone', scene)).toEqual({ ...over5, field: 'current.gone' })
  expect(withOperator(over5, 'soundsLike', scene)).toEqual({ ...over5, operator: 'soundsLike' })
})

test('whether a row is finished', () => {
  const row = (operator: string, value?: never) => ({
    field: 'f',
    operator,
    ...(value === undefined ? {} : { value }),
  })
  expect(isComplete({ field: '', operator: '' }, undefined)).toBe(false)
  expect(isComplete(row('null'), 'none')).toBe(true)
  expect(isComplete(row('='), 'one')).toBe(false)
  expect(isComplete(row('=', 0 as never), 'one')).toBe(true)
  expect(isComplete(row('=', false as never), 'one')).toBe(true)
  expect(isComplete(row('in', [] as never), 'many')).toBe(false)
  expect(isComplete(row('between', [1, null] as never), 'two')).toBe(false)
  expect(isComplete(row('between', [0, 1] as never), 'two')).toBe(true)
  expect(isComplete(row('withinLast', { amount: 1, unit: 'days' } as never), 'span')).toBe(true)
})

test('unfinished rows are found in groups, too', () => {
  const takes = (name: string) => operators.find((operator) => operator.name === name)?.values
  const condition = {
    combinator: 'and' as const,
    rules: [
      over5,
      {
        combinator: 'or' as const,
        rules: [
          { field: '', operator: '' },
          { field: 'f', operator: '=' },
        ],
      },
    ],
  }
  expect(unfinishedRows(condition, takes)).toEqual([
    'conditions.rules[1].rules[0]',
    'conditions.rules[1].rules[1]',
  ])
})
