import { fieldsOf } from './kind.ts'
import type { Kind } from './kind.ts'
import type { AccountField, CrmUser, Fields, FieldType, Json, JsonObject, Pipeline } from '../model/index.ts'

/** A record that another one points at, and the name under which it is related: `contact`, from the field `contact_id`. */
export interface Link {
  name: string
  kind: string
  id: string
}

/** What goes into an event as `related`: names and fields of what its record points at, as they were. */
export type Related = { [name: string]: { [field: string]: Json } }

export interface RelatedInput {
  kind: Kind
  current: Fields
  previous: Fields
  data: JsonObject
  /** The linked records, read before: those of `linksOf`, and the one of `secondHopOf`. null where there is none. */
  linked: LinkedLookup
  /** The kind's pipelines by id. */
  pipelines: ReadonlyMap<string, Pipeline>
  users: ReadonlyMap<string, CrmUser>
  /** The account's own fields; those of other kinds are passed over. */
  fields: readonly AccountField[]
}

type LinkedLookup = (kind: string, id: string) => Fields | null

interface PointingField {
  field: string
  type: FieldType
  links: string | null
}

/** The records that must be read before `relatedOf` can describe what this one points at, one hop away. */
export function linksOf(kind: Kind, current: Fields, accountFields: readonly AccountField[]): Link[] {
  return linksAmong(pointingFields(kind, accountFields), current)
}

/**
 * The company that a record has through its contact, where it names none itself: the only second hop there is, because a
 * deal's contact is often all that is filled in. `links` are those of `linksOf`; the contact must have been read.
 */
export function secondHopOf(links: readonly Link[], linked: LinkedLookup): Link | null {
  if (links.some((link) => link.name === 'company')) return null
  const contact = links.find((link) => link.name === 'contact' && link.kind === 'contact')
  const id = contact ? idOf(linked(contact.kind, contact.id) ?? {}, 'company_id') : null
  return id === null ? null : { name: 'company', kind: 'company', id }
}

/**
 * Gathers an event's `related`. Pipelines, stages and users that nobody named yet are called by their id; of a linked
 * record that nobody wrote yet only the id is told. Old pipeline, stage and user stand beside the new ones where the
 * event's data or previous values tell them.
 */
export function relatedOf(input: RelatedInput): Related {
  const { current, previous, data, linked } = input
  const fields = pointingFields(input.kind, input.fields)
  const related: Related = {}

  const links = linksAmong(fields, current)
  const secondHop = secondHopOf(links, linked)
  for (const link of secondHop ? [...links, secondHop] : links) {
    related[link.name] = describeRecord(link.id, linked(link.kind, link.id))
  }

  // Events that were posted ready-made may tell a stage or a user in their data only.
  const now: IdReader = (field) => idOf(current, field) ?? idOf(data, field)
  const then: IdReader = (field) => {
    if (Object.hasOwn(data, `old_${field}`)) return idOf(data, `old_${field}`)
    return Object.hasOwn(previous, field) ? idOf(previous, field) : now(field)
  }
  for (const { field, type } of fields) {
    const describe = describers[type]
    if (!describe) continue
    const id = now(field)
    if (id !== null) related[relatedName(field)] = describe(id, now, input)
    const isOldTold = Object.hasOwn(previous, field) || Object.hasOwn(data, `old_${field}`)
    const oldId = isOldTold ? then(field) : null
    if (oldId !== null) related[`old_${relatedName(field)}`] = describe(oldId, then, input)
  }
  return related
}

/** Answers the id in a field, on one side of the write. */
type IdReader = (field: string) => string | null

type Describer = (id: string, read: IdReader, input: RelatedInput) => { [field: string]: Json }

/** How the thing behind an id is described, by the type of the field that holds the id. */
const describers: Partial<Record<FieldType, Describer>> = {
  pipeline: (id, _read, { pipelines }) => ({ id, name: pipelines.get(id)?.name ?? id }),
  stage: (id, read, { pipelines }) => {
    const pipeline = pipelines.get(read('pipeline_id') ?? '')
    const stage = pipeline?.stages.find((candidate) => candidate.id === id)
    return { id, name: stage?.name ?? id, type: stage?.type ?? 'open' }
  },
  user: (id, _read, { users }) => {
    const user = users.get(id)
    return { id, name: user?.name ?? id, email: user?.email ?? null }
  },
}

function linksAmong(fields: readonly PointingField[], current: Fields): Link[] {
  const found: Link[] = []
  for (const { field, type, links } of fields) {
    if (type !== 'link' || links === null) continue
    const id = idOf(current, field)
    if (id !== null) found.push({ name: relatedName(field), kind: links, id })
  }
  return found
}

/** A linked record's id and every plain value that it has; lists and objects stay behind. */
function describeRecord(id: string, fields: Fields | null): { [field: string]: Json } {
  const described: { [field: string]: Json } = { id }
  for (const name in fields) {
    const value = fields[name]!
    if (name !== 'id' && value !== null && typeof value !== 'object') described[name] = value
  }
  return described
}

/** The kind's and the account's fields that can point somewhere. Where both name a field, the kind's word holds. */
function pointingFields(kind: Kind, accountFields: readonly AccountField[]): PointingField[] {
  const builtIn = fieldsOf(kind)
  const pointing: PointingField[] = []
  for (const field in builtIn) {
    const { type, links } = builtIn[field]!
    if (canPoint(type)) pointing.push({ field, type, links: links ?? null })
  }
  for (const { kind: kindName, name: field, type, links } of accountFields) {
    if (kindName !== kind.name || !canPoint(type) || Object.hasOwn(builtIn, field)) continue
    pointing.push({ field, type, links })
  }
  return pointing
}

function canPoint(type: FieldType): boolean {
  return type === 'link' || describers[type] !== undefined
}

/** `contact_id` → `contact`; a field that is not named so keeps its name. */
function relatedName(field: string): string {
  return field.endsWith('_id') ? field.slice(0, -'_id'.length) : field
}

/** The id in a field, as text. Events that were posted ready-made may hold it as a number. */
function idOf(fields: Fields, field: string): string | null {
  const value = Object.hasOwn(fields, field) ? fields[field] : null
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
