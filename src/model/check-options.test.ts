import { expect, test } from 'vitest'
import { checkOptions } from './check-options.ts'
import type { OptionDescription } from './option.ts'
import type { Text } from './text.ts'

const title: Text = { en: 'Title', ru: 'Название', pl: 'Tytuł', 'pt-BR': 'Título' }

const described: OptionDescription[] = [
  {
    name: 'encoding',
    title,
    type: 'choice',
    choices: [
      { value: 'json', title },
      { value: 'form', title },
    ],
    default: 'json',
  },
  { name: 'label', title, type: 'text', min: 1, max: 5 },
  { name: 'limit', title, type: 'number', min: 1, max: 10 },
  { name: 'loud', title, type: 'boolean' },
  { name: 'waits', title, type: 'numbers', min: 0.5, minItems: 1, maxItems: 3, default: [5, 6] },
  {
    name: 'rows',
    title,
    type: 'rows',
    maxItems: 2,
    columns: [
      { name: 'key', title, type: 'text', required: true },
      { name: 'value', title, type: 'text', default: '' },
    ],
  },
]

const codes = (value: unknown) =>
  checkOptions(described, value, 'o').errors.map(({ path, code }) => `${path} ${code}`)

test('nothing set gives the defaults', () => {
  expect(checkOptions(described, undefined, 'o')).toEqual({
    options: { encoding: 'json', waits: [5, 6] },
    errors: [],
  })
})

test('a default is not shared between two webhooks', () => {
  const first = checkOptions(described, {}, 'o').options
  ;(first['waits'] as number[]).push(7)
  expect(checkOptions(described, {}, 'o').options['waits']).toEqual([5, 6])
})

test('what fits is taken, in the order of the descriptions, with defaults inside rows', () => {
  const { options, errors } = checkOptions(
    described,
    {
      rows: [{ key: 'a' }, { value: 'x', key: 'b' }],
      waits: [0.5],
      loud: false,
      limit: 10,
      label: 'five5',
      encoding: 'form',
    },
    'o',
  )
  expect(errors).toEqual([])
  expect(JSON.stringify(options)).toBe(
    '{"encoding":"form","label":"five5","limit":10,"loud":false,"waits":[0.5],"rows":[{"key":"a","value":""},{"key":"b","value":"x"}]}',
  )
})

test.each([
  [null, ['o wrong_type']],
  [[], ['o wrong_type']],
  ['json', ['o wrong_type']],
  [{ encodng: 'json' }, ['o.encodng unknown_option']],
  [JSON.parse('{"__proto__": {"encoding": "form"}}'), ['o.__proto__ unknown_option']],
  [{ encoding: 'xml' }, ['o.encoding not_a_choice']],
  [{ encoding: null }, ['o.encoding not_a_choice']],
  [{ label: 5 }, ['o.label wrong_type']],
  [{ label: '' }, ['o.label too_short']],
  [{ label: 'sixsix' }, ['o.label too_long']],
  [{ limit: '5' }, ['o.limit wrong_type']],
  [{ limit: Number.NaN }, ['o.limit wrong_type']],
  [{ limit: 0 }, ['o.limit out_of_range']],
  [{ limit: 10.5 }, ['o.limit out_of_range']],
  [{ loud: 'yes' }, ['o.loud wrong_type']],
  [{ waits: 5 }, ['o.waits wrong_type']],
  [{ waits: [] }, ['o.waits too_few']],
  [{ waits: [1, 2, 3, 4] }, ['o.waits too_many']],
  [{ waits: [1, 0.4, '3'] }, ['o.waits[1] out_of_range', 'o.waits[2] wrong_type']],
  [{ rows: [{}] }, ['o.rows[0].key required']],
  [{ rows: [{ key: 'a', kee: 'b' }, 'x'] }, ['o.rows[0].kee unknown_option', 'o.rows[1] wrong_type']],
])('%j is refused', (value, expected) => {
  expect(codes(value)).toEqual(expected)
})

test('paths need no prefix, and the sentence says what is known', () => {
  expect(checkOptions(described, { colour: 1 }, '').errors).toEqual([
    {
      path: 'colour',
      message: 'There is no option "colour" here. Known: encoding, label, limit, loud, waits, rows.',
      code: 'unknown_option',
    },
  ])
  expect(checkOptions([], { colour: 1 }, '').errors[0]!.message).toBe(
    'There is no option "colour" here; none can be set.',
  )
})
