import { describe, expect, test } from 'vitest'
import { readTraceparent, withSpan } from './traceparent.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

describe('readTraceparent', () => {
  test.each([
    [`00-${trace}-${span}-01`, `00-${trace}-${span}-01`],
    [`00-${trace}-${span}-00`, `00-${trace}-${span}-00`],
    [` 00-${trace}-${span}-01 `, `00-${trace}-${span}-01`],
    // Bits without a meaning are set to zero.
    [`00-${trace}-${span}-ff`, `00-${trace}-${span}-03`],
    // A later version is read as far as it is known.
    [`01-${trace}-${span}-01`, `00-${trace}-${span}-01`],
    [`cc-${trace}-${span}-01-what-comes-later`, `00-${trace}-${span}-01`],
  ])('%s', (header, kept) => expect(readTraceparent(header)).toBe(kept))

  test.each([
    '',
    'hello',
    `ff-${trace}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `01-${trace}-${span}-01more`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace}-${span}`,
    `00-${trace}-${span}-1`,
    `00-${trace}-${span}-01, 00-${trace}-${span}-01`,
  ])('is not one: %s', (header) => expect(readTraceparent(header)).toBeNull())
})

test('withSpan names another caller in the same trace', () => {
  expect(withSpan(`00-${trace}-${span}-01`, 'b7ad6b7169203331')).toBe(`00-${trace}-b7ad6b7169203331-01`)
})
