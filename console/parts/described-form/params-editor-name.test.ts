import { expect, test } from 'vitest'
import { paramNameOf } from './params-editor-name.ts'

test.each([
  ['current.price', 'price'],
  ['previous.price', 'old_price'],
  ['contact.email', 'contact_email'],
  ['record.id', 'id'],
  ['event.type', 'event_type'],
  ['data.old_stage_id', 'old_stage_id'],
  ['current.utm.source', 'utm_source'],
  ['current.dealId', 'deal_id'],
  ['current.Сумма', 'param'],
  ['current.2nd', 'p_2nd'],
])('%s is sent as %s', (path, name) => {
  expect(paramNameOf(path, [])).toBe(name)
})

test('a name that is taken is numbered', () => {
  expect(paramNameOf('current.price', ['price', 'price_2'])).toBe('price_3')
})
