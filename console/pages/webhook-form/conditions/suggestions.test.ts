import { expect, test } from 'vitest'
import { catalogueFor } from '../../../../src/catalogue/index.ts'
import type { Catalogue } from '../../../data/catalogue.ts'
import { askableFields } from './scene.ts'
import { fieldsIn, suggestedRules } from './suggestions.ts'

const schema = { kinds: [], event_types: [], fields: [], pipelines: [], users: [] }
const catalogue = catalogueFor(schema as never, 'en') as Catalogue
const fieldsOf = (...types: string[]) =>
  askableFields(
    catalogue.events.filter(({ type }) => types.includes(type)),
    catalogue,
  )
const none = { combinator: 'and' as const, rules: [] }

test('a few rows that the events can answer', () => {
  const rules = suggestedRules(fieldsOf('lead.stage_changed'), none)
  expect(rules[0]).toEqual({ field: 'current.price', operator: '>' })
  expect(rules).toHaveLength(5)
})

test('what an event tells is offered with it', () => {
  expect(suggestedRules(fieldsOf('lead.email_received'), none).map(({ field }) => field)).toContain(
    'data.subject',
  )
  expect(suggestedRules(fieldsOf('lead.updated'), none).map(({ field }) => field)).not.toContain(
    'data.subject',
  )
})

test('comparisons with old values need events that have some', () => {
  const fields = suggestedRules(fieldsOf('customer.email_received'), none).map(({ field }) => field)
  expect(fields).not.toContain('current.score')
})

test('what is asked already is not offered again', () => {
  const asked = { ...none, rules: [{ ...none, rules: [{ field: 'current.price', operator: 'null' }] }] }
  expect([...fieldsIn(asked)]).toEqual(['current.price'])
  expect(suggestedRules(fieldsOf('lead.updated'), asked)[0]).not.toMatchObject({ field: 'current.price' })
})
