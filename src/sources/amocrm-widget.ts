import type { Fields, JsonObject } from '../model/index.ts'
import { kindOf } from './amocrm-entry.ts'
import { asText, idOf, isObject, valueOf } from './json-values.ts'
import { readTime } from './read-time.ts'
import type { SourceItem } from './source.ts'

/**
 * What a widget in the digital pipeline is called about, by number and by word.
 * https://developers.kommo.com/docs/widgets-dp
 */
const meanings: [number: string, word: string, meaning: { created?: true; activity?: string }][] = [
  ['1', 'lead_added', { created: true }],
  ['14', 'lead_status_changed', {}],
  ['15', 'lead_appeared_in_status', {}],
  ['16', 'mail_in', { activity: 'email_received' }],
  ['17', 'call_in', { activity: 'call_received' }],
  ['18', 'site_visit', { activity: 'site_visited' }],
  ['19', 'chat', { activity: 'chat_message_received' }],
  ['20', 'customer_added', { created: true }],
  ['21', 'customer_period_changed', {}],
  ['22', 'customer_appeared_in_period', {}],
]

const byName = new Map(
  meanings.flatMap(([number, word, meaning]) => [
    [number, { word, ...meaning }],
    [word, { word, ...meaning }],
  ]),
)

/**
 * The call of a widget, `{event: {type, type_code, data: {id, element_type, status_id, pipeline_id}, time}}`: where the
 * record stands, and what happened around it. It carries no old ids; "before" is what is kept. null where it is not
 * understood.
 */
export function readWidget(event: JsonObject): SourceItem[] | null {
  const data = valueOf(event, 'data')
  const meaning =
    byName.get(asText(valueOf(event, 'type_code')) ?? '') ?? byName.get(asText(valueOf(event, 'type')) ?? '')
  if (!meaning || !isObject(data)) return null
  const id = idOf(data, 'id')
  const named = kindOf(valueOf(data, 'element_type'))
  const kind = named ?? (meaning.word.startsWith('customer_') ? 'customer' : 'lead')
  if (id === null || (kind !== 'lead' && kind !== 'customer')) return null

  const at = readTime(valueOf(event, 'time'))
  const record = { kind, id }
  const fields = kind === 'lead' ? leadFields(data) : customerFields(data)
  const items: SourceItem[] = []
  if (Object.keys(fields).length > 0 || meaning.created) {
    const created = meaning.created ?? false
    items.push({
      do: 'write', record, fields, old: {}, created, as_of: at, occurred_at: at, actor_id: null, titles: {},
    }) // prettier-ignore
  }
  if (meaning.activity !== undefined) {
    // A widget that answers too late is called again with the same time.
    const external_id = at === null ? null : `${meaning.word}:${kind}:${id}:${at}`
    items.push({ do: 'activity', record, type: meaning.activity, data: {}, occurred_at: at, external_id })
  }
  return items
}

function leadFields(data: JsonObject): Fields {
  const fields: Fields = {}
  const pipeline = asText(valueOf(data, 'pipeline_id'))
  const stage = asText(valueOf(data, 'status_id'))
  if (pipeline !== null) fields.pipeline_id = pipeline
  if (stage !== null) fields.stage_id = stage
  return fields
}

/** A customer stands in a period where a lead stands in a status. */
function customerFields(data: JsonObject): Fields {
  const period = asText(valueOf(data, 'period_id', 'status_id'))
  return period === null ? {} : { period_id: period }
}
