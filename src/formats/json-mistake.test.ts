import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonMistake } from './json-mistake.ts'

test.each([
  ['', 1, 1],
  ['{"a": }', 1, 7],
  ['{"a": ann}', 1, 7],
  ['{"a": "x" "b": 1}', 1, 11],
  ['{"a": 1,}', 1, 9],
  ['{"a" 1}', 1, 6],
  ['{a: 1}', 1, 2],
  ['[1, 2', 1, 6],
  ['[1, ]', 1, 5],
  ['[1}', 1, 3],
  ['[1] 2', 1, 5],
  ['{"a": 01}', 1, 8],
  ['{"a": "say "hi""}', 1, 13],
  ['{\n  "a": 1,\n  "b": "two\nlines"\n}', 3, 8],
  ['{"a": "\\x"}', 1, 7],
])('%j goes wrong at line %i, column %i', (text, line, column) => {
  expect(findJsonMistake(text)).toEqual({ line, column })
})

test.each(['{}', '[]', ' {"a": [1, -2.5e3, "\\u00e9", null, true, {"b": []}]}\n', '"x"', '0'])(
  '%j is JSON',
  (text) => {
    expect(findJsonMistake(text)).toBeNull()
  },
)

test('it agrees with JSON.parse, and a place it names is inside the text or right behind it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    'true',
    'x',
    ' ',
    '\n',
    '\\',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const mistake = findJsonMistake(text)
      let parses = true
      try {
        JSON.parse(text)
      } catch {
        parses = false
      }
      expect(mistake === null).toBe(parses)
      if (mistake) {
        const lines = text.split('\n')
        expect(mistake.line).toBeLessThanOrEqual(lines.length)
        expect(mistake.column).toBeLessThanOrEqual(lines[mistake.line - 1]!.length + 1)
      }
    }),
    { numRuns: 2000 },
  )
})
