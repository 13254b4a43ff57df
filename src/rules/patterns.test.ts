import { describe, expect, it } from 'vitest'
import { checkPatterns, patternMatches, resolvePatterns } from './patterns.ts'

const types = [
  'lead.created',
  'lead.stage_changed',
  'customer.created',
  'customer.stage_changed',
  'quote.created',
]
const systemTypes = ['webhook.disabled', 'webhook.failing', 'delivery.dead']

it.each([
  ['lead.created', 'lead.created', true],
  ['lead.created', 'lead.updated', false],
  ['lead.*', 'lead.created', true],
  ['lead.*', 'leading.created', false],
  ['*.created', 'quote.created', true],
  ['*.created', 'quote.recreated', false],
  ['*', 'lead.created', true],
  ['lead.stage_*', 'lead.stage_changed', false],
  ['*', 'webhook.disabled', false],
  ['webhook.*', 'webhook.disabled', false],
  ['*.dead', 'delivery.dead', false],
  ['delivery.dead', 'delivery.dead', true],
])('%s for %s: %s', (pattern, type, matches) => {
  expect(patternMatches(pattern, type)).toBe(matches)
})

it('resolvePatterns names each type once, in the order of all types', () => {
  expect(resolvePatterns(['*.created', 'lead.*', 'lead.created'], types)).toEqual([
    'lead.created',
    'lead.stage_changed',
    'customer.created',
    'quote.created',
  ])
  expect(resolvePatterns(['*'], [...types, ...systemTypes])).toEqual(types)
  expect(resolvePatterns(['delivery.dead', 'unknown.*'], [...types, ...systemTypes])).toEqual([
    'delivery.dead',
  ])
  expect(resolvePatterns([], types)).toEqual([])
})

describe('checkPatterns', () => {
  it('takes every name and pattern that means something', () => {
    const patterns = ['lead.created', 'quote.*', '*.stage_changed', '*', 'delivery.dead']
    expect(checkPatterns(patterns, types, systemTypes)).toEqual([])
  })

  it.each([
    ['lead.stage_change', 'No event is called "lead.stage_change". Did you mean "lead.stage_changed"?'],
    ['leads.*', 'No event is called "leads.*". Did you mean "lead.*"?'],
    ['stage_changed', 'No event is called "stage_changed". Did you mean "*.stage_changed"?'],
    ['webhook.disable', 'No event is called "webhook.disable". Did you mean "webhook.disabled"?'],
    ['', 'No event is called "". GET /v1/catalogue lists those that there are.'],
    ['lead.stage_*', 'No event is called "lead.stage_*". GET /v1/catalogue lists those that there are.'],
    ['webhook.*', 'System events are subscribed to one by one, not by "webhook.*": webhook.disabled, webhook.failing, delivery.dead.'], // prettier-ignore
  ])('refuses "%s"', (pattern, message) => {
    expect(checkPatterns(['lead.created', pattern], types, systemTypes)).toEqual([
      { path: 'events[1]', code: 'unknown_event', message },
    ])
  })
})
