import { expect, test } from 'vitest'
import type { Kind } from '../../data/catalogue.ts'
import type { CrmEvent } from '../../data/events.ts'
import { changedFields, keptFields, recordTitle, toldData, toldInShort } from './fields.ts'

const field = (name: string, title: string, type: Kind['fields'][number]['type']) => ({
  name,
  title,
  type,
  choices: null,
  links: null,
  origin: 'built_in' as const,
})
const lead: Kind = {
  name: 'lead',
  title: 'Lead',
  plural: 'Leads',
  origin: 'built_in',
  capabilities: [],
  fields: [
    field('name', 'Name', 'text'),
    field('price', 'Price', 'number'),
    field('pipeline_id', 'Pipeline', 'pipeline'),
    field('stage_id', 'Stage', 'stage'),
    field('contact_id', 'Contact', 'link'),
  ],
  paths: [],
}
const event: CrmEvent = {
  id: 'evt_1',
  type: 'lead.stage_changed',
  account_id: 'acc_1',
  external_id: null,
  occurred_at: '2026-11-20T09:00:00.000Z',
  received_at: '2026-11-20T09:00:00.120Z',
  sequence: 7,
  record: { kind: 'lead', id: '4831596' },
  current: {
    name: 'Deal with ACME',
    price: 12_000,
    pipeline_id: '1',
    stage_id: '37',
    contact_id: '88',
    note: null,
  },
  previous: { price: 10_000, stage_id: '34' },
  data: { old_pipeline_id: '1', pipeline_id: '1', old_stage_id: '34', stage_id: '37' },
  related: {
    stage: { id: '37', name: 'Won' },
    old_stage: { id: '34', name: 'Offer' },
    contact: { id: '88', name: 'Ann Lee' },
  },
  actor: { kind: 'api', id: null },
  source: 'api',
  bulk: false,
  correlation_id: 'c',
  caused_by: null,
}

test('what the event is about comes first, with names from then', () => {
  expect(changedFields(event, lead)).toEqual([
    { name: 'stage_id', title: 'Stage', type: 'stage', before: '34', after: '37', beforeName: 'Offer', afterName: 'Won' },
    { name: 'price', title: 'Price', type: 'number', before: 10_000, after: 12_000, beforeName: null, afterName: null },
  ]) // prettier-ignore
})

test('a price has its currency, from before the change where that changed too', () => {
  const current = { ...event.current, currency: 'EUR' }
  expect(changedFields({ ...event, current, previous: { price: 10_000 } }, lead)[0]).toMatchObject({
    before: { amount: 10_000, currency: 'EUR' },
    after: { amount: 12_000, currency: 'EUR' },
  })
  const previous = { price: 40_000, currency: 'PLN' }
  expect(changedFields({ ...event, current, previous }, lead)[0]).toMatchObject({
    before: { amount: 40_000, currency: 'PLN' },
  })
  const kept = keptFields({ ...event, current, previous: {} }, lead)
  expect(kept.find(({ name }) => name === 'price')?.value).toEqual({ amount: 12_000, currency: 'EUR' })
})

test('of a kind that is not known the values tell the type', () => {
  expect(changedFields(event, undefined).map(({ name, title, type }) => [name, title, type])).toEqual([
    ['stage_id', 'stage_id', 'text'],
    ['price', 'price', 'number'],
  ])
})

test('a name is taken only for the very id', () => {
  const other = { ...event, related: { ...event.related, old_stage: { id: '35', name: 'Other' } } }
  expect(changedFields(other, lead)[0]!.beforeName).toBeNull()
})

test('fields that stayed, without empty ones', () => {
  expect(keptFields(event, lead).map(({ name, valueName }) => [name, valueName])).toEqual([
    ['name', null],
    ['pipeline_id', null],
    ['contact_id', 'Ann Lee'],
  ])
})

test('data that are fields of the record are not told twice', () => {
  expect(toldData({ ...event, data: { changed: ['price'] } }, undefined)).toEqual([])
  expect(toldData(event, undefined)).toEqual([])
  const mail = { ...event, previous: {}, data: { subject: 'Hello', from: 'ann@acme.example', text: '' } }
  expect(toldData(mail, undefined).map(({ name, value }) => [name, value])).toEqual([
    ['subject', 'Hello'],
    ['from', 'ann@acme.example'],
  ])
})

test('a record without a name is called by its id', () => {
  expect(recordTitle(event)).toBe('Deal with ACME')
  expect(recordTitle({ ...event, current: { name: ' ' } })).toBe('4831596')
})

test('in a list, the server’s own events say why before they say of what', () => {
  const data = { webhook_id: 'whk_1', webhook_name: 'ERP', url: 'https://erp.example', reason: 'expired' }
  const given = { ...event, record: { kind: 'delivery', id: 'dlv_1' }, previous: {}, current: {}, data }
  const names = (of: CrmEvent) => toldInShort(of, toldData(of, undefined)).map(({ name }) => name)
  expect(names(given)).toEqual(['reason', 'url'])
  expect(names({ ...event, previous: {}, data: { subject: 'Hello' } })).toEqual(['subject'])
})
