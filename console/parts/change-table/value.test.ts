import { expect, test } from 'vitest'
import type { FieldType } from '../../data/catalogue.ts'
import type { Json } from '../../data/json.ts'
import { changedValue } from './value.ts'

const words = { language: 'en', timeZone: 'Europe/Warsaw', yes: 'Yes', no: 'No' }
const shown = (value: Json, type: FieldType) => changedValue(value, type, words)

test('values as people read them', () => {
  expect(shown(12_000.5, 'number')).toBe('12,000.5')
  expect(shown(true, 'boolean')).toBe('Yes')
  expect(shown(['vip', 'b2b'], 'tags')).toBe('vip, b2b')
  expect(shown({ amount: 12_000, currency: 'EUR' }, 'money')).toBe('12,000 EUR')
  expect(shown({ a: 1 }, 'json')).toBe('{"a":1}')
  expect(shown(null, 'text')).toBe('')
})

test('a day stays that day, a moment is told in the time zone', () => {
  expect(shown('2026-11-20', 'date')).toBe('20 Nov 2026')
  expect(shown('2026-11-20T23:30:00.000Z', 'date')).toBe('21 Nov 2026, 00:30')
  expect(shown('soon', 'date')).toBe('soon')
  // Text that merely looks like a date stays as it is.
  expect(shown('2026-11-20', 'text')).toBe('2026-11-20')
})
