import { expect, test } from 'vitest'
import type { Json } from '../../../data/json.ts'
import { rowsOf, sampleOf } from './sample.ts'

const row = (name: string, value: string) => ({ key: name, name, value })

test('what is typed is text, unless it reads as a number, a yes or no, or JSON', () => {
  expect(
    sampleOf([
      row('webinar', 'Pricing'),
      row('minutes', '42'),
      row('live', 'true'),
      row('place', '{"city": "Łódź"}'),
      row(' ', 'nameless'),
    ]),
  ).toEqual({ webinar: 'Pricing', minutes: 42, live: true, place: { city: 'Łódź' } })
})

test.each<Record<string, Json>>([
  { webinar: 'Pricing', minutes: 42, live: false, nothing: null, list: [1, 2] },
  { phone: '48501', quoted: '"x"', empty: '', zero: '007' },
])('what is shown is read back as it was: %o', (sample) => {
  expect(sampleOf(rowsOf(sample))).toEqual(sample)
})
