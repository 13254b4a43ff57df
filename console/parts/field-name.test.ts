import { expect, test } from 'vitest'
import type { Kind } from '../data/catalogue.ts'
import { fieldGroup, fieldName, type FieldWords } from './field-name.ts'

const field = (name: string, title: string, links: string | null = null, origin = 'built_in') =>
  ({ name, title, type: 'text', choices: null, links, origin }) as Kind['fields'][number]

const lead = {
  name: 'lead',
  title: 'Lead',
  fields: [
    field('price', 'Price'),
    field('stage_id', 'Stage'),
    field('owner_id', 'Responsible'),
    field('contact_id', 'Main contact', 'contact'),
  ],
}
const contact = {
  name: 'contact',
  title: 'Contact',
  fields: [
    field('email', 'E-mail'),
    field('city', 'Home Town', null, 'declared'),
    field('company_id', 'Company', 'company'),
  ],
}
const company = { name: 'company', title: 'Company', fields: [field('name', 'Name')] }

const words: FieldWords = {
  before: (name) => `${name} before`,
  of: (thing, name) => `${thing}: ${name}`,
  fixed: (path) => (path === 'record.id' ? 'Record id' : null),
  data: (name) => (name === 'subject' ? 'Subject' : null),
  part: (name) => (name === 'name' || name === 'id' ? name : null),
}
const nameOf = (path: string) => fieldName(path, [lead, contact, company], words)

test('a field has the name that the catalogue gives it', () => {
  expect(nameOf('current.price')).toBe('Price')
  expect(nameOf('previous.price')).toBe('Price before')
})

test('a related thing is called as the record calls it', () => {
  expect(nameOf('contact.email')).toBe('Main contact: e-mail')
  expect(nameOf('contact.id')).toBe('Main contact: id')
  expect(nameOf('company.name')).toBe('Company: name')
  expect(nameOf('stage.name')).toBe('Stage: name')
  expect(nameOf('old_stage.name')).toBe('Stage before: name')
})

test('a name that an account gave keeps its letters', () => {
  expect(nameOf('contact.city')).toBe('Main contact: Home Town')
})

test('data of events', () => {
  expect(nameOf('data.subject')).toBe('Subject')
  expect(nameOf('data.stage_id')).toBe('Stage')
  expect(nameOf('data.old_stage_id')).toBe('Stage before')
  expect(nameOf('data.webinar')).toBe('webinar')
})

test('what nobody knows keeps its path', () => {
  expect(nameOf('record.id')).toBe('Record id')
  expect(nameOf('current.utm.source')).toBe('utm.source')
  expect(nameOf('warehouse.name')).toBe('warehouse.name')
  expect(nameOf('price')).toBe('price')
})

test('groups', () => {
  expect(fieldGroup('current.price')).toBe('now')
  expect(fieldGroup('previous.price')).toBe('before')
  expect(fieldGroup('data.tag')).toBe('data')
  expect(fieldGroup('old_stage.name')).toEqual({ thing: 'stage' })
  expect(fieldGroup('webhook.name')).toBe('fixed')
  expect(fieldGroup('price')).toBe('fixed')
})
