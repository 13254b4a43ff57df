import type { Json } from '../model/index.ts'

/** A field of a record or an event's data by its own name: `constructor` is undefined where nobody set it. */
export function ownField(fields: { [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
