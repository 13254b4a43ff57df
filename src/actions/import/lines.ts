/** What a file of records holds, line by line: parted when it comes, read when its turn comes. */
import type { Fields, ProblemDetail, RecordImport } from '../../model/index.ts'
import { readJson } from '../../sources/read-json.ts'
import { readCsvRow, splitCsv } from './csv.ts'

export interface ImportLine {
  /** From 1, in what was sent. */
  line: number
  content: string
}

/** A file in lines; `header` is the row that names the columns, null where the lines name their fields themselves. */
export interface ImportFile {
  header: ImportLine | null
  lines: ImportLine[]
}

export type LineRead = { id: string; fields: Fields } | { errors: ProblemDetail[] }

interface ImportFormat {
  /** Parts a file. `errors`: it cannot be read at all. */
  split(text: string): ImportFile | { errors: ProblemDetail[] }
  /** Makes the reader of lines under a header. */
  reader(header: ImportLine | null): (content: string) => LineRead
}

const columnsMax = 500
const idForm = /^[^\p{Cc}]{1,200}$/u

export const importFormats: Record<RecordImport['format'], ImportFormat> = {
  ndjson: {
    split: (text) => ({
      header: null,
      lines: text
        .split('\n')
        .map((content, index) => ({ line: index + 1, content: content.trim() }))
        .filter(({ content }) => content !== ''),
    }),
    reader: () => readJsonLine,
  },
  csv: {
    split(text) {
      const { rows, unclosed } = splitCsv(text)
      if (unclosed !== null) {
        const message = `The quote that opens in the row of line ${unclosed} is never closed.`
        return failed('unclosed_quote', message)
      }
      const [header, ...lines] = rows
      if (!header) return failed('no_header', 'The first row must name the columns: id,name,price.')
      const errors = headerProblems(readCsvRow(header.content))
      return errors.length > 0 ? { errors } : { header, lines }
    },
    reader(header) {
      const columns = header ? (readCsvRow(header.content) as string[]) : []
      return (content) => readRow(columns, content)
    },
  },
}

function readJsonLine(content: string): LineRead {
  const { value, problem } = readJson(Buffer.from(content))
  if (problem) return { errors: [problem] }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return failed('wrong_type', 'A line must be an object: {"id": "1", "name": "…"}.')
  const { id, ...fields } = value
  return recordOf(typeof id === 'number' ? String(id) : id, fields)
}

/** An empty value says nothing, so the field stays as it is; `""` is an empty text. */
function readRow(columns: readonly string[], content: string): LineRead {
  const values = readCsvRow(content)
  if (typeof values === 'string') return failed('bad_csv', values)
  if (values.length !== columns.length) {
    const message = `This row has ${values.length} values, and the header names ${columns.length} columns.`
    return failed('column_count', message)
  }
  let id: string | null = null
  const fields: Fields = {}
  for (const [index, value] of values.entries()) {
    if (columns[index] === 'id') id = value
    else if (value !== null) fields[columns[index]!] = value
  }
  return recordOf(id, fields)
}

function recordOf(id: unknown, fields: Fields): LineRead {
  if (typeof id !== 'string' || !idForm.test(id)) {
    const message = '"id" is required: text of 1 to 200 characters, none of them control characters.'
    return failed('bad_id', message, 'id')
  }
  if (Object.hasOwn(fields, 'kind'))
    return failed('not_a_field', '"kind" is not a field: an import is of one kind.', 'kind')
  return { id, fields }
}

function headerProblems(columns: (string | null)[] | string): ProblemDetail[] {
  if (typeof columns === 'string') return failed('bad_csv', columns).errors
  if (columns.length > columnsMax)
    return failed('too_many', `A file may have at most ${columnsMax} columns.`).errors
  if (columns.length === 1 && columns[0]?.includes(';'))
    return failed('separator', 'The columns must be separated by commas, not by semicolons.').errors
  if (columns.some((column) => column === null || column === '' || column === '__proto__'))
    return failed('bad_column', 'Every column needs a name in the first row.').errors
  const twice = columns.find((column, index) => columns.indexOf(column) < index)
  if (twice !== undefined) return failed('twice', `The column "${twice}" is there twice.`).errors
  if (!columns.includes('id'))
    return failed('no_id', 'One of the columns must be "id", the id of the record.').errors
  return []
}

function failed(code: string, message: string, path = ''): { errors: ProblemDetail[] } {
  return { errors: [{ path, code, message }] }
}
