import type { Fields, Json, StageType } from '../model/index.ts'
import type { DerivedEvent } from './capability.ts'
import type { Kind } from './kind.ts'

export interface DeriveOptions {
  /** Every field that the write changed, with its old value. */
  previous: Fields
  /** The record was deleted before this write. */
  restored: boolean
  /** The stage's type; `open` where the stage is not known. */
  stageType(pipelineId: Json | undefined, stageId: Json | undefined): StageType
}

/**
 * What one write means: each capability of the kind compares the record before and after on its own, and the events come
 * in the order of the kind's capabilities. `before` is null for a record that did not exist, `after` for one that is
 * deleted. A write that changes nothing yields nothing.
 */
export function derive(
  kind: Kind,
  before: Fields | null,
  after: Fields | null,
  options: DeriveOptions,
): DerivedEvent[] {
  const { previous, restored, stageType } = options
  const changedPlainFields = Object.keys(after ?? {}).filter(
    (name) => Object.hasOwn(previous, name) && isPlain(kind, name, previous),
  )
  const context = { changedPlainFields, restored, stageType }
  return kind.capabilities.flatMap((capability) => capability.derive(before, after, context))
}

/** A field that no capability of the kind speaks for in this write. */
function isPlain(kind: Kind, name: string, changed: Fields): boolean {
  const reader = kind.capabilities.find((capability) => Object.hasOwn(capability.fields, name))
  if (!reader) return true
  const explained =
    reader.explains && Object.hasOwn(reader.explains, name) ? reader.explains[name] : undefined
  return explained !== undefined && !Object.hasOwn(changed, explained)
}
