import type { FieldDescription, Text } from '../model/index.ts'
import type { Capability } from './capability.ts'

/** A kind of record: a list of capabilities, and fields of its own. */
export interface Kind {
  name: string
  title: Text
  plural: Text
  capabilities: Capability[]
  /** Its fields beyond those of its capabilities; links among them. */
  fields: Record<string, FieldDescription>
}

export function defineKind(kind: Kind): Kind {
  return kind
}
