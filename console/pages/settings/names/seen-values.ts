import type { Json, JsonObject } from '../../../data/json.ts'

/** The different values of a field in these records, as text, in the order in which they are met. */
export function seenValues(records: { fields: JsonObject }[], field: string, most = 20): string[] {
  const found = new Set<string>()
  for (const { fields } of records) {
    for (const text of textsOf(fields[field] ?? null)) {
      if (found.size < most) found.add(text)
    }
  }
  return [...found]
}

function textsOf(value: Json): string[] {
  if (value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)]
}
