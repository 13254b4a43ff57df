import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, test } from 'vitest'
import { checkOptions, type CrmEvent, type HttpMethod, type Json, type JsonObject } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { params } from './params.ts'
import { RenderError } from './render-error.ts'

const context = {
  webhook: { id: 'whk_1', name: 'Hook', description: '' },
  account: { id: 'acc_1', subdomain: 'acme' },
}

const field = (name: string, value: string) => ({ name, from: 'field', value })
const literal = (name: string, value: string) => ({ name, from: 'value', value })

function render(
  encoding: string,
  rows: { name: string; from: string; value: string }[],
  { event = exampleEvent(), method = 'POST' }: { event?: CrmEvent; method?: HttpMethod } = {},
) {
  const options: JsonObject = { encoding, params: rows }
  expect(checkOptions(params.options, options, '').errors).toEqual([])
  expect(params.check!(options)).toEqual([])
  return params.render({ event, context, options, method })
}

const named = (...names: string[]) => ({ encoding: 'json', params: names.map((name) => literal(name, '')) })
const checked = (...names: string[]) =>
  params.check!(named(...names)).map(({ path, code }) => `${path} ${code}`)

describe('names', () => {
  test.each(['deal_id', 'Deal', 'a.b.c', '0', 'a.0.b', '_', '__proto', 'constructors'])(
    '%j is taken',
    (name) => {
      expect(checked(name)).toEqual([])
    },
  )

  test.each([
    'a b',
    'цена',
    'a-b',
    'a[b]',
    'a..b',
    '.a',
    'a.',
    '.',
    'a\n',
    '__proto__',
    'a.constructor',
    'prototype.a',
  ])('%j is refused', (name) => {
    expect(checked(name)).toEqual(['params[0].name bad_param_name'])
  })

  test.each([
    ['Сумма сделки', 'summa_sdelki'],
    ['Ёлка и Щи', 'elka_i_shchi'],
    ['Preço à vista', 'preco_a_vista'],
    ['Zażółć gęślą', 'zazolc_gesla'],
    ['deal-Id.owner Name', 'deal_id.owner_name'],
    ['a[b]', 'a_b'],
    ['2nd place', 'p2nd_place'],
    ['合計', 'param'],
    ['..', 'param'],
  ])('for %j it suggests %j', (name, suggestion) => {
    expect(params.check!(named(name))[0]!.message).toContain(`"${suggestion}"`)
    expect(checked(suggestion)).toEqual([])
    expect(params.warnings!(named(suggestion))).toEqual([])
  })

  test.each([
    [['a', 'a'], ['params[1].name duplicate_param']],
    [['a.b', 'a.b'], ['params[1].name duplicate_param']],
    [['a', 'a.b'], ['params[1].name conflicting_param']],
    [['a.b', 'a'], ['params[1].name conflicting_param']],
    [['a.b.c', 'x', 'a'], ['params[2].name conflicting_param']],
    [
      ['a', 'a.b.c', 'a.b'],
      ['params[1].name conflicting_param', 'params[2].name conflicting_param'],
    ],
    [['a.b', 'a.c', 'ab', 'a_b', 'A'], []],
  ])('%j give %j', (names, expected) => {
    expect(checked(...names)).toEqual(expected)
  })

  test('that are not snake_case are a warning with a suggestion, never an error', () => {
    const options = named('deal_id', 'dealId', 'a.B', '1a')
    expect(params.check!(options)).toEqual([])
    expect(params.warnings!(options).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'params[1].name not_snake_case',
      'params[2].name not_snake_case',
      'params[3].name not_snake_case',
    ])
    expect(params.warnings!(options)[0]!.message).toContain('"deal_id"')
  })
})

describe('paths', () => {
  const problems = (path: string) =>
    params.check!({ encoding: 'json', params: [field('a', path)] }).map(({ path, code }) => `${path} ${code}`)

  test.each([
    'event.id',
    'event.external_id',
    'event.bulk',
    'record.id',
    'record.kind',
    'current.never seen yet',
    'current.utm.source',
    'previous.price',
    'data.tag',
    'actor.id',
    'webhook.description',
    'account.subdomain',
    'stage.name',
    'contact.email',
  ])('%s may be named', (path) => {
    expect(problems(path)).toEqual([])
  })

  test.each([
    '',
    'price',
    'record',
    '.price',
    'current.',
    'event.data',
    'event.account_id',
    'record.name',
    'webhook.url',
  ])('%j is refused', (path) => {
    expect(problems(path)).toEqual(['params[0].value bad_path'])
  })

  test('a literal value may be anything', () => {
    expect(params.check!({ encoding: 'json', params: [literal('a', 'price')] })).toEqual([])
  })
})

test('JSON keeps types and the order of the rows', () => {
  const current = { n: 1.5, yes: true, no: false, nothing: null, list: [1, 'a', null], object: { k: 'v' } }
  const rows = [
    field('b', 'current.n'),
    field('2', 'current.yes'),
    field('a.y', 'current.no'),
    field('1', 'current.nothing'),
    field('a.x', 'current.list'),
    field('o', 'current.object'),
    field('gone', 'current.gone'),
    literal('text', '007'),
    field('account', 'account.subdomain'),
    field('webhook', 'webhook.name'),
  ]
  expect(render('json', rows, { event: exampleEvent({ current }) }).body).toBe(
    '{"b":1.5,"2":true,"a":{"y":false,"x":[1,"a",null]},"1":null,"o":{"k":"v"},"gone":null,"text":"007","account":"acme","webhook":"Hook"}',
  )
})

test('no rows are an empty object, an empty form, an empty query', () => {
  expect(render('json', []).body).toBe('{}')
  expect(render('form', []).body).toBe('')
  expect(render('query', [])).toEqual({ contentType: null, body: null, query: [] })
})

test('a form holds every parameter, also the empty ones, and writes booleans as words', () => {
  const current = {
    yes: true,
    no: false,
    nothing: null,
    list: [],
    object: {},
    nested: [[1, null], { k: [] }],
  }
  const rows = Object.keys(current).map((name) => field(name, `current.${name}`))
  const query = render('query', [...rows, field('gone', 'current.gone')], {
    event: exampleEvent({ current }),
  }).query
  expect(query).toEqual([
    ['yes', 'true'],
    ['no', 'false'],
    ['nothing', ''],
    ['list', ''],
    ['object', ''],
    ['nested[0][0]', '1'],
    ['nested[0][1]', ''],
    ['nested[1][k]', ''],
    ['gone', ''],
  ])
})

test('lists nested deeper than people read them end as JSON text', () => {
  let deep: Json = [1, 2]
  for (let level = 0; level < 2000; level++) deep = [deep]
  const { query } = render('query', [field('a', 'current.deep')], {
    event: exampleEvent({ current: { deep } }),
  })
  expect(query.length).toBe(1)
  expect(query[0]![0]).toBe(`a${'[0]'.repeat(8)}`)
  expect(query[0]![1]).toMatch(/^\[+1,2\]+$/)
})

test('a request that would be far larger than its event is refused', () => {
  const big = 'x'.repeat(500_000)
  const event = exampleEvent({ current: { big, wide: { [big]: Array.from({ length: 20 }, () => 0) } } })
  const tenTimes = Array.from({ length: 10 }, (_unused, index) => field(`p${index}`, 'current.big'))
  for (const encoding of ['json', 'form', 'query']) {
    expect(() => render(encoding, tenTimes, { event })).toThrow(RenderError)
    expect(() => render(encoding, tenTimes.slice(0, 8), { event })).not.toThrow()
  }
  expect(() => render('form', [field('a', 'current.wide')], { event })).toThrow(RenderError)
})

// The names that receivers' parsers treat alike: PHP and qs both read brackets in a key as nesting.
const key = fc.stringMatching(/^[a-zżя_ &=+%']{1,6}$/)
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ) as fc.Arbitrary<Json>,
}))

test('JSON parses back to what the fields hold', () => {
  fc.assert(
    fc.property(anyValue, fc.string(), (value, text) => {
      const event = exampleEvent({ current: { value } })
      const rows = [field('a.b', 'current.value'), literal('c', text), field('a.d', 'current.gone')]
      const { body } = render('json', rows, { event })
      // -0 has no form of its own in JSON.
      expect(JSON.parse(body!)).toEqual(JSON.parse(JSON.stringify({ a: { b: value, d: null }, c: text })))
    }),
  )
})

/** What a form can say of a value: all leaves are text. */
function leavesAsText(value: Json): Json {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value).toWellFormed()
  if (Object.keys(value).length === 0) return ''
  return Array.isArray(value)
    ? value.map(leavesAsText)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, leavesAsText(item)]))
}

test('a form is read back by qs as the same parameters', () => {
  fc.assert(
    fc.property(anyValue, fc.string({ unit: 'binary' }), (value, text) => {
      const event = exampleEvent({ current: { value } })
      const rows = [field('a.b', 'current.value'), literal('c', text), field('a.d', 'current.gone')]
      const { body } = render('form', rows, { event })
      expect(body).toMatch(/^[A-Za-z0-9_.%+=&-]*$/)
      const parsed = qs.parse(body!, { depth: 20, plainObjects: true })
      const expected = { a: { b: leavesAsText(value), d: '' }, c: text.toWellFormed() }
      expect(JSON.parse(JSON.stringify(parsed))).toEqual(expected)
    }),
  )
})
