import { expect, test } from 'vitest'
import type { JsonObject } from '../../../data/json.ts'
import { seenValues } from './seen-values.ts'

const records: { fields: JsonObject }[] = [
  { fields: { region: 'north', tags: ['a', 'b'] } },
  { fields: { region: null, tags: [] } },
  { fields: { region: 'south', tags: ['b', 'c'] } },
  { fields: { region: 'north', size: { w: 1 } } },
]

test('each value once, in the order in which it is met', () => {
  expect(seenValues(records, 'region')).toEqual(['north', 'south'])
  expect(seenValues(records, 'tags')).toEqual(['a', 'b', 'c'])
  expect(seenValues(records, 'size')).toEqual(['{"w":1}'])
  expect(seenValues(records, 'colour')).toEqual([])
})

test('no more than asked for', () => {
  expect(seenValues(records, 'tags', 2)).toEqual(['a', 'b'])
})
