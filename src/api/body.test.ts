import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJsonBody } from './body.ts'

const parse = (text: string) => parseJsonBody(Buffer.from(text))

/** The plain definition of what cannot be kept, walked without any shortcut. */
function unkeepable(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value)
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed()
  if (Array.isArray(value)) return value.some(unkeepable)
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(
    ([key, item]) => key === '__proto__' || unkeepable(key) || unkeepable(item),
  )
}

const pieces = fc.constantFrom(
  '\\u0000', '\\ud83d', '\\ude00', '\\u005f', '\\u0041', '_', '__proto__', '\\\\', '\\"', 'a', 'é', '😀', '1234567890123456',
) // prettier-ignore
const string = fc.array(pieces, { maxLength: 4 }).map((parts) => `"${parts.join('')}"`)
const number = fc.constantFrom(
  '0', '-1', '1.5', '9007199254740991', '9007199254740992', '-9007199254740993', '1e2', '1E22', '12e-3', '1e400', '0.1234567890123456789', '123456789e9',
) // prettier-ignore
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', 'null', '[]', '{}'),
    string,
    number,
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(string, tie('json')), { maxLength: 3 })
      .map((entries) => `{${entries.map((entry) => entry.join(': ')).join(',')}}`),
  ),
}))

test('refuses exactly what cannot be kept, however it is written', () => {
  fc.assert(
    fc.property(json, (text) => {
      const value: unknown = JSON.parse(text)
      if (unkeepable(value)) expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'malformed' }))
      else expect(parse(text)).toEqual(value)
    }),
    { numRuns: 2000 },
  )
})

test('an empty body is none', () => {
  expect(parse('')).toBeUndefined()
})

test('depth counts brackets, not those inside texts', () => {
  const nest = (depth: number, inner: string) => '['.repeat(depth) + inner + ']'.repeat(depth)
  expect(() => parse(nest(65, '1'))).toThrow(/deep/)
  expect(parse(nest(64, '"[[[[\\"[["'))).toBeTruthy()
  // A quote inside a text ends it no sooner behind something that is looked at twice.
  for (const first of ['a__b', '\\u0041']) {
    expect(() => parse(`["${first}", "\\"", ${nest(64, '1')}]`)).toThrow(/deep/)
    expect(parse(`["${first}", "\\"${'['.repeat(65)}"]`)).toHaveLength(2)
  }
  expect(parse(`[${Array.from({ length: 200 }, () => '{"a":[]}').join(',')}]`)).toHaveLength(200)
})
