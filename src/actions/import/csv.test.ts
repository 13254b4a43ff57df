import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsvRow, splitCsv } from './csv.ts'

/** Written as RFC 4180 says; a value that needs no quotes may still have them. */
function write(rows: string[][], lineEnd: string, alwaysQuoted: boolean): string {
  const value = (text: string) =>
    alwaysQuoted || text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return rows.map((row) => row.map(value).join(',')).join(lineEnd)
}

const text = fc.string({ unit: fc.constantFrom('a', 'ż', '"', ',', '\n', '\r\n', ' ', ';'), maxLength: 6 })
const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })

test('what is written by the rules is read back as it was', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), (table, lineEnd, alwaysQuoted) => {
      const split = splitCsv(write(table, lineEnd, alwaysQuoted))
      expect(split.unclosed).toBeNull()
      expect(split.rows.map(({ content }) => readCsvRow(content))).toEqual(table)
    }),
  )
})

test('any text is split and read without a throw, and nothing of it is lost', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const file = `${a}\n${b}`
      const { rows: found, unclosed } = splitCsv(file)
      for (const { content } of found) readCsvRow(content)
      const kept = found
        .map(({ content }) => content)
        .join('')
        .replaceAll(/[\r\n]/g, '')
      if (unclosed === null) expect(kept).toBe(file.replaceAll(/[\r\n]/g, ''))
    }),
  )
})

test('rows know the line on which they begin', () => {
  expect(splitCsv('id,note\r\n1,"two\nlines"\n\n2,x\n').rows).toEqual([
    { line: 1, content: 'id,note' },
    { line: 2, content: '1,"two\nlines"' },
    { line: 5, content: '2,x' },
  ])
})

test('an empty value is none, an empty one in quotes is a text', () => {
  expect(readCsvRow('a,,"",')).toEqual(['a', null, '', null])
})

test.each(['a,b"c', '"a"b,c', '"a" ,b', 'a,"b'])('%s has a quote in the wrong place', (row) => {
  expect(readCsvRow(row)).toMatch(/^Column \d holds a quote in the wrong place/)
})

test('a quote that is never closed is told by its line', () => {
  expect(splitCsv('id\n1\n"2\n3\n').unclosed).toBe(3)
})

test('a value of many million letters is read', () => {
  const letters = 'ż'.repeat(10_000_000)
  expect(readCsvRow(`1,"${letters}"`)).toEqual(['1', letters])
})
