import type { Json, JsonObject, RecordRef } from '../model/index.ts'
import { asText, idOf, isObject, valueOf } from './json-values.ts'
import { readTime } from './read-time.ts'

/** amoCRM's numbers for kinds of records (`element_type`), and its words (`entity_type`). */
const kinds = new Map([
  ['1', 'contact'], ['2', 'lead'], ['3', 'company'], ['4', 'task'], ['12', 'customer'],
  ['contact', 'contact'], ['lead', 'lead'], ['company', 'company'], ['task', 'task'], ['customer', 'customer'],
  ['contacts', 'contact'], ['leads', 'lead'], ['companies', 'company'], ['tasks', 'task'], ['customers', 'customer'],
]) // prettier-ignore

/** The id of a person or of a linked record: amoCRM writes 0 for nobody and nothing. */
export function linkOf(value: Json | undefined): string | null {
  const id = asText(value)
  return id === '0' ? null : id
}

export function kindOf(value: Json | undefined): string | null {
  return kinds.get(asText(value) ?? '') ?? null
}

/** The record that a note, a message or a task belongs to. */
export function ownerOf(entry: JsonObject): RecordRef | null {
  const kind = kindOf(valueOf(entry, 'entity_type')) ?? kindOf(valueOf(entry, 'element_type'))
  const id = idOf(entry, 'entity_id', 'element_id')
  return kind === null || id === null || id === '0' ? null : { kind, id }
}

/**
 * A time in seconds since 1970. amoCRM's times in words are the account's local ones, and no call says where that is; taken
 * for UTC they would be hours wrong.
 */
export function unixTime(value: Json | undefined): string | null {
  return /^[0-9]+$/.test(asText(value) ?? '') ? readTime(value) : null
}

/** When it happened: the first of the times that the entry has. */
export function timeOf(entry: JsonObject, ...names: string[]): string | null {
  for (const name of names) {
    const time = unixTime(valueOf(entry, name))
    if (time !== null) return time
  }
  return null
}

/** The members of a list, which a form writes as an object of its indexes; a lone thing is a list of one. */
export function membersOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : [value]
}
