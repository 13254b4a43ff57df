import type { FieldType } from './field.ts'
import type { JsonObject } from './json.ts'

/** A kind that an account declared: like a built-in one, with one title in the account's own language. */
export interface DeclaredKind {
  name: string
  title: string
  /** Names of built-in capabilities. */
  capabilities: string[]
  fields: Record<string, { title: string; type: FieldType; choices?: string[]; links?: string }>
}

/** An activity that an account declared: `contact.webinar_attended`. */
export interface DeclaredEventType {
  /** `<kind>.<action>`. */
  type: string
  title: string
  /** What an event of it can look like in `data`; its values type the fields. */
  sample: JsonObject
}
