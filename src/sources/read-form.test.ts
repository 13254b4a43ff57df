import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, test } from 'vitest'
import { formDepthMax, formNameCharactersMax, formPairsMax, readForm } from './read-form.ts'
import { remarksMax } from './remarks.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readForm(bytes(text)).value
const codes = (text: string) => readForm(bytes(text)).problems.map(({ code }) => code)

test.each([
  ['', {}],
  ['a=1&b=&c', { a: '1', b: '', c: '' }],
  ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
  ['a%5B0%5D%5Bid%5D=5', { a: { 0: { id: '5' } } }],
  ['a[]=x&a[]=y', { a: { 0: 'x', 1: 'y' } }],
  ['a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
  ['a[][b]=x&a[][b]=y', { a: { 0: { b: 'x' }, 1: { b: 'y' } } }],
  ['a=1&a=2', { a: '2' }],
  ['a=1&a[b]=2', { a: { b: '2' } }],
  ['a[b]=2&a=1', { a: '1' }],
  ['a=x+y%2Bz=1', { a: 'x y+z=1' }],
  ['&&a=1&', { a: '1' }],
  ['n=%D0%B4%D0%B0', { n: 'да' }],
  ['a[constructor]=1&toString=2', { a: { constructor: '1' }, toString: '2' }],
  ['a[999999999999]=1', { a: { 999999999999: '1' } }],
])('%s', (text, expected) => {
  expect(readForm(bytes(text))).toEqual({ value: expected, problems: [] })
})

test.each([
  ['__proto__[x]=1', 'bad_name'],
  ['a[__proto__][x]=1', 'bad_name'],
  ['a[b=1', 'bad_name'],
  ['a]b=1', 'bad_name'],
  ['a[b]c=1', 'bad_name'],
  ['[a]=1', 'bad_name'],
  ['=1', 'bad_name'],
  ['a=%zz', 'bad_encoding'],
  ['a=%', 'bad_encoding'],
  ['a=%ff', 'bad_encoding'],
  ['%ff=1', 'bad_encoding'],
  ['a=%00', 'bad_text'],
  ['a%00=1', 'bad_text'],
  [`${'a'.repeat(formNameCharactersMax + 1)}=1`, 'bad_name'],
  [`a${'[b]'.repeat(formDepthMax)}=1`, 'bad_name'],
])('%s is left out and told', (text, code) => {
  expect(codes(`${text}&good=1`)).toEqual([code])
  expect(read(`${text}&good=1`)).toEqual({ good: '1' })
  expect(Object.getPrototypeOf({})).not.toHaveProperty('x')
})

describe('bounds', () => {
  test('a name may be as deep and as long as they say', () => {
    expect(codes(`a${'[b]'.repeat(formDepthMax - 1)}=1`)).toEqual([])
    expect(codes(`${'a'.repeat(formNameCharactersMax)}=1`)).toEqual([])
  })

  test('one pair too many and nothing is read', () => {
    expect(readForm(bytes('a=1&'.repeat(formPairsMax))).value).toEqual({ a: '1' })
    const { value, problems } = readForm(bytes('a=1&'.repeat(formPairsMax + 1)))
    expect(value).toBeNull()
    expect(problems.map(({ code }) => code)).toEqual(['too_many_pairs'])
  })

  test('remarks end somewhere', () => {
    expect(codes('a]=1&'.repeat(5000))).toHaveLength(remarksMax)
  })

  test('bytes that are no UTF-8 give nothing', () => {
    expect(readForm(new Uint8Array([0x61, 0x3d, 0xff]))).toMatchObject({
      value: null,
      problems: [{ code: 'not_utf8' }],
    })
  })
})

test('reads what another PHP-style writer wrote', () => {
  const key = fc.string({ minLength: 1, maxLength: 8 }).filter((key) => !/[[\]\0]|^__proto__$/.test(key))
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'))
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.dictionary(key, fc.oneof({ maxDepth: 4 }, text, tie('tree')), { minKeys: 1, maxKeys: 4 }),
  }))
  fc.assert(
    fc.property(tree, fc.boolean(), (tree, encodeValuesOnly) => {
      const names = encodeValuesOnly && !/[&=%+]/.test(Object.keys(flat(tree)).join(''))
      const written = qs.stringify(tree, { encodeValuesOnly: names, format: 'RFC1738' })
      expect(read(written)).toEqual(JSON.parse(JSON.stringify(tree)))
    }),
  )
})

function flat(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => [
      [key, 0],
      ...(typeof inner === 'object' && inner !== null ? Object.entries(flat(inner as object)) : []),
    ]),
  ) as Record<string, unknown>
}
