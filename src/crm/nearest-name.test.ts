import { expect, it } from 'vitest'
import { eventTypes } from './event-type.ts'
import { nearestName } from './nearest-name.ts'

const types = eventTypes.map(({ type }) => type)

it.each([
  ['lead.stage_change', 'lead.stage_changed'],
  ['leads.stage_changed', 'lead.stage_changed'],
  ['lead.status_changed', 'lead.stage_changed'],
  ['Lead.Created', 'lead.created'],
  ['lead.craeted', 'lead.created'],
  ['contact.email_recieved', 'contact.email_received'],
  ['lead.created', 'lead.created'],
])('%s: did you mean %s?', (name, meant) => {
  expect(nearestName(name, types)).toBe(meant)
})

it.each(['', 'invoice', 'x', 'something.entirely.different', 'lead.created'.repeat(100)])(
  '%s: nothing is near',
  (name) => {
    expect(nearestName(name, types)).toBeNull()
  },
)

it('calls nothing near of which no letter is the same', () => {
  expect(nearestName('~', ['=', '!=', '<'])).toBeNull()
  expect(nearestName('zz', ['=', '!=', 'in'])).toBeNull()
  expect(nearestName('==', ['=', '!=', 'in'])).toBe('=')
})

it('takes the nearest, and of equally near ones the first', () => {
  expect(nearestName('prise', ['prices', 'price', 'prose'])).toBe('price')
  expect(nearestName('ba', ['ab', 'bb'])).toBe('ab')
  expect(nearestName('price', [])).toBeNull()
})

it('looks at the first ones of very many, and not at those that cannot be meant', () => {
  const others = Array.from({ length: 1000 }, (_, index) => `other_${index}`)
  expect(nearestName('prise', [...others, 'price'])).toBe('price')
  expect(nearestName('other-999', [...others, 'price'])).toBe('other_99')
})
