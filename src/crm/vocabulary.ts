import { inEveryLanguage } from '../model/index.ts'
import type { AccountSchema, DeclaredEventType, DeclaredKind, FieldType, Json } from '../model/index.ts'
import { capabilities } from './capabilities/index.ts'
import type { Capability } from './capability.ts'
import { inferFieldType } from './discover.ts'
import { eventTypes, eventTypesOf } from './event-type.ts'
import type { EventTypeDescription } from './event-type.ts'
import type { Kind } from './kind.ts'
import { name as nameField } from './kinds/built-in-fields.ts'
import { builtInKinds } from './kinds/index.ts'
import { systemEventTypes } from './system-events.ts'

/** The kinds and event types that an account can speak of: the built-in ones and its own. */
export interface Vocabulary {
  kinds: ReadonlyMap<string, Kind>
  eventTypes: ReadonlyMap<string, EventTypeDescription>
  /** Names of the event types, in their order; those of the server's own events last. */
  typeNames: readonly string[]
}

const builtIn = makeVocabulary(builtInKinds, eventTypes)
const known = new WeakMap<AccountSchema, Vocabulary>()

/** Made once per schema; accounts that declare nothing share one. */
export function vocabularyOf(schema: AccountSchema): Vocabulary {
  if (schema.kinds.length === 0 && schema.event_types.length === 0) return builtIn
  let vocabulary = known.get(schema)
  if (!vocabulary) known.set(schema, (vocabulary = extend(schema)))
  return vocabulary
}

function extend(schema: AccountSchema): Vocabulary {
  const kinds = schema.kinds.map(kindFrom)
  const types = [...eventTypes, ...kinds.flatMap(eventTypesOf)]
  const taken = new Set(types.map(({ type }) => type))
  const declared = schema.event_types.filter(({ type }) => !taken.has(type)).map(eventTypeFrom)
  return makeVocabulary([...builtInKinds, ...kinds], [...types, ...declared])
}

function makeVocabulary(kinds: readonly Kind[], types: readonly EventTypeDescription[]): Vocabulary {
  const all = [...types, ...systemEventTypes]
  return {
    kinds: new Map(kinds.map((kind) => [kind.name, kind])),
    eventTypes: new Map(all.map((type) => [type.type, type])),
    typeNames: all.map(({ type }) => type),
  }
}

function kindFrom({ name, title, capabilities: wanted, fields }: DeclaredKind): Kind {
  return {
    name,
    title: inEveryLanguage(title),
    plural: inEveryLanguage(title),
    capabilities: capabilities.filter((capability: Capability) => wanted.includes(capability.name)),
    fields: {
      name: nameField,
      ...Object.fromEntries(
        Object.entries(fields).map(([field, description]) => [
          field,
          { ...description, title: inEveryLanguage(description.title) },
        ]),
      ),
    },
  }
}

function eventTypeFrom({ type, title, sample }: DeclaredEventType): EventTypeDescription {
  const [kind = '', action = ''] = type.split('.', 2)
  const data: Record<string, FieldType> = {}
  for (const [name, value] of Object.entries(sample)) data[name] = typeOfSample(value)
  return {
    type,
    kind,
    action,
    title: inEveryLanguage(title),
    description: inEveryLanguage(title),
    data,
    transition: false,
    activity: true,
    aliases: {},
    sample: { current: {}, previous: {}, data: sample },
  }
}

function typeOfSample(value: Json): FieldType {
  return inferFieldType(value) ?? 'text'
}
