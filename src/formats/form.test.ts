import { expect, test } from 'vitest'
import { addPairs, encodeForm, type Pair } from './form.ts'
import { RenderError } from './render-error.ts'

test('a form is what PHP builds: brackets encoded, spaces as plus, all but letters, digits and -_. encoded', () => {
  const pairs: Pair[] = [
    ['a[b][0]', "x y+z&=%~*!'()/ü"],
    ['A-z_0.9', ''],
  ]
  expect(encodeForm(pairs)).toBe('a%5Bb%5D%5B0%5D=x+y%2Bz%26%3D%25%7E%2A%21%27%28%29%2F%C3%BC&A-z_0.9=')
})

test('it says how much it added, names and values', () => {
  const pairs: Pair[] = []
  expect(addPairs(pairs, 'ab', { c: 'defg', h: 10 })).toBe('ab[c]'.length + 4 + 'ab[h]'.length + 2)
  expect(pairs).toEqual([
    ['ab[c]', 'defg'],
    ['ab[h]', '10'],
  ])
})

test('a long name above many leaves is stopped on the way, not when memory is full', () => {
  const pairs: Pair[] = []
  const wide = { ['x'.repeat(500_000)]: Array.from({ length: 1000 }, () => 0) }
  expect(() => addPairs(pairs, 'a', wide)).toThrow(RenderError)
  expect(pairs.length).toBe(8)
})
