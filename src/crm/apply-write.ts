import { sameJson } from '../model/index.ts'
import type { Fields, Json } from '../model/index.ts'

export interface RecordWrite {
  /** Already coerced; null clears. */
  fields: Fields
  /** Clears every field that `fields` does not name. */
  replace: boolean
}

export interface WriteResult {
  /** The record's fields after the write. */
  after: Fields
  /** Every field that the write changed, with its old value; null where it was unset. */
  previous: Fields
  /** Their names, in the order of `after`. */
  changed: string[]
}

/**
 * Merges a write into a record; `before` is null where there is none. Fields that the write does not name stay. A cleared
 * field stays in the record with null, so that it is known to be empty; setting a field to null that was never set is no
 * change and leaves no trace. Values are compared by content.
 */
export function applyWrite(before: Fields | null, write: RecordWrite): WriteResult {
  const after: Fields = { ...before }
  const previous: Fields = {}
  if (write.replace) {
    for (const name of Object.keys(after)) if (!Object.hasOwn(write.fields, name)) set(name, null)
  }
  for (const [name, value] of Object.entries(write.fields)) set(name, value)
  return { after, previous, changed: Object.keys(after).filter((name) => Object.hasOwn(previous, name)) }

  function set(name: string, value: Json): void {
    const old = Object.hasOwn(after, name) ? after[name]! : null
    if (sameJson(old, value)) return
    previous[name] = old
    after[name] = value
  }
}
