import type { FieldDescription, Fields, Text } from '../model/index.ts'
import type { Aliases, Capability } from './capability.ts'

/** A kind of record: a list of capabilities, and fields of its own. */
export interface Kind {
  name: string
  title: Text
  plural: Text
  capabilities: Capability[]
  /** Its fields beyond those of its capabilities; links among them. */
  fields: Record<string, FieldDescription>
  /** The names other systems use for this kind's events, by action: `{ created: { amocrm: ['add_lead'] } }`. */
  aliases?: Record<string, Aliases>
  /** What a record of this kind can look like; samples of its events start from it. */
  sample?: Fields
}

export function defineKind(kind: Kind): Kind {
  return kind
}

// Every write and every event asks for these, and a kind never changes once it is made.
const fieldsByKind = new WeakMap<Kind, Readonly<Record<string, FieldDescription>>>()

/** Every field that the program knows of a kind: its own ones first, then those of its capabilities in their order. */
export function fieldsOf(kind: Kind): Readonly<Record<string, FieldDescription>> {
  const known = fieldsByKind.get(kind)
  if (known) return known
  const fields: Record<string, FieldDescription> = { ...kind.fields }
  for (const capability of kind.capabilities) Object.assign(fields, capability.fields)
  fieldsByKind.set(kind, Object.freeze(fields))
  return fields
}
