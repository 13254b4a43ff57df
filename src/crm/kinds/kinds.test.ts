import { expect, it } from 'vitest'
import { coerceField } from '../coerce.ts'
import { fieldsOf } from '../kind.ts'
import { builtInKinds } from './index.ts'

const staged = 'lifecycle staged owned tagged shareable archivable'

it('each kind can do what the design says', () => {
  const able = builtInKinds.map(({ name, capabilities }) => [
    name,
    capabilities.map((capability) => capability.name).join(' '),
  ])
  expect(Object.fromEntries(able)).toEqual({
    lead: `${staged} periodic scored followable conversational visited`,
    customer: `${staged} periodic scored followable conversational visited`,
    contact: `${staged} scored followable conversational visited`,
    company: 'lifecycle owned tagged followable',
    prospect: `${staged} followable conversational`,
    opportunity: `${staged} followable conversational`,
    quote: 'lifecycle owned',
    sale: 'lifecycle owned',
    task: 'lifecycle owned completable',
  })
})

it.each([
  ['lead', { contact_id: 'contact', company_id: 'company' }],
  ['customer', { contact_id: 'contact', company_id: 'company' }],
  ['contact', { company_id: 'company' }],
  ['company', {}],
  ['prospect', { company_id: 'company' }],
  ['opportunity', { contact_id: 'contact', company_id: 'company', customer_id: 'customer' }],
  ['quote', { opportunity_id: 'opportunity' }],
  ['sale', { customer_id: 'customer' }],
  ['task', {}],
])('%s points at %o', (name, links) => {
  const kind = builtInKinds.find((candidate) => candidate.name === name)!
  const found = Object.entries(fieldsOf(kind)).filter(([, { type }]) => type === 'link')
  expect(Object.fromEntries(found.map(([field, description]) => [field, description.links]))).toEqual(links)
})

it.each([
  ['price', ['lead', 'opportunity']],
  ['total', ['quote', 'sale']],
  ['currency', ['lead', 'opportunity', 'quote', 'sale']],
  ['email', ['contact', 'customer', 'prospect']],
  ['phone', ['contact', 'customer', 'prospect']],
  ['score', ['contact', 'customer', 'lead']],
  ['name', builtInKinds.map(({ name }) => name).sort()],
])('%s is a field of %s', (field, kinds) => {
  const having = builtInKinds.filter((kind) => field in fieldsOf(kind)).map(({ name }) => name)
  expect(having.sort()).toEqual(kinds)
})

it.each(builtInKinds)('$name: its own fields come first, its links and its sample fit', (kind) => {
  const fields = fieldsOf(kind)
  expect(Object.keys(fields)[0]).toBe('name')
  const names = builtInKinds.map(({ name }) => name)
  for (const { type, links } of Object.values(fields)) {
    if (type === 'link') expect(names).toContain(links)
  }
  for (const [name, value] of Object.entries(kind.sample ?? {})) {
    expect(coerceField(value, fields[name]!)).toEqual({ value })
  }
})
