import { describe, expect, it } from 'vitest'
import type { FieldType } from '../model/index.ts'
import { checkConditions } from './check-conditions.ts'
import type { ConditionFields } from './check-conditions.ts'

const types: Record<string, FieldType> = {
  'current.name': 'text',
  'current.price': 'number',
  'current.stage_id': 'stage',
  'current.tags': 'tags',
  'current.warmth': 'choice',
  'contact.email': 'text',
  'data.old_stage_id': 'stage',
}
const fields: ConditionFields = {
  find: (path) => {
    const type = Object.hasOwn(types, path) ? types[path] : undefined
    return type ? { type, choices: type === 'choice' ? ['Hot', 'Cold'] : null } : null
  },
  nearest: (path) => (path.startsWith('current.pri') ? 'current.price' : null),
}

function check(conditions: unknown, canHavePrevious = true) {
  return checkConditions(conditions, { fields, canHavePrevious })
}
const and = (...rules: unknown[]) => ({ combinator: 'and', rules })
const price = { field: 'current.price', operator: '>', value: 5000 }

/** One group in another, `depth` in all. */
function nested(depth: number): unknown {
  return depth === 1 ? and(price) : and(nested(depth - 1))
}

it('takes conditions that are well', () => {
  expect(check({ combinator: 'and', rules: [] })).toEqual([])
  expect(
    check({
      combinator: 'or',
      not: true,
      rules: [
        price,
        { field: 'current.name', operator: 'contains', value: 'ACME', case_sensitive: true },
        { field: 'contact.email', operator: 'null', value: '' },
        { field: 'current.stage_id', operator: 'changedTo', value: '16203337' },
        and({ field: 'current.tags', operator: 'hasAny', value: ['vip'] }, and()),
      ],
    }),
  ).toEqual([])
})

describe('a row', () => {
  it.each<[string, unknown, string, string, string]>([
    ['unknown field with a near one', { field: 'current.prise', operator: '>', value: 1 }, '.field', 'unknown_field',
      'There is no field "current.prise". Did you mean "current.price"?'],
    ['unknown field', { field: 'current.budget', operator: '>', value: 1 }, '.field', 'unknown_field',
      'There is no field "current.budget". GET /v1/fields lists those that there are.'],
    ['no field', { operator: '=', value: 1 }, '.field', 'bad_shape',
      'Name a field by its path, such as "current.price".'],
    ['no operator', { field: 'current.tags', value: 1 }, '.operator', 'bad_shape',
      'Name an operator, such as "=". It accepts hasAny, hasAll, hasNone, null, notNull, changed, notChanged, becameEmpty, becameSet.'],
    ['unknown operator with a near one', { field: 'current.name', operator: 'beginWith', value: 'a' }, '.operator', 'unknown_operator',
      'There is no operator "beginWith". Did you mean "beginsWith"?'],
    ['unknown operator', { field: 'current.tags', operator: 'matchesRegularExpression', value: 'a' }, '.operator', 'unknown_operator',
      'There is no operator "matchesRegularExpression". It accepts hasAny, hasAll, hasNone, null, notNull, changed, notChanged, becameEmpty, becameSet.'],
    ['operator of another type', { field: 'current.tags', operator: '>', value: 1 }, '.operator', 'operator_not_accepted',
      '">" cannot be asked of "current.tags", a field of type tags. It accepts hasAny, hasAll, hasNone, null, notNull, changed, notChanged, becameEmpty, becameSet.'],
    ['wrong value', { field: 'current.price', operator: '>', value: '5000' }, '.value', 'bad_value',
      'The value of ">" must be a number.'],
    ['missing value', { field: 'current.price', operator: '>' }, '.value', 'bad_value',
      'The value of ">" must be a number.'],
    ['value where none is', { field: 'current.price', operator: 'null', value: 5 }, '.value', 'bad_value',
      'The value of "null" must be left out.'],
    ['no choice', { field: 'current.warmth', operator: '=', value: 'Warm' }, '.value', 'bad_value',
      'The value of "=" must be one of "Hot", "Cold".'],
    ['unknown key', { ...price, case_sensitiv: true }, '.case_sensitiv', 'unknown_key',
      'A rule has no "case_sensitiv". Did you mean "case_sensitive"?'],
    ['case_sensitive of another type', { ...price, case_sensitive: 'yes' }, '.case_sensitive', 'bad_shape',
      '"case_sensitive" must be true or false.'],
    ['no object', 'current.price > 5000', '', 'bad_shape',
      'Write a rule: {"field": ..., "operator": ..., "value": ...}.'],
    ['transition outside the record', { field: 'data.old_stage_id', operator: 'changed' }, '.operator', 'transition_not_possible',
      '"changed" compares a field before and after the change, which only fields of the record itself have: use one under "current.".'],
  ])('with %s is refused', (_what, rule, path, code, message) => {
    expect(check(and(price, rule))).toEqual([{ path: `conditions.rules[1]${path}`, code, message }])
  }) // prettier-ignore

  it('with a transition is refused where no subscribed event changes fields, and only then', () => {
    const rule = { field: 'current.price', operator: 'increased' }
    expect(check(and(rule), true)).toEqual([])
    const [problem, ...others] = check(and(rule, price), false)
    expect(problem).toMatchObject({ path: 'conditions.rules[0].operator', code: 'transition_not_possible' })
    expect(problem!.message).toContain("none of the webhook's events changes fields")
    expect(others).toEqual([])
  })

  it('is told everything that is wrong with it at once', () => {
    const problems = check(and({ field: 'current.prise', operator: '~', value: 1, weight: 2 }))
    expect(problems.map((problem) => problem.code)).toEqual([
      'unknown_key',
      'unknown_field',
      'unknown_operator',
    ])
  })
})

describe('a price', () => {
  const total = { field: 'quote.total', operator: '>', value: 5000 }
  const priced: ConditionFields = {
    find(path) {
      const known: Record<string, FieldType> = { ...types, 'quote.total': 'number', 'quote.currency': 'text' }
      return Object.hasOwn(known, path) ? { type: known[path]!, choices: null } : null
    },
    nearest: () => null,
  }
  const messages = (rule: unknown) =>
    checkConditions(and(rule), { fields: priced, canHavePrevious: true }).map(({ message }) => message)

  it('may be asked for in a currency where one stands beside it', () => {
    expect(messages(total)).toEqual([])
    expect(messages({ ...total, value: { amount: 5000, currency: 'EUR' } })).toEqual([])
    const inZlotys = [1, 2].map((amount) => ({ amount, currency: 'PLN' }))
    expect(messages({ ...total, operator: 'between', value: inZlotys })).toEqual([])
    expect(messages({ ...total, value: { amount: '5000', currency: 'EUR' } })).toEqual([
      expect.stringContaining('must be a number, or an amount with its currency'),
    ])
  })

  it('is a number else', () => {
    for (const rule of [
      { ...price, value: { amount: 5000, currency: 'EUR' } },
      { ...total, value: { amount: 5000 } },
    ]) {
      expect(messages(rule)).toEqual(['The value of ">" must be a number.'])
    }
  })
})

describe('a group', () => {
  it.each<[unknown, string, string]>([
    [null, 'conditions', 'bad_shape'],
    [[], 'conditions', 'bad_shape'],
    [{ rules: [] }, 'conditions.combinator', 'bad_shape'],
    [{ combinator: 'xor', rules: [] }, 'conditions.combinator', 'bad_shape'],
    [{ combinator: 'and' }, 'conditions.rules', 'bad_shape'],
    [{ combinator: 'and', rules: {} }, 'conditions.rules', 'bad_shape'],
    [{ combinator: 'and', not: 'no', rules: [] }, 'conditions.not', 'bad_shape'],
    [{ combinator: 'and', rules: [], id: 'x' }, 'conditions.id', 'unknown_key'],
    [and(price, and(price, { ...price, value: null })), 'conditions.rules[1].rules[1].value', 'bad_value'],
    [and({ rules: [price] }), 'conditions.rules[0].combinator', 'bad_shape'],
  ])('%j: %s %s', (group, path, code) => {
    expect(check(group)).toEqual([expect.objectContaining({ path, code })])
  })

  it('stands at most 8 deep', () => {
    expect(check(nested(8))).toEqual([])
    expect(check(nested(9))).toEqual([
      {
        path: `conditions${'.rules[0]'.repeat(8)}`,
        code: 'too_deep',
        message: 'Groups may stand in groups at most 8 deep: flatten them.',
      },
    ])
  })

  it('has at most 200 rows and 200 groups in all, said once', () => {
    const rows = (count: number) => Array.from({ length: count }, () => price)
    expect(check(and(...rows(100), and(...rows(100))))).toEqual([])
    expect(check(and(...rows(100), and(...rows(101))))).toMatchObject([
      { path: 'conditions.rules[100].rules[100]', code: 'too_many_rows' },
    ])
    expect(check(and(...rows(5000), and()))).toHaveLength(1)
    expect(check(and(and(...rows(201)), ...rows(50)))).toHaveLength(1)
    expect(check(and(...Array(201).fill(and())))).toMatchObject([
      { path: 'conditions.rules[200]', code: 'too_many_rows' },
    ])
  })
})
