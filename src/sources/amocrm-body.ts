import type { Json, JsonObject, ProblemDetail } from '../model/index.ts'
import { readMessage, readNote } from './amocrm-activities.ts'
import { linkOf, timeOf } from './amocrm-entry.ts'
import { fieldsOf, oldFieldsOf } from './amocrm-fields.ts'
import { readWidget } from './amocrm-widget.ts'
import { idOf, isObject, textOf, valueOf } from './json-values.ts'
import { itemsMax, remark, shorten } from './remarks.ts'
import type { SourceItem } from './source.ts'

export interface Findings {
  items: SourceItem[]
  problems: ProblemDetail[]
  ignored: ProblemDetail[]
}

/** One entry of a call, `leads[status][0]`: what it says is added to the findings; false where it was not understood. */
type EntryReader = (kind: string, entry: JsonObject, found: Findings, path: string) => boolean

const actions = new Map<string, EntryReader>([
  ['add', (kind, entry, found, path) => write(kind, entry, found, path, true)],
  ['update', change],
  ['status', change],
  ['responsible', change],
  ['period', change],
  ['delete', remove],
  ['restore', restore],
  ['note', note],
  ['mail_in', around('email_received')],
  ['call_in', around('call_received')],
  ['chat', around('chat_message_received')],
  ['site_visit', around('site_visited')],
])

const taskActions = new Map(
  ['add', 'update', 'responsible', 'delete'].map((name) => [name, actions.get(name)!]),
)

/** The first word of a call's names: which records it is about, and what may be said of them. */
const entities = new Map<string, { kind: string; actions: Map<string, EntryReader> }>([
  ['leads', { kind: 'lead', actions }],
  ['contacts', { kind: 'contact', actions }],
  ['companies', { kind: 'company', actions }],
  ['customers', { kind: 'customer', actions }],
  ['task', { kind: 'task', actions: taskActions }],
  ['tasks', { kind: 'task', actions: taskActions }],
  ['message', { kind: 'lead', actions: new Map([['add', message]]) }],
  ['unsorted', { kind: 'lead', actions: new Map([['add', unsorted]]) }],
])

/** Beside the entities: who sends, and what a widget's user had typed into its form. */
const frame = new Set(['account', 'account_id', 'subdomain', 'action', 'this_item'])

/** What a call says, entity by entity, in its own order. */
export function readBody(root: JsonObject): Findings {
  const found: Findings = { items: [], problems: [], ignored: [] }
  for (const [name, value] of Object.entries(root)) {
    if (frame.has(name)) continue
    const entity = entities.get(name)
    if (name === 'event' && isObject(value)) readEvent(value, found)
    else if (!entity || !isObject(value)) notUnderstood(found, name)
    else readEntity(name, entity, value, found)
  }
  if (found.items.length > itemsMax) {
    const message = `The call speaks of more than ${itemsMax} things. Nothing of it was taken.`
    return { items: [], problems: [{ path: '', code: 'too_many_items', message }], ignored: [] }
  }
  return found
}

function readEvent(event: JsonObject, found: Findings): void {
  const items = readWidget(event)
  if (items) found.items.push(...items)
  else notUnderstood(found, 'event')
}

function readEntity(
  name: string,
  { kind, actions }: { kind: string; actions: Map<string, EntryReader> },
  value: JsonObject,
  found: Findings,
): void {
  for (const [action, entries] of Object.entries(value)) {
    const path = `${name}[${action}]`
    const reader = actions.get(action)
    if (!reader) {
      notUnderstood(found, path)
      continue
    }
    for (const [index, entry] of entriesOf(entries)) {
      const at = `${path}[${index}]`
      if (!isObject(entry) || !reader(kindOfEntry(kind, entry), entry, found, at)) notUnderstood(found, at)
    }
  }
}

/** A list, or a form's object of indexes; the sample on amoCRM's page reads as a lone object, too. */
function entriesOf(value: Json): [index: string, entry: Json][] {
  if (!isObject(value)) return Array.isArray(value) ? Object.entries(value) : [['0', value]]
  return Object.hasOwn(value, 'id') && !isObject(value['id']) ? [['0', value]] : Object.entries(value)
}

/** Companies come under `contacts` and say so in their type. */
function kindOfEntry(kind: string, entry: JsonObject): string {
  return kind === 'contact' && valueOf(entry, 'type') === 'company' ? 'company' : kind
}

function notUnderstood({ problems }: Findings, path: string): void {
  remark(problems, path, 'not_understood', `"${shorten(path)}" was not understood. The call is kept.`)
}

function change(kind: string, entry: JsonObject, found: Findings, path: string): boolean {
  return write(kind, entry, found, path, false)
}

function write(kind: string, entry: JsonObject, found: Findings, path: string, created: boolean): boolean {
  const id = idOf(entry, 'id')
  if (id === null) return false
  const { fields, titles } = fieldsIn(kind, entry, found, path)
  const old = oldFieldsOf(entry)
  found.items.push({
    do: 'write',
    record: { kind, id },
    fields,
    old,
    created,
    ...whenAndWho(entry, created),
    titles,
  })
  return true
}

function remove(kind: string, entry: JsonObject, { items }: Findings): boolean {
  const id = idOf(entry, 'id')
  if (id === null) return false
  items.push({ do: 'delete', record: { kind, id }, ...whenAndWho(entry, false) })
  return true
}

function restore(kind: string, entry: JsonObject, found: Findings, path: string): boolean {
  const id = idOf(entry, 'id')
  if (id === null) return false
  const { fields, titles } = fieldsIn(kind, entry, found, path)
  found.items.push({ do: 'restore', record: { kind, id }, fields, ...whenAndWho(entry, false), titles })
  return true
}

function fieldsIn(kind: string, entry: JsonObject, found: Findings, path: string) {
  const { fields, titles, lost } = fieldsOf(kind, entry)
  for (const place of lost) notUnderstood(found, `${path}[${place.replace('[', '][')}`)
  return { fields, titles }
}

function whenAndWho(entry: JsonObject, created: boolean) {
  const changed = ['last_modified', 'updated_at']
  // When and by whom it was made says nothing about a later change.
  const at = timeOf(entry, ...changed, ...(created ? ['date_create', 'created_at'] : []))
  const who = ['modified_user_id', ...(created ? ['created_user_id'] : [])]
  return { as_of: at, occurred_at: at, actor_id: linkOf(valueOf(entry, ...who)) }
}

/** A digital pipeline's event around a record says also where the record stands, and nothing more. */
function around(type: string): EntryReader {
  return (kind, entry, found, path) => {
    if (!write(kind, entry, found, path, false)) return false
    const last = found.items.at(-1)!
    if (last.do === 'write' && Object.keys(last.fields).length === 0) found.items.pop()
    const { record } = last
    const occurred_at = timeOf(entry, 'last_modified', 'updated_at')
    found.items.push({ do: 'activity', record, type, data: {}, occurred_at, external_id: null })
    return true
  }
}

function note(kind: string, entry: JsonObject, { items }: Findings): boolean {
  const activity = readNote(kind, entry)
  if (activity) items.push(activity)
  return activity !== null
}

function message(_kind: string, entry: JsonObject, { items, ignored }: Findings, path: string): boolean {
  const activity = readMessage(entry)
  if (activity === 'outgoing')
    remark(ignored, path, 'outgoing', 'Only messages that come in are recorded; this one was sent.')
  else if (activity) items.push(activity)
  return activity !== null
}

/**
 * An incoming lead that nobody has accepted yet. It is a lead already where the call names one; what else it holds differs
 * from channel to channel. Accepting and declining say nothing that the lead's own calls do not.
 */
function unsorted(_kind: string, entry: JsonObject, found: Findings, path: string): boolean {
  const data = valueOf(entry, 'data')
  const leads = isObject(data) ? valueOf(data, 'leads') : undefined
  const first = leads === undefined ? undefined : entriesOf(leads)[0]?.[1]
  const lead = isObject(first) ? first : {}
  const id = idOf(entry, 'lead_id') ?? idOf(lead, 'id')
  if (id === null) return false
  const { fields, titles } = fieldsIn('lead', lead, found, `${path}[data][leads][0]`)
  const pipeline = textOf(entry, 'pipeline_id')
  if (pipeline !== null) fields.pipeline_id = pipeline
  const at = timeOf(entry, 'created_at', 'date_create')
  found.items.push({
    do: 'write', record: { kind: 'lead', id }, fields, old: {}, created: true, as_of: at, occurred_at: at,
    actor_id: null, titles,
  }) // prettier-ignore
  return true
}
