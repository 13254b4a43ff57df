import type { RecordImport } from '../../data/imports.ts'

const formats: Record<string, RecordImport['format']> = { csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson' }

/** By the end of the file's name; null where it says nothing. */
export function formatOf(fileName: string): RecordImport['format'] | null {
  const end = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return formats[end] ?? null
}
