import { expect, test } from 'vitest'
import { catalogueFor } from '../../../../src/catalogue/index.ts'
import type { Catalogue, EventType } from '../../../data/catalogue.ts'
import { askableFields } from './scene.ts'

const schema = {
  kinds: [],
  event_types: [],
  fields: [
    {
      kind: 'lead',
      name: 'region',
      title: 'Region',
      type: 'choice' as const,
      choices: ['north', 'south'],
      links: null,
      origin: 'declared' as const,
    },
  ],
  pipelines: [],
  users: [],
}

const catalogue = catalogueFor(schema as never, 'en') as Catalogue

const fieldsOf = (...types: string[]) => {
  const all = [...catalogue.events, ...catalogue.system_events]
  return askableFields(
    types.map((type) => all.find((event) => event.type === type) as EventType),
    catalogue,
  )
}
const namesFor = (fields: ReturnType<typeof fieldsOf>, path: string) =>
  fields.operatorsFor(fields.find(path)!).map(({ name }) => name)

test('a field takes the operators of its type', () => {
  const fields = fieldsOf('lead.stage_changed')
  expect(namesFor(fields, 'current.price')).toContain('crossedAbove')
  expect(namesFor(fields, 'current.price')).not.toContain('contains')
  expect(namesFor(fields, 'current.stage_id')).toContain('movedForward')
  expect(namesFor(fields, 'current.region')).toEqual(expect.arrayContaining(['=', 'in']))
})

test('old and new are compared only where an event has both, and only of the record itself', () => {
  expect(namesFor(fieldsOf('lead.email_received'), 'current.price')).not.toContain('changed')
  expect(namesFor(fieldsOf('lead.email_received', 'lead.updated'), 'current.price')).toContain('changed')
  expect(namesFor(fieldsOf('lead.updated'), 'contact.email')).not.toContain('changed')
})

test('data is what the chosen events tell', () => {
  expect(fieldsOf('lead.email_received').find('data.subject')).not.toBeNull()
  expect(fieldsOf('lead.updated').find('data.subject')).toBeNull()
})

test('a price has a currency beside it, an old one has not', () => {
  const fields = fieldsOf('lead.updated')
  expect(fields.currencyOf(fields.find('current.price')!)).toBe('current.currency')
  expect(fields.currencyOf(fields.find('previous.price')!)).toBeNull()
  expect(fields.currencyOf(fields.find('current.name')!)).toBeNull()
})

test('links and stages know whose they are', () => {
  const fields = fieldsOf('lead.updated')
  expect(fields.find('current.contact_id')).toMatchObject({ links: 'contact' })
  expect(fields.find('contact.company_id')).toMatchObject({ links: 'company' })
  expect(fields.find('current.stage_id')).toMatchObject({ kinds: ['lead'] })
  expect(fields.find('contact.stage_id')).toMatchObject({ kinds: ['contact'] })
  expect(fieldsOf('lead.stage_changed').find('data.old_stage_id')).toMatchObject({
    type: 'stage',
    kinds: ['lead'],
  })
})

test("the server's own events have what every event has, and their data", () => {
  const [type] = catalogue.system_events
  const fields = fieldsOf(type!.type)
  expect(fields.find('event.type')).toMatchObject({ type: 'text' })
  for (const name of Object.keys(type!.data)) expect(fields.find(`data.${name}`)).not.toBeNull()
})

test('without events nothing can be asked', () => {
  expect(fieldsOf().list).toEqual([])
})
