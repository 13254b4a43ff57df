import type { CrmEvent, Json, PathContext } from '../model/index.ts'
import { idText, oldId, presentId } from './amocrm-ids.ts'
import { asText } from './form.ts'
import { ownField } from './own-field.ts'

/** One key of an entity: where its value is found, and which of the record's fields it stands for. */
export interface Key {
  name: string
  fields: readonly string[]
  kind: 'id' | 'plain'
  /** undefined or null where amoCRM would leave the key out. */
  read(event: CrmEvent, context: Required<PathContext>): Json | undefined
}

/** Whom amoCRM names where no person did it. */
export const robot = '0'

/** A day, or a moment with its zone: without one it would mean the machine's. */
const isoTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/

/** Unix seconds of a time as people, sources and this server write it: ISO 8601, seconds, or milliseconds. */
export function unixSeconds(value: Json | undefined): number | undefined {
  if (typeof value === 'string' && !/^[0-9]+$/.test(value)) {
    const at = isoTime.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(at) ? undefined : Math.floor(at / 1000)
  }
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const count = Number(value)
  // As seconds, 1e11 is the year 5138.
  return Number.isSafeInteger(count) ? (count < 1e11 ? count : Math.floor(count / 1000)) : undefined
}

export const plain = (name: string, field = name): Key => ({
  name,
  fields: [field],
  kind: 'plain',
  read: ({ current }) => {
    const value = ownField(current, field)
    // All of amoCRM's own are plain.
    return typeof value === 'object' && value !== null ? asText(value) : value
  },
})
export const idOf = (name: string, field = name): Key => ({
  name,
  fields: [field],
  kind: 'id',
  read: (event) => presentId(event, field),
})
/** Only with the events that say it: amoCRM sends no other old values. */
export const oldIdOf = (name: string, field: string, action: string): Key => ({
  name,
  fields: [],
  kind: 'id',
  read: (event) => (event.type.endsWith(`.${action}`) ? (oldId(event, field) ?? null) : undefined),
})

export const id: Key = { name: 'id', fields: [], kind: 'id', read: ({ record }) => record.id }
export const name = plain('name')
export const statusId = idOf('status_id', 'stage_id')
export const oldStatusId = oldIdOf('old_status_id', 'stage_id', 'stage_changed')
export const responsible = idOf('responsible_user_id', 'owner_id')
export const oldResponsible = oldIdOf('old_responsible_user_id', 'owner_id', 'reassigned')
export const modifiedBy: Key = {
  name: 'modified_user_id',
  fields: ['modified_user_id'],
  kind: 'id',
  read: ({ actor }) => (actor.kind === 'user' ? (actor.id ?? robot) : robot),
}
export const createdBy: Key = {
  name: 'created_user_id',
  fields: ['created_user_id'],
  kind: 'id',
  read: (event, context) =>
    ownField(event.current, 'created_user_id') ??
    (event.type.endsWith('.created') ? modifiedBy.read(event, context) : undefined),
}
export const accountId: Key = {
  name: 'account_id',
  fields: ['account_id'],
  kind: 'id',
  read: ({ current }, { account }) => ownField(current, 'account_id') ?? account.id,
}

/** When it was created: the record may say so itself, and its first event does. */
function createdAt({ current, type, occurred_at: at }: CrmEvent): number | undefined {
  const told = ownField(current, 'created_at') ?? ownField(current, 'date_create')
  return unixSeconds(told) ?? (type.endsWith('.created') ? unixSeconds(at) : undefined)
}
const createdFields = ['created_at', 'date_create']
const updatedFields = ['updated_at', 'last_modified']
const time = (name: string, fields: readonly string[], read: Key['read']): Key => ({
  name,
  fields,
  kind: 'plain',
  read,
})
// amoCRM sends each time under its old and its new name.
export const dateCreate = time('date_create', createdFields, createdAt)
export const createdAtKey = time('created_at', createdFields, createdAt)
export const lastModified = time('last_modified', updatedFields, ({ occurred_at: at }) => unixSeconds(at))
export const updatedAt = time('updated_at', updatedFields, ({ occurred_at: at }) => unixSeconds(at))

export const ownTime = (field: string): Key =>
  time(field, [field], ({ current }) => unixSeconds(ownField(current, field)))

/** amoCRM lists a contact's leads by their ids: `linked_leads_id[40326593][ID]=40326593`. */
export const linkedLeads: Key = {
  name: 'linked_leads_id',
  fields: ['linked_leads_id'],
  kind: 'plain',
  read: ({ current }) => {
    const list = ownField(current, 'linked_leads_id')
    const ids = (Array.isArray(list) ? list : []).map(idText).filter((lead) => lead !== null)
    return ids.length === 0 ? undefined : Object.fromEntries(ids.map((lead) => [lead, { ID: lead }]))
  },
}

export const tags: Key = {
  name: 'tags',
  fields: ['tags'],
  kind: 'plain',
  read: ({ current }) => {
    const list = ownField(current, 'tags')
    const names = Array.isArray(list) ? list.filter((tag) => typeof tag === 'string') : []
    return names.length === 0 ? undefined : names.map((tag) => ({ name: tag }))
  },
}
export const company = idOf('linked_company_id', 'company_id')
export const companyName: Key = {
  name: 'company_name',
  fields: [],
  kind: 'plain',
  read: ({ related }) => related['company']?.['name'],
}
