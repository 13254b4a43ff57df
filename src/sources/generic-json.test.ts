import { describe, expect, test } from 'vitest'
import { checkOptions } from '../model/index.ts'
import type { JsonObject } from '../model/index.ts'
import { genericJson } from './generic-json.ts'
import { itemsMax } from './remarks.ts'
import { callOf } from './source.ts'

const noContext = { secret: '', hmacSha256: () => '' }

type Row = [to: string, from: string, value: string]

function settings(rows: Row[], more: JsonObject = {}): JsonObject {
  const map = rows.map(([to, from, value]) => ({ to, from, value }))
  const { options, errors } = checkOptions(genericJson.options, { map, ...more }, '')
  expect(errors).toEqual([])
  return options
}

const basic: Row[] = [
  ['record.kind', 'value', 'lead'],
  ['record.id', 'path', 'id'],
]

function read(body: unknown, options: JsonObject) {
  return genericJson.read(
    callOf({ contentType: 'application/json', body: JSON.stringify(body) }),
    options,
    noContext,
  )
}

describe('settings', () => {
  const codes = (options: JsonObject) =>
    genericJson.check!(options).map(({ path, code }) => `${path} ${code}`)

  test('a mapping that names everything is fine', () => {
    const rows: Row[] = [
      ...basic,
      ['event', 'path', '$.event'],
      ['fields.*', 'path', ''],
      ['fields.Имя клиента', 'path', 'name'],
      ['external_id', 'header', 'X-Request-Id'],
      ['occurred_at', 'path', 'at'],
    ]
    expect(codes(settings(rows, { events: [{ name: 'won', means: 'updated' }] }))).toEqual([])
  })

  test.each<[Row[], JsonObject, string[]]>([
    [[['fields.name', 'path', 'name']], {}, ['map missing_target', 'map missing_target']],
    [[...basic, ['name', 'path', 'name']], {}, ['map[2].to unknown_target']],
    [[...basic, ['fields.', 'path', 'name']], {}, ['map[2].to unknown_target']],
    [[...basic, ['fields.__proto__', 'path', 'name']], {}, ['map[2].to unknown_target']],
    [[...basic, ['record.id', 'path', 'other']], {}, ['map[2].to duplicate_target']],
    [[...basic, ['fields.a', 'path', 'a..b']], {}, ['map[2].value bad_path']],
    [[...basic, ['fields.a', 'header', 'X: y']], {}, ['map[2].value bad_header']],
    [basic, { items: 'a[' }, ['items bad_path']],
    [basic, { kinds: [{ name: 'Deal', means: 'Lead!' }] }, ['kinds[0].means bad_word']],
    [basic, { events: [{ name: 'x', means: 'updated' }] }, ['map missing_target']],
  ])('%j %j', (rows, more, expected) => {
    expect(codes(settings(rows, more))).toEqual(expected)
  })
})

describe('what an event means', () => {
  const rows: Row[] = [
    ...basic,
    ['event', 'path', 'event'],
    ['fields.name', 'path', 'name'],
    ['data.text', 'path', 'text'],
  ]
  const item = { id: 5, name: 'ACME', text: 'Hi' }
  const heading = { record: { kind: 'lead', id: '5' }, as_of: null, occurred_at: null, actor_id: null }
  const written = { do: 'write', ...heading, fields: { name: 'ACME' }, old: {}, titles: {} }

  test.each([
    [undefined, { ...written, created: false }],
    ['updated', { ...written, created: false }],
    ['created', { ...written, created: true }],
    ['deleted', { do: 'delete', ...heading }],
    ['restored', { do: 'restore', ...heading, fields: { name: 'ACME' }, titles: {} }],
    ['note_added', { do: 'activity', record: heading.record, type: 'note_added', data: { text: 'Hi' }, occurred_at: null, external_id: null }],
  ])('%s', (event, expected) => {
    expect(read({ ...item, event }, settings(rows)).items).toEqual([expected])
  }) // prettier-ignore

  test('a name that is no word of ours has to be explained', () => {
    expect(read({ ...item, event: 'deal/won' }, settings(rows))).toMatchObject({
      items: [],
      problems: [{ code: 'unknown_word' }],
      answer: { status: 422 },
    })
  })

  test('where words are listed, all others are left out', () => {
    const options = settings(rows, { events: [{ name: 'deal/won', means: 'updated' }] })
    expect(read({ ...item, event: 'deal/won' }, options).items).toHaveLength(1)
    for (const event of ['deal/lost', 'deleted'])
      expect(read({ ...item, event }, options)).toMatchObject({
        items: [],
        problems: [],
        ignored: [{ code: 'other_event' }],
        answer: { status: 200 },
      })
  })
})

describe('values', () => {
  test('all members of an object, with single rows over them; what is missing is left alone, null clears', () => {
    const options = settings([
      ...basic,
      ['fields.*', 'path', ''],
      ['fields.name', 'value', 'Fixed'],
      ['fields.gone', 'path', 'nowhere'],
      ['fields.empty', 'path', 'nothing'],
    ])
    expect(read({ id: 5, name: 'x', nothing: null }, options).items).toMatchObject([
      { fields: { id: 5, name: 'Fixed', nothing: null, empty: null } },
    ])
    expect(read({ id: 5 }, options).items[0]).not.toHaveProperty('fields.gone')
  })

  test('a header is found whatever its case', () => {
    const options = settings([...basic, ['event', 'header', 'X-Event']])
    const call = callOf({ contentType: null, headers: [['x-EVENT', 'deleted']], body: '{"id":1}' })
    expect(genericJson.read(call, options, noContext).items).toMatchObject([{ do: 'delete' }])
  })

  test.each([
    [{ id: null }, 'missing'],
    [{ id: {} }, 'missing'],
    [{ id: '' }, 'missing'],
    [{ id: 'x'.repeat(201) }, 'too_long'],
    [{ id: 1, at: 'yesterday' }, 'bad_time'],
  ])('%j is not taken', (body, code) => {
    const options = settings([...basic, ['as_of', 'path', 'at']])
    expect(read(body, options)).toMatchObject({ items: [], problems: [{ code }], answer: { status: 422 } })
  })
})

describe('lists', () => {
  test('a body that is a list is a list of items', () => {
    const { items, problems } = read([{ id: 1 }, { id: 2 }, {}], settings(basic))
    expect(items.map(({ record }) => record.id)).toEqual(['1', '2'])
    expect(problems.map(({ path }) => path)).toEqual(['[2]'])
  })

  test('an empty list says nothing, a missing one is told', () => {
    const options = settings(basic, { items: 'data.deals' })
    expect(read({ data: { deals: [] } }, options)).toMatchObject({
      items: [],
      problems: [],
      answer: { status: 200 },
    })
    expect(read({ data: {} }, options)).toMatchObject({
      problems: [{ path: 'data.deals', code: 'no_items' }],
    })
  })

  test('too many are not taken at all', () => {
    const many = Array.from({ length: itemsMax + 1 }, (_, id) => ({ id }))
    expect(read(many, settings(basic))).toMatchObject({ items: [], problems: [{ code: 'too_many_items' }] })
    expect(read(many.slice(1), settings(basic)).items).toHaveLength(itemsMax)
  })

  test('every item may take a part of the whole body along, but not many times what the call holds', () => {
    const deals = Array.from({ length: itemsMax }, (_, id) => ({ id }))
    const options = settings([...basic, ['fields.labels', 'path', '$.labels[].name']], { items: 'deals' })
    const call = (labels: number) => ({
      deals,
      labels: Array.from({ length: labels }, () => ({ name: 'a' })),
    })
    expect(read(call(2), options).items.at(-1)).toMatchObject({ fields: { labels: ['a', 'a'] } })
    const { items, problems, answer } = read(call(30_000), options)
    expect([items, problems.map(({ code }) => code), answer.status]).toEqual([[], ['too_much'], 422])
  })
})

describe('preview', () => {
  const preview = (body: unknown, options: JsonObject) =>
    genericJson.preview!(callOf({ contentType: 'application/json', body: JSON.stringify(body) }), options)

  test('shows no rows of a call from which they would take too much', () => {
    const deals = Array.from({ length: 20 }, (_, id) => ({ id }))
    const rows = Array.from({ length: 100 }, (_, index): Row => [`fields.f${index}`, 'path', '$.text'])
    const options = settings([...basic, ...rows], { items: 'deals' })
    expect(preview({ deals, text: 'a' }, options).rows).toHaveLength(20 * 102)
    expect(preview({ deals, text: 'a'.repeat(100_000) }, options).rows).toEqual([])
  })

  test('says row by row what was found and what was not', () => {
    const options = settings(
      [...basic, ['fields.name', 'path', 'title'], ['fields.phone', 'path', 'phone']],
      {
        items: 'deals',
      },
    )
    expect(preview({ deals: [{ id: 5, title: null }] }, options).rows).toEqual([
      { item: 0, to: 'record.kind', from: 'lead', found: true, value: 'lead' },
      { item: 0, to: 'record.id', from: 'id', found: true, value: 5 },
      { item: 0, to: 'fields.name', from: 'title', found: true, value: null },
      { item: 0, to: 'fields.phone', from: 'phone', found: false, value: null },
    ])
  })

  test('names every place, as a row could write it', () => {
    const body = { by: 7, deals: [{ id: 5, 'a.b': [{ c: true }, { c: false }] }] }
    expect(preview(body, settings(basic, { items: 'deals' })).places).toEqual([
      { path: 'id', value: 5 },
      { path: '["a.b"][0].c', value: true },
      { path: '$.by', value: 7 },
      { path: '$.deals[0].id', value: 5 },
      { path: '$.deals[0]["a.b"][0].c', value: true },
    ])
    expect(preview({ id: 5 }, settings(basic)).places).toEqual([{ path: 'id', value: 5 }])
  })

  test('what is no JSON has no places', () => {
    expect(genericJson.preview!(callOf({ contentType: null, body: 'x' }), settings(basic))).toEqual({
      rows: [],
      places: [],
    })
  })
})
