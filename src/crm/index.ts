/**
 * What a CRM is made of, and what happens in it: kinds of records, what each of them can do, which fields and events that
 * gives, and how two states of a record become events. All of it pure: no clock, no store, no network.
 *
 * - `kinds/` what there is (lead, customer …), `capabilities/` what it can do (be staged, owned, tagged …)
 * - `coerceField` what comes in becomes what a field holds, `applyWrite` merges it into the record,
 *   `derive` tells what happened, `relatedOf` gathers the names that go with it
 */
import type { Kind } from './kind.ts'
import { builtInKinds } from './kinds/index.ts'

export { applyWrite } from './apply-write.ts'
export type { RecordWrite, WriteResult } from './apply-write.ts'
export { capabilities } from './capabilities/index.ts'
export type { Aliases, Capability, DerivedEvent } from './capability.ts'
export { coerceField } from './coerce.ts'
export type { Coerced } from './coerce.ts'
export { derive } from './derive.ts'
export type { DeriveOptions } from './derive.ts'
export { inferFieldType, widen } from './discover.ts'
export { eventTypes, eventTypesOf } from './event-type.ts'
export type { EventTypeDescription } from './event-type.ts'
export { fieldsOf } from './kind.ts'
export type { Kind } from './kind.ts'
export { builtInKinds } from './kinds/index.ts'
export { nearestName } from './nearest-name.ts'
export { systemEventTypes, systemTypeNames } from './system-events.ts'
export { vocabularyOf } from './vocabulary.ts'
export type { Vocabulary } from './vocabulary.ts'
export { linksOf, relatedOf, secondHopOf } from './related.ts'
export type { Link, Related, RelatedInput } from './related.ts'

const byName = new Map(builtInKinds.map((kind) => [kind.name, kind]))

/** The built-in kind of this name, or undefined. */
export function findKind(name: string): Kind | undefined {
  return byName.get(name)
}
