import { fieldsOf, nearestName } from '../../crm/index.ts'
import type { EventTypeDescription, Kind, Vocabulary } from '../../crm/index.ts'
import { invalid } from '../../model/index.ts'
import type { Fields, JsonObject } from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'
import { appliedAs } from './applied.ts'
import type { Applied, ChangeInput, EventOutline } from './applied.ts'
import type { Change } from './change.ts'
import { coerceKnown } from './coerce-fields.ts'
import { kindOf } from './not-a-choice.ts'
import { unknownType } from '../webhooks/unknown-type.ts'

/**
 * Something that happened around a record, which changes none of its fields.
 * @throws Problem `invalid`
 */
export function applyActivity(input: ChangeInput, change: Extract<Change, { do: 'activity' }>): Applied {
  const { record, names } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  const description = names.vocabulary.eventTypes.get(`${kind.name}.${change.type}`)
  if (!description?.activity) throw invalid([unknownActivity(kind, change.type, names.vocabulary)])
  const current = record?.state === 'present' ? record.fields : {}
  return counted(input, kind, { action: change.type, data: change.data, current, previous: {} })
}

function unknownActivity(kind: Kind, type: string, { eventTypes }: Vocabulary) {
  const known = [...eventTypes.values()]
    .filter((one) => one.kind === kind.name && one.activity)
    .map(({ action }) => action)
  const near = nearestName(type, known)
  const list = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has none.'
  const message = `A ${kind.name} has no activity "${type}". ${near ? `Did you mean "${near}"?` : list}`
  return { path: 'type', code: 'unknown_activity', message }
}

/**
 * An event that its sender derived: it says itself what changed, and the record as we hold it stays.
 * @throws Problem `invalid`
 */
export function applyEvent(input: ChangeInput, change: Extract<Change, { do: 'event' }>): Applied {
  const { names } = input
  const description = eventTypeOf(change.type, names)
  const kind = kindOf(change.record.kind, names.vocabulary, 'record.kind')
  if (description.kind !== kind.name) {
    const message = `"${change.type}" is an event of a ${description.kind}, and the record is a ${kind.name}.`
    throw invalid([{ path: 'record.kind', code: 'other_kind', message }])
  }
  const known = fieldsOf(kind)
  const current = coerceKnown(change.current, known, 'current')
  const previous = coerceKnown(change.previous, known, 'previous')
  const data = completeData(description, change.data, current, previous)
  return counted(input, kind, { action: description.action, data, current, previous })
}

/** @throws Problem `invalid` with the nearest event type */
function eventTypeOf(type: string, { schema, vocabulary }: AccountNames): EventTypeDescription {
  const known = vocabulary.eventTypes.get(type)
  if (known && vocabulary.kinds.has(known.kind)) return known
  throw invalid([unknownType(type, schema, { ofRecords: true })!])
}

/**
 * What a change describes (old and new stage…) is filled in from the event's own states where its sender left it out:
 * receivers count on all of it.
 */
function completeData(
  description: EventTypeDescription,
  sent: JsonObject,
  current: Fields,
  previous: Fields,
): JsonObject {
  if (!description.transition) return sent
  const data: JsonObject = {}
  for (const name of Object.keys(description.data)) {
    const field = name.startsWith('old_') ? name.slice('old_'.length) : name
    const states = field === name ? [current] : [previous, current]
    const state = states.find((fields) => Object.hasOwn(fields, field))
    if (state) data[name] = state[field]!
  }
  return { ...data, ...sent }
}

/** An event that changes no fields: the record only counts it. */
function counted(input: ChangeInput, kind: Kind, event: EventOutline): Applied {
  const { record } = input
  return appliedAs(input, kind, {
    fields: record?.fields ?? {},
    state: record?.state ?? 'unknown',
    dirty: false,
    asOf: null,
    events: [event],
    outcome: 'created',
    discovered: { fields: [], pipelines: [], users: [] },
  })
}
