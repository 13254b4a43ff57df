import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventTypes, systemTypeNames } from '../crm/index.ts'
import type { CrmEvent, Json } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { RenderError } from './render-error.ts'
import { salesmanago } from './salesmanago.ts'

const context = {
  webhook: { id: 'whk_1', name: 'Nowy kontakt', description: 'opis' },
  account: { id: 'acc_1', subdomain: 'acme' },
}

function render(changes: Partial<CrmEvent>): Record<string, unknown> {
  const event = exampleEvent({ previous: {}, data: {}, related: {}, current: {}, ...changes })
  return JSON.parse(salesmanago.render({ event, context, options: {}, method: 'POST' }).body!)
}

const person = (changes: Partial<CrmEvent>) => {
  const { contactId, email, phone, company } = render(changes)
  return [contactId, email, phone, company]
}

const keys = ['id', 'name', 'contactId', 'description', 'email', 'phone', 'company']

test('id, name and description are those of the rule, which is the webhook', () => {
  expect(render({})).toMatchObject({ id: 'whk_1', name: 'Nowy kontakt', description: 'opis' })
})

describe('the contact', () => {
  const contact = { id: '88', name: 'Anna', email: 'anna@acme.example', phone: '+48123' }

  test('is the record itself', () => {
    const current = { email: 'anna@acme.example', phone: '+48123', company_id: '42' }
    expect(
      person({
        type: 'contact.created',
        record: { kind: 'contact', id: '88' },
        current,
        related: { company: { id: '42', name: 'ACME' } },
      }),
    ).toEqual(['88', 'anna@acme.example', '+48123', 'ACME'])
  })

  test('is the linked one of a lead, also before a customer who has an address of his own', () => {
    expect(person({ current: { contact_id: '88' }, related: { contact } })).toEqual([
      '88',
      'anna@acme.example',
      '+48123',
      null,
    ])
    expect(
      person({
        record: { kind: 'customer', id: '31' },
        current: { email: 'own@acme.example' },
        related: { contact },
      }),
    ).toEqual(['88', 'anna@acme.example', '+48123', null])
  })

  test('that nobody wrote yet has at least its id', () => {
    expect(person({ current: { contact_id: 88 } })).toEqual(['88', null, null, null])
  })

  test('is a customer or prospect without a linked one', () => {
    for (const kind of ['customer', 'prospect']) {
      const current = { email: 'own@acme.example', phone: '' }
      expect(person({ record: { kind, id: '31' }, current })).toEqual(['31', 'own@acme.example', null, null])
    }
  })

  test('of a sale is its customer', () => {
    const customer = { id: '31', email: 'own@acme.example' }
    expect(
      person({ record: { kind: 'sale', id: '7' }, current: { customer_id: '31' }, related: { customer } }),
    ).toEqual(['31', 'own@acme.example', null, null])
  })

  test('is nobody for a lead that has none', () => {
    expect(person({ current: { name: 'Deal' } })).toEqual([null, null, null, null])
  })

  test('of a company is nobody, and the company is itself', () => {
    expect(person({ record: { kind: 'company', id: '42' }, current: { name: 'ACME' } })).toEqual([
      null,
      null,
      null,
      'ACME',
    ])
  })
})

test('an empty description is null', () => {
  const webhook = { ...context.webhook, description: '' }
  const { body } = salesmanago.render({
    event: exampleEvent(),
    context: { ...context, webhook },
    options: {},
    method: 'POST',
  })
  expect(JSON.parse(body!)).toMatchObject({ description: null })
})

test('it takes every event of a record, and none of the server itself', () => {
  const types = eventTypes.map(({ type }) => type)
  expect(salesmanago.cannotExpress!([...types, ...systemTypeNames], {})).toEqual(systemTypeNames)
  for (const type of systemTypeNames) expect(() => render({ type })).toThrow(RenderError)
})

const fields = fc.dictionary(
  fc.constantFrom('id', 'name', 'email', 'phone', 'contact_id', 'company_id', 'customer_id', 'x'),
  fc.jsonValue({ maxDepth: 1 }).map((value) => value as Json),
  { noNullPrototype: true },
)
const related = fc.dictionary(fc.constantFrom('contact', 'company', 'customer', 'owner'), fields, {
  noNullPrototype: true,
})

test('whatever the event, there are always exactly the seven keys in their order, each text or null', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...eventTypes),
      fields,
      fields,
      related,
      ({ type, kind }, current, data, related) => {
        const body = render({ type, record: { kind, id: '5' }, current, data, related })
        expect(Object.keys(body)).toEqual(keys)
        for (const value of Object.values(body)) {
          expect(value === null || (typeof value === 'string' && value !== '')).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
})
