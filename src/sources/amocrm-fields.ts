import type { Fields, Json, JsonObject } from '../model/index.ts'
import { kindOf, linkOf, membersOf, unixTime } from './amocrm-entry.ts'
import { asText, isObject, textOf, valueOf } from './json-values.ts'

/** One key of an entry as a field of ours. */
type FieldReader = (value: Json, entry: JsonObject) => Fields

const id =
  (name: string): FieldReader =>
  (value) => ({ [name]: asText(value) })
const link =
  (name: string): FieldReader =>
  (value) => ({ [name]: linkOf(value) })
const linkInside =
  (name: string): FieldReader =>
  (value) => ({ [name]: linkOf(isObject(value) ? valueOf(value, 'id', 'ID') : value) })
const time =
  (name: string): FieldReader =>
  (value) => ({ [name]: unixTime(value) ?? asText(value) })
const nothing: FieldReader = () => ({})

/**
 * Keys that are no plain fields. What says when and by whom an entry was changed is the write's, not the record's: kept as a
 * field it would make an `updated` of every call.
 */
const common = new Map<string, FieldReader>([
  ['id', nothing],
  ['type', nothing],
  ['account_id', nothing],
  ['last_modified', nothing],
  ['updated_at', nothing],
  ['modified_user_id', nothing],
  ['old_status_id', nothing],
  ['old_pipeline_id', nothing],
  ['old_responsible_user_id', nothing],
  ['old_period_id', nothing],
  ['date_create', time('created_at')],
  ['created_at', time('created_at')],
  ['closed_at', time('closed_at')],
  ['date_close', time('closed_at')],
  ['closest_task_at', time('closest_task_at')],
  ['next_date', time('next_date')],
  ['created_user_id', link('created_user_id')],
  ['pipeline_id', id('pipeline_id')],
  ['status_id', id('stage_id')],
  ['period_id', id('period_id')],
  ['responsible_user_id', link('owner_id')],
  ['main_contact_id', link('contact_id')],
  ['main_contact', linkInside('contact_id')],
  ['linked_company_id', link('company_id')],
  ['company_id', link('company_id')],
  ['company', linkInside('company_id')],
  ['tags', (value) => ({ tags: tagsOf(value) })],
  ['linked_leads_id', (value) => ({ linked_leads_id: membersOf(value).flatMap(linkedId) })],
  ['custom_fields', nothing],
])

const ofTasks = new Map<string, FieldReader>([
  ['text', (value) => ({ name: asText(value) })],
  ['status', (value) => ({ completed: asText(value) === '1' })],
  ['is_completed', (value) => ({ completed: ['1', 'true'].includes(String(value)) })],
  ['element_type', nothing],
  [
    'element_id',
    (value, entry) => {
      const kind = kindOf(valueOf(entry, 'element_type'))
      return { [kind === null ? 'element_id' : `${kind}_id`]: linkOf(value) }
    },
  ],
  ['complete_till', time('complete_till')],
  ['complete_before', time('complete_till')],
])

export interface FoundFields {
  fields: Fields
  /** For fields that only have numbers. */
  titles: Record<string, string>
  /** Which members of `custom_fields` are none. */
  lost: string[]
}

/** What a write finds in an entry: the fields as they are now. */
export function fieldsOf(kind: string, entry: JsonObject): FoundFields {
  const fields: Fields = {}
  for (const [key, value] of Object.entries(entry)) {
    const reader = (kind === 'task' ? ofTasks.get(key) : undefined) ?? common.get(key)
    Object.assign(fields, reader ? reader(value, entry) : { [key]: value === '' ? null : value })
  }
  return { fields, ...addCustomFields(fields, valueOf(entry, 'custom_fields')) }
}

/**
 * What stood before. amoCRM says it only of the stage, the pipeline, the responsible and the period. A call that names an
 * old stage and no old pipeline says that the pipeline is the same; an empty old id says that there was none.
 */
export function oldFieldsOf(entry: JsonObject): Fields {
  const old: Fields = {}
  const take = (key: string, field: string) => {
    const value = valueOf(entry, key)
    if (value !== undefined) old[field] = asText(value)
  }
  take('old_status_id', 'stage_id')
  take('old_pipeline_id', 'pipeline_id')
  take('old_period_id', 'period_id')
  const owner = valueOf(entry, 'old_responsible_user_id')
  if (owner !== undefined) old.owner_id = linkOf(owner)
  if (old.stage_id !== undefined && old.pipeline_id === undefined) take('pipeline_id', 'pipeline_id')
  return old
}

/**
 * `custom_fields` as `cf_<id>`: one value, or the list of them. amoCRM's ids are numbers; where a Hookline writes in its shape,
 * the id of a field without a number is the field's own name. E-mail and phone are also our own fields of those names.
 */
function addCustomFields(fields: Fields, custom: Json | undefined): Omit<FoundFields, 'fields'> {
  const titles: Record<string, string> = {}
  const lost: string[] = []
  for (const [index, field] of membersOf(custom).entries()) {
    const id = isObject(field) ? textOf(field, 'id', 'field_id') : null
    if (!isObject(field) || id === null || !/^[^\p{Cc}]{1,90}$/u.test(id)) {
      lost.push(`custom_fields[${index}]`)
      continue
    }
    const values = membersOf(valueOf(field, 'values'))
      .map((entry) => (isObject(entry) ? (valueOf(entry, 'value') ?? null) : entry))
      .filter((value) => value !== null && value !== '')
    const name = /^[0-9]+$/.test(id) ? `cf_${id}` : id
    fields[name] = values.length > 1 ? values : (values[0] ?? null)
    const title = textOf(field, 'name')
    if (title !== null && title !== name) titles[name] = title.slice(0, 200).toWellFormed()
    const builtIn = builtInByCode.get(textOf(field, 'code', 'field_code') ?? '')
    if (builtIn !== undefined) fields[builtIn] = asText(values[0]) ?? null
  }
  return { titles, lost }
}

const builtInByCode = new Map([
  ['EMAIL', 'email'],
  ['PHONE', 'phone'],
])

/** `tags[0][name]`, or texts with commas between. */
function tagsOf(value: Json): string[] {
  const tags = typeof value === 'string' ? value.split(',') : membersOf(value)
  return tags
    .map((tag) => (isObject(tag) ? textOf(tag, 'name') : asText(tag))?.trim() ?? '')
    .filter((tag) => tag !== '')
}

/** `linked_leads_id[35144366][ID]` */
function linkedId(value: Json): string[] {
  const id = linkOf(isObject(value) ? valueOf(value, 'ID', 'id') : value)
  return id === null ? [] : [id]
}
