import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../data/json.ts'
import { genericJson } from '../../../src/sources/generic-json.ts'
import {
  areMapped,
  emptyMapping,
  fieldNameOf,
  fillFrom,
  filledFrom,
  fixedKind,
  mapRows,
  targets,
  withFixedKind,
} from './map-rows.ts'

const path = (to: string, value: string) => ({ to, from: 'path', value })
const options: JsonObject = {
  items: 'data',
  map: [
    { to: 'record.kind', from: 'value', value: 'sale' },
    path('record.id', 'id'),
    path('fields.total', 'sum'),
  ],
}

describe('filling from a place', () => {
  test('a new row comes last, and other settings stay', () => {
    const filled = fillFrom(options, 'customer.name', 'fields.name')
    expect(filled['items']).toBe('data')
    expect(mapRows(filled).at(-1)).toEqual(path('fields.name', 'customer.name'))
  })

  test('a place fills one thing, and a thing is filled from one place', () => {
    const moved = fillFrom(options, 'number', 'record.id')
    expect(mapRows(moved).filter(({ to }) => to === 'record.id')).toEqual([path('record.id', 'number')])
    const changed = fillFrom(options, 'sum', 'fields.price')
    expect(mapRows(changed).map(({ to }) => to)).toEqual(['record.kind', 'record.id', 'fields.price'])
  })

  test('nothing takes the row out', () => {
    expect(filledFrom(options, 'sum')).toBe('fields.total')
    expect(filledFrom(fillFrom(options, 'sum', null), 'sum')).toBeNull()
  })
})

test('the kind is said once: for all calls, or by each', () => {
  expect(fixedKind(options)).toBe('sale')
  expect(mapRows(withFixedKind(options, 'lead')).filter(({ to }) => to === 'record.kind')).toHaveLength(1)
  expect(fixedKind(fillFrom(options, 'object', 'record.kind'))).toBeNull()
})

test.each([
  ['total', 'total'],
  ['customer.name', 'name'],
  ['lines[0].sku', 'sku'],
  ['tags[0]', 'tags'],
  ['["full name"]', 'full_name'],
  ['contact["ext.id"]', 'ext.id'],
  ['$.event', 'event'],
])('the place %s makes the field %s', (place, name) => {
  expect(fieldNameOf(place)).toBe(name)
})

describe('the server’s own settings', () => {
  test('are recognised by their description', () => {
    expect(areMapped(genericJson.options)).toBe(true)
    expect(areMapped(genericJson.options.filter(({ name }) => name !== 'map'))).toBe(false)
  })

  test('take every target, and a mapping that finds nothing', () => {
    const all = targets.reduce<JsonObject>((made, to) => fillFrom(made, `at.${to}`, to), {})
    expect(genericJson.check!({ items: '', events: [], kinds: [], ...all })).toEqual([])
    expect(genericJson.check!({ items: '', events: [], kinds: [], ...emptyMapping({}) })).toEqual([])
  })
})
