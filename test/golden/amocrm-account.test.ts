import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, test } from 'vitest'
import { eventTypes } from '../../src/crm/index.ts'
import { findFormat } from '../../src/formats/index.ts'
import { findSource } from '../../src/sources/index.ts'
import { callOf } from '../../src/sources/source.ts'
import type { CrmEvent, Json } from '../../src/model/index.ts'
import { accountForm, amocrmAccount } from './amocrm-account.ts'

const format = findFormat('amocrm')!
const context = {
  webhook: { id: 'whk_01', name: 'To the warehouse', description: '' },
  account: { id: '10216991', subdomain: 'test000002' },
}

function eventOf(changes: Partial<CrmEvent>): CrmEvent {
  return {
    id: 'evt_01',
    type: 'lead.created',
    account_id: 'acc_01',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 1,
    record: { kind: 'lead', id: '1' },
    current: {},
    previous: {},
    data: {},
    related: {},
    actor: { kind: 'api', id: null },
    source: 'api',
    bulk: false,
    correlation_id: 'evt_01',
    caused_by: null,
    ...changes,
  }
}

function render(event: CrmEvent, encoding: string): string {
  return format.render({ event, context, options: { body: 'account', encoding }, method: 'POST' }).body!
}

/** As a form says it: everything is text, lists are numbered, nothing is empty text. */
function asForm(value: unknown): unknown {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asForm(item)]))
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
/** Numbers keep all of their digits. */
const keepDigits: Reviver = (_key, value, { source }) => (typeof value === 'number' ? source : value)
const parseJson = JSON.parse as (text: string, reviver: Reviver) => unknown
const parseForm = (form: string) =>
  qs.parse(form, { depth: 20, parseArrays: false, parameterLimit: Infinity, strictDepth: true })

describe.each(amocrmAccount.map((golden) => [golden.title, golden] as const))('%s', (_title, golden) => {
  const event = eventOf(golden.event)

  test('as a form', () => {
    const lines = render(event, 'form')
      .split('&')
      .map((pair) => decodeURIComponent(pair.replaceAll('+', ' ')))
    expect(lines).toEqual([...golden.form, ...accountForm])
  })

  test('as JSON, which says the same', () => {
    const json = parseJson(render(event, 'json'), keepDigits)
    expect(asForm(json)).toEqual(parseForm(render(event, 'form')))
  })
})

/** What our own source for amoCRM understands of a body. */
function readBack(body: string, contentType: string) {
  const noSecret = { secret: '', hmacSha256: () => '' }
  const call = callOf({ contentType, body } as Parameters<typeof callOf>[0])
  return findSource('amocrm')!.read(call, {}, noSecret)
}

test.each(amocrmAccount.map((golden) => [golden.title, golden.event] as const))(
  '%s, is read back by our own source, from both encodings',
  (_title, changes) => {
    const event = eventOf(changes)
    const reading = readBack(render(event, 'form'), 'application/x-www-form-urlencoded')
    // A form knows no numbers.
    expect(asForm(readBack(render(event, 'json'), 'application/json').items)).toEqual(asForm(reading.items))
    expect(reading.problems).toEqual([])
    expect(reading.items).toHaveLength(1)
    const [item] = reading.items
    expect(item).toMatchObject({ record: event.record })
    if (item?.do !== 'write') return
    const { stage_id, pipeline_id, owner_id, period_id, tags, company_id } = event.current
    const known = { stage_id, pipeline_id, owner_id, period_id, tags, company_id }
    for (const [field, value] of Object.entries(known)) expect(item.fields[field]).toEqual(value)
    const action = event.type.split('.')[1]
    expect(item.created).toBe(action === 'created')
    if (action === 'stage_changed') expect(item.old).toMatchObject({ stage_id: event.previous['stage_id'] })
    if (action === 'reassigned') expect(item.old).toEqual({ owner_id: event.previous['owner_id'] })
  },
)

test('in JSON ids are numbers however long they are, lists are lists', () => {
  const event = eventOf({
    record: { kind: 'lead', id: '9007199254740993' },
    current: { tags: ['vip'], cf_12: 'x', 'our own': 'y' },
  })
  expect(render(event, 'json')).toContain('{"leads":{"add":[{"id":9007199254740993,')
  expect(JSON.parse(render(event, 'json')).leads.add[0]).toMatchObject({
    tags: [{ name: 'vip' }],
    custom_fields: [
      { id: 12, name: 'cf_12', values: [{ value: 'x' }] },
      { id: 'our own', name: 'our own', values: [{ value: 'y' }] },
    ],
  })
})

test('it expresses what the account settings of amoCRM list, and nothing else', () => {
  const options = { body: 'account', encoding: 'form' }
  const refused = new Set(
    format.cannotExpress!(
      eventTypes.map(({ type }) => type),
      options,
    ),
  )
  const listed = eventTypes.filter(({ aliases }) =>
    (aliases['amocrm'] ?? []).some((name) =>
      /^(?:add|update|delete|restore|status|responsible|note)_/.test(name),
    ),
  )
  expect(listed.length).toBeGreaterThan(20)
  expect(listed.map(({ type }) => type).filter((type) => refused.has(type))).toEqual([])
  for (const type of [
    'lead.won',
    'lead.email_received',
    'lead.shared',
    'contact.stage_changed',
    'customer.restored',
    'quote.created',
    'sale.created',
  ]) {
    expect(refused).toContain(type)
  }
  expect(
    format.cannotExpress!(['constructor.created', 'lead.constructor', 'webhook.disabled'], options),
  ).toEqual(['constructor.created', 'lead.constructor', 'webhook.disabled'])
})

const kinds = ['lead', 'contact', 'company', 'customer', 'task']
const fieldNames = fc.oneof(
  fc.constantFrom(
    'name',
    'price',
    'stage_id',
    'owner_id',
    'tags',
    'email',
    'cf_1',
    'created_at',
    'company_id',
  ),
  fc.stringMatching(/^[a-z_]{1,10}$/),
)
const values = fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json)
const fields = fc.dictionary(fieldNames, values, { maxKeys: 8, noNullPrototype: true })

test('whatever a record holds, the form says what the JSON says', () => {
  const expressible = eventTypes
    .map(({ type }) => type)
    .filter((type) => format.cannotExpress!([type], { body: 'account' }).length === 0)
  expect(new Set(expressible.map((type) => type.split('.')[0]))).toEqual(new Set(kinds))
  fc.assert(
    fc.property(fc.constantFrom(...expressible), fields, fields, fields, (type, current, previous, data) => {
      const record = { kind: type.split('.')[0]!, id: '12' }
      const event = eventOf({ type, record, current, previous, data })
      const json = parseJson(render(event, 'json'), keepDigits)
      expect(parseForm(render(event, 'form'))).toEqual(asForm(json))
    }),
    { numRuns: 500 },
  )
})
