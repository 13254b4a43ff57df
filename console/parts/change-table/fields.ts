/** What an event says that changed: fields with their values before and after, and what their ids were called at that time. */
import type { EventType, FieldType, Kind } from '../../data/catalogue.ts'
import type { CrmEvent } from '../../data/events.ts'
import type { Json } from '../../data/json.ts'

export interface ChangedField {
  name: string
  title: string
  type: FieldType
  before: Json
  after: Json
  /** Names of the stages, people and records behind ids, as the event itself remembers them. */
  beforeName: string | null
  afterName: string | null
}

/** Every field that the write changed: those that the event is about first, then in the order of the kind's fields. */
export function changedFields(event: CrmEvent, kind: Kind | undefined): ChangedField[] {
  return Object.keys(event.previous)
    .toSorted((a, b) => rank(a, event, kind) - rank(b, event, kind))
    .map((name) => ({
      ...describe(name, event, kind),
      before: inCurrency(
        name,
        event.previous[name] ?? null,
        event.previous['currency'] ?? event.current['currency'],
      ),
      after: inCurrency(name, event.current[name] ?? null, event.current['currency']),
      beforeName: nameIn(event, `old_${relatedName(name)}`, event.previous[name]),
      afterName: nameIn(event, relatedName(name), event.current[name]),
    }))
}

export interface KeptField {
  name: string
  title: string
  type: FieldType
  value: Json
  valueName: string | null
}

/** The fields that the write left as they were, empty ones aside. */
export function keptFields(event: CrmEvent, kind: Kind | undefined): KeptField[] {
  return Object.entries(event.current)
    .filter(([name, value]) => !Object.hasOwn(event.previous, name) && value !== null)
    .toSorted(([a], [b]) => rank(a, event, kind) - rank(b, event, kind))
    .map(([name, value]) => ({
      ...describe(name, event, kind),
      value: inCurrency(name, value, event.current['currency']),
      valueName: nameIn(event, relatedName(name), value),
    }))
}

/** Fields whose currency stands beside them, in a field of its own. */
const priced: readonly string[] = ['price', 'total']

function inCurrency(name: string, value: Json, currency: Json | undefined): Json {
  const isPrice = priced.includes(name) && typeof value === 'number' && typeof currency === 'string'
  return isPrice && currency !== '' ? { amount: value, currency } : value
}

/** What the event's own data tell that no field does: the subject of a mail, its text. */
export function toldData(event: CrmEvent, type: EventType | undefined): KeptField[] {
  const order = Object.keys(type?.data ?? {})
  const fields = new Set([...Object.keys(event.previous), ...Object.keys(event.current)])
  return (
    Object.entries(event.data)
      .filter(([name, value]) => value !== null && value !== '' && !fields.has(name.replace(/^old_/, '')))
      // Which fields changed, by their names in the API: each is shown with its values.
      .filter(([name]) => name !== 'changed' || Object.keys(event.previous).length === 0)
      .toSorted(([a], [b]) => place(order, a) - place(order, b))
      .map(([name, value]) => ({
        name,
        title: name,
        type: type?.data[name] ?? guess(value),
        value,
        valueName: nameIn(event, relatedName(name), value),
      }))
  )
}

/** Of the server's own events, what their title does not say yet. */
const systemNews = ['reason', 'status_code', 'failures_in_a_row', 'url']

/** What is worth a line of a list. */
export function toldInShort(event: CrmEvent, told: KeptField[]): KeptField[] {
  if (!isSystemKind(event.record.kind)) return told
  return systemNews.flatMap((name) => told.filter((entry) => entry.name === name))
}

/** The server tells of webhooks and deliveries itself; everything else is a record. */
function isSystemKind(kind: string): boolean {
  return kind === 'webhook' || kind === 'delivery'
}

/** What the record was called, else its id. The server's own events tell of a webhook, and name it in their data. */
export function recordTitle({
  current,
  data,
  record,
}: Pick<CrmEvent, 'current' | 'data' | 'record'>): string {
  const name = current['name'] ?? (isSystemKind(record.kind) ? data['webhook_name'] : null)
  return typeof name === 'string' && name.trim() !== '' ? name : record.id
}

function describe(name: string, event: CrmEvent, kind: Kind | undefined) {
  const known = kind?.fields.find((field) => field.name === name)
  const value = event.current[name] ?? event.previous[name] ?? null
  return { name, title: known?.title ?? name, type: known?.type ?? guess(value) }
}

function guess(value: Json): FieldType {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' && value !== null ? 'json' : 'text'
}

/** What the event is about comes first: the stage of a stage change. Its own field before what merely comes along. */
function rank(name: string, { data }: CrmEvent, kind: Kind | undefined): number {
  const fields = kind?.fields.map((field) => field.name) ?? []
  const isMoved =
    Object.hasOwn(data, `old_${name}`) && JSON.stringify(data[`old_${name}`]) !== JSON.stringify(data[name])
  return (isMoved ? 0 : 1000) + place(fields, name)
}

function place(order: string[], name: string): number {
  const at = order.indexOf(name)
  return at < 0 ? order.length : at
}

/** `contact_id` is described under `contact`. */
function relatedName(field: string): string {
  return field.endsWith('_id') ? field.slice(0, -'_id'.length) : field
}

function nameIn({ related }: CrmEvent, key: string, id: Json | undefined): string | null {
  const described = related[key]
  // What is described there may be another thing of that name.
  if (!described || id === null || id === undefined || String(described['id']) !== String(id)) return null
  const { name } = described
  return typeof name === 'string' && name !== '' ? name : null
}
