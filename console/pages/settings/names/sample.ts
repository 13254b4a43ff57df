import type { Json } from '../../../data/json.ts'

/** One value of an event type's sample, as it is typed. */
export interface SampleRow {
  key: string
  name: string
  value: string
}

/** `42`, `true` and `{"a": 1}` are what JSON says they are; everything else is text. */
export function sampleOf(rows: SampleRow[]): Record<string, Json> {
  return Object.fromEntries(
    rows.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), readValue(value)]),
  )
}

export function rowsOf(sample: Record<string, Json>): SampleRow[] {
  return Object.entries(sample).map(([name, value]) => ({ key: name, name, value: writeValue(value) }))
}

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** Text that would be read as something else keeps its quotes. */
function writeValue(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return typeof readValue(value) === 'string' && !value.startsWith('"') ? value : JSON.stringify(value)
}
