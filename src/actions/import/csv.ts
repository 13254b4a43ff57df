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

/**
 * The values of a row; null for an empty one without quotes. A text instead says what is wrong with it. Searched for, not
 * matched: a regular expression runs out of stack on a value of some million letters.
 */
export function readCsvRow(content: string): (string | null)[] | string {
  const values: (string | null)[] = []
  for (let start = 0; ;) {
    const quoted = content[start] === '"'
    const end = quoted ? endOfQuoted(content, start) : endOfPlain(content, start)
    if (end < 0 || (end < content.length && content[end] !== ',')) {
      const column = values.length + 1
      return `Column ${column} holds a quote in the wrong place. Put the whole value in quotes, and write a quote inside it twice.`
    }
    const written = content.slice(start, end)
    values.push(quoted ? written.slice(1, -1).replaceAll('""', '"') : written || null)
    if (end === content.length) return values
    start = end + 1
  }
}

/** The place behind the quote that closes the one at `start`; -1 where none does. */
function endOfQuoted(content: string, start: number): number {
  let quote = content.indexOf('"', start + 1)
  while (quote >= 0 && content[quote + 1] === '"') quote = content.indexOf('"', quote + 2)
  return quote < 0 ? -1 : quote + 1
}

/** The place of the comma behind a value without quotes, or the end; -1 where a quote stands in it. */
function endOfPlain(content: string, start: number): number {
  const comma = content.indexOf(',', start)
  const end = comma < 0 ? content.length : comma
  return content.slice(start, end).includes('"') ? -1 : end
}
