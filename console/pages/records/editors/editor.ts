import type { KnownField } from '../../../data/catalogue.ts'
import type { Json, JsonObject } from '../../../data/json.ts'
import type { RecordNames } from '../../../parts/record/value.tsx'

/** What every editor of a field gets. It draws the control; the label stands beside it. */
export interface EditorProps {
  /** Of the control, so that the label names it. */
  id: string
  field: KnownField
  value: Json
  /** null empties the field; other fields can change with it. */
  onChange: (value: Json, also?: JsonObject) => void
  error: string | undefined
  kind: string
  /** All values as they are now, changes included. */
  values: JsonObject
  names: RecordNames
}

/** What a text control holds for a value; nothing for what it cannot show. */
export function textOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export const orNull = (text: string): string | null => (text === '' ? null : text)
