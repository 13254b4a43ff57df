import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../model/index.ts'
import { compileJsonPath, joinJsonPath, readJsonPath } from './json-path.ts'

const root: Json = {
  event: 'deal.won',
  deal: {
    id: 5,
    'a.b': 1,
    $: 2,
    tags: [{ name: 'x' }, {}, { name: 'y' }],
    lists: [{ of: [1, 2] }, { of: [3] }],
    none: null,
  },
}

const read = (path: string, item: Json = root) => {
  const compiled = compileJsonPath(path)
  return compiled === null ? 'no path' : readJsonPath(compiled, item, root)
}

test.each([
  ['', root],
  ['$', root],
  ['event', 'deal.won'],
  ['deal.id', 5],
  ['$.deal.id', 5],
  ['deal["a.b"]', 1],
  ['["deal"]["$"]', 2],
  ['deal.$', 2],
  ['deal.tags[0].name', 'x'],
  ['deal.tags[1].name', undefined],
  ['deal.tags[].name', ['x', 'y']],
  ['deal.lists[].of[]', [1, 2, 3]],
  ['deal.lists[].of', [[1, 2], [3]]],
  ['deal.none', null],
  ['deal.none.more', undefined],
  ['deal.tags.length', undefined],
  ['deal[0]', undefined],
  ['deal[]', undefined],
  ['constructor', undefined],
  ['deal.toString', undefined],
  ['event.length', undefined],
])('%s', (path, expected) => {
  expect(read(path)).toEqual(expected)
})

test('a path is read from the item, one with $ from the whole body', () => {
  expect(read('name', { name: 'x' })).toBe('x')
  expect(read('$.event', { event: 'other' })).toBe('deal.won')
  expect(read('$ref', { $ref: 'a key' })).toBe('a key')
})

test.each(['.', 'a.', '.a', 'a..b', 'a[', 'a]', 'a[x]', 'a[-1]', 'a[0]b', '$.', '$..a', '["a', 'a"b', 'x'.repeat(301)])(
  '%s is no path',
  (path) => {
    expect(compileJsonPath(path)).toBeNull()
  },
) // prettier-ignore

test('whatever a key is called, its joined path leads to it', () => {
  const key = fc
    .string({ unit: 'grapheme', minLength: 0, maxLength: 20 })
    .filter((key) => key !== '__proto__')
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), (keys) => {
      const leaf: Json = keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), 'found')
      const path = keys.reduce(joinJsonPath, '')
      expect(readJsonPath(compileJsonPath(path)!, leaf, leaf)).toBe('found')
    }),
  )
})

test('any text is a path or none, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const compiled = compileJsonPath(path)
      expect(compiled === null || Array.isArray(compiled.steps)).toBe(true)
      if (compiled) readJsonPath(compiled, root, root)
    }),
  )
})
