/**
 * CSV by RFC 4180, strictly: commas, rows that end with CRLF or LF, quotes around a whole value, a quote inside written
 * twice. What it does not allow is a mistake with its line, because guessing would put values into the wrong fields.
 */

/** A row as it stands in the file; `line` is the one on which it begins, from 1. */
export interface CsvRow {
  line: number
  content: string
}

export interface CsvRows {
  rows: CsvRow[]
  /** The line of a quote that is never closed, behind which no row can be told; null where all are. */
  unclosed: number | null
}

/** Parts a file into rows without reading their values. Empty lines are left out. */
export function splitCsv(text: string): CsvRows {
  const rows: CsvRow[] = []
  let start = 0
  let startLine = 1
  let line = 1
  let quoted = false
  const end = (index: number) => {
    const content = text.slice(start, text[index - 1] === '\r' ? index - 1 : index)
    if (content !== '') rows.push({ line: startLine, content })
  }
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '"') quoted = !quoted
    if (character !== '\n') continue
    line++
    if (quoted) continue
    end(index)
    start = index + 1
    startLine = line
  }
  if (quoted) return { rows, unclosed: startLine }
  if (start < text.length) end(text.length)
  return { rows, unclosed: null }
}

const quotedValue = /"((?:[^"]|"")*)"(?=,|$)/y
const plainValue = /[^",]*(?=,|$)/y

/** The values of a row; null for an empty one without quotes. A text instead says what is wrong with it. */
export function readCsvRow(content: string): (string | null)[] | string {
  const values: (string | null)[] = []
  let index = 0
  for (;;) {
    const form = content[index] === '"' ? quotedValue : plainValue
    form.lastIndex = index
    const found = form.exec(content)
    if (!found) {
      const column = values.length + 1
      return `Column ${column} holds a quote in the wrong place. Put the whole value in quotes, and write a quote inside it twice.`
    }
    const [whole, inside] = found
    values.push(inside === undefined ? whole || null : inside.replaceAll('""', '"'))
    index += whole.length
    if (index >= content.length) return values
    index++
  }
}
