import { fieldsOf, nearestName, vocabularyOf } from '../crm/index.ts'
import type { AccountSchema, FieldType } from '../model/index.ts'

/** One thing that conditions and parameters can name. */
export interface KnownField {
  path: string
  type: FieldType
  choices: string[] | null
}

/** What can be named for a set of event types, by path. */
export interface FieldCatalogue {
  find(path: string): KnownField | null
  /** The known path that is written most like this one; null where none is near. */
  nearest(path: string): string | null
  list(): KnownField[]
}

/** What every event has, whatever its type. */
const always: Record<string, FieldType> = {
  'event.id': 'text',
  'event.type': 'text',
  'event.source': 'text',
  'event.bulk': 'boolean',
  'record.kind': 'text',
  'record.id': 'text',
  'actor.kind': 'text',
  'actor.id': 'text',
}

/** Names of what a record of a capability points at; see `crm/related.ts`. */
const names: Record<string, Record<string, FieldType>> = {
  stage_id: {
    'stage.name': 'text',
    'stage.type': 'text',
    'old_stage.name': 'text',
    'old_stage.type': 'text',
  },
  pipeline_id: { 'pipeline.name': 'text', 'old_pipeline.name': 'text' },
  owner_id: {
    'owner.name': 'text',
    'owner.email': 'text',
    'old_owner.name': 'text',
    'old_owner.email': 'text',
  },
}

/**
 * What events of these types hold: the fields of their kinds, built in, declared or seen in this account, now and before;
 * the data of each type; and the described fields of what their records link to, one hop away.
 */
export function fieldCatalogue(schema: AccountSchema, eventTypes: readonly string[]): FieldCatalogue {
  const known = new Map<string, KnownField>()
  const add = (path: string, type: FieldType, choices: string[] | null = null) => {
    if (!known.has(path)) known.set(path, { path, type, choices })
  }

  const { eventTypes: descriptions } = vocabularyOf(schema)
  for (const [path, type] of Object.entries(always)) add(path, type)
  for (const kindName of new Set(eventTypes.map((type) => type.slice(0, type.indexOf('.'))))) {
    for (const field of fieldsOfKind(schema, kindName)) {
      add(`current.${field.name}`, field.type, field.choices)
      add(`previous.${field.name}`, field.type, field.choices)
      for (const [path, type] of Object.entries(names[field.name] ?? {})) add(path, type)
      if (field.links) addLinked(field.name.replace(/_id$/, ''), field.links)
    }
  }
  for (const type of eventTypes)
    for (const [name, dataType] of Object.entries(descriptions.get(type)?.data ?? {}))
      add(`data.${name}`, dataType)

  function addLinked(name: string, kindName: string): void {
    add(`${name}.id`, 'text')
    for (const field of fieldsOfKind(schema, kindName))
      add(`${name}.${field.name}`, field.type, field.choices)
    // A company may come by way of the contact.
    if (name === 'contact') addLinked('company', 'company')
  }

  return {
    find: (path) => known.get(path) ?? null,
    nearest: (path) => nearestName(path, [...known.keys()]),
    list: () => [...known.values()],
  }
}

function fieldsOfKind(
  schema: AccountSchema,
  kindName: string,
): { name: string; type: FieldType; choices: string[] | null; links: string | null }[] {
  const kind = vocabularyOf(schema).kinds.get(kindName)
  const builtIn = Object.entries(kind ? fieldsOf(kind) : {}).map(([name, field]) => ({
    name,
    type: field.type,
    choices: field.choices ?? null,
    links: field.links ?? null,
  }))
  return [...builtIn, ...schema.fields.filter((field) => field.kind === kindName)]
}
