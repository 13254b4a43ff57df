import { applyWrite, coerceField, derive, fieldsOf, linksOf, nearestName, relatedOf } from '../crm/index.ts'
import type { EventTypeDescription, Kind, Vocabulary } from '../crm/index.ts'
import { invalid, notFound, sameJson } from '../model/index.ts'
import type {
  AccountField,
  CrmEvent,
  CrmRecord,
  CrmUser,
  Fields,
  Json,
  JsonObject,
  Pipeline,
} from '../model/index.ts'
import type { AccountNames } from '../record-events/index.ts'
import type { NewId } from '../runtime/ids.ts'
import type { Answer, Change, Origin, Told } from './change.ts'
import { coerceFields } from './coerce-fields.ts'
import { discoverNames, pipelineOfStage } from './discover-names.ts'
import { unknownType } from './unknown-type.ts'

export interface ChangeInput {
  accountId: string
  change: Change
  origin: Origin
  /** The record as the changes before this one left it; null where there is none. */
  record: CrmRecord | null
  names: AccountNames
  strict: boolean
  linked(kind: string, id: string): Fields | null
  now: number
  newId: NewId
}

export interface Applied {
  record: CrmRecord
  /** The row must be written. */
  dirty: boolean
  events: CrmEvent[]
  outcome: Answer['outcome']
  discovered: { fields: AccountField[]; pipelines: Pipeline[]; users: CrmUser[] }
}

type Part<Do extends Change['do']> = Extract<Change, { do: Do }>

/** @throws Problem `invalid` with the nearest kind */
function kindOf(name: string, { kinds }: Vocabulary, path = 'kind'): Kind {
  const kind = kinds.get(name)
  if (kind) return kind
  const near = nearestName(name, kinds.keys())
  const message = `There is no kind "${name}".${near ? ` Did you mean "${near}"?` : ''}`
  throw invalid([{ path, code: 'unknown_kind', message }])
}

/** @throws Problem `invalid` with the nearest event type */
function eventTypeOf(type: string, { schema, vocabulary }: AccountNames): EventTypeDescription {
  const known = vocabulary.eventTypes.get(type)
  if (known && vocabulary.kinds.has(known.kind)) return known
  throw invalid([unknownType(type, schema, { ofRecords: true })!])
}

/**
 * One change on one record: its new state and the events that this means. Pure but for ids; nothing is written.
 * @throws Problem `invalid`, `not_found`
 */
export function applyChange(input: ChangeInput): Applied {
  const { change, record } = input
  if ((change.do === 'write' || change.do === 'delete') && isStale(change.as_of, record))
    return { ...unchanged(record!), outcome: 'stale' }
  switch (change.do) {
    case 'write':
      return applyFields(input, change)
    case 'delete':
      return applyDelete(input, change)
    case 'activity':
      return applyActivity(input, change)
    case 'event':
      return applyEvent(input, change)
  }
}

function isStale(asOf: string | null, record: CrmRecord | null): boolean {
  return asOf !== null && record !== null && record.as_of !== null && Date.parse(asOf) < record.as_of
}

function unchanged(record: CrmRecord): Applied {
  const discovered = { fields: [], pipelines: [], users: [] }
  return { record, dirty: false, events: [], outcome: 'unchanged', discovered }
}

function applyFields(input: ChangeInput, change: Part<'write'>): Applied {
  const { record, names, strict } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  const { fields, discovered } = coerceFields(kind, change.fields, names, strict, change.told?.titles)
  const stored = record !== null && record.state !== 'unknown' ? record.fields : null
  const restored = record?.state === 'deleted'
  standInPipeline(kind, fields, stored, change.replace, names)
  const merged = applyWrite(stored, { fields, replace: change.replace })
  const { after } = merged
  // Also of a write that repeats what is held: its stage or owner may have been deleted from the account meanwhile. A
  // strict account refuses no repetition, since nothing comes in by it.
  const repeats = stored !== null && merged.changed.length === 0
  const newNames = discoverNames(kind, strict && repeats ? {} : after, names, strict)

  const before = change.told ? beforeAsTold(change.told, stored, after, kind) : stored
  const previous = change.told && before ? differences(before, after) : merged.previous
  const derived = derive(kind, before, after, { previous, restored, stageType: stageTypeIn(names, kind) })
  return finish(input, kind, {
    fields: after,
    state: 'present',
    dirty: !stored || restored || merged.changed.length > 0 || isYounger(change.as_of, record),
    asOf: change.as_of,
    events: derived.map(({ action, data }) => ({ action, data, current: after, previous })),
    outcome: !stored || restored ? 'created' : merged.changed.length > 0 ? 'changed' : 'unchanged',
    discovered: { fields: discovered, ...newNames },
  })
}

function isYounger(asOf: string | null, record: CrmRecord | null): boolean {
  return asOf !== null && Date.parse(asOf) > (record?.as_of ?? -Infinity)
}

/**
 * The record as it was before a call of another system. What the call itself says of old values is believed where we hold
 * something else than the new one; where we hold the new value already, the call is a repetition and no news.
 */
function beforeAsTold(
  { old, created }: Told,
  stored: Fields | null,
  after: Fields,
  kind: Kind,
): Fields | null {
  if (!stored && created) return null
  const before: Fields = { ...(stored ?? after) }
  for (const [name, value] of Object.entries(coerceKnown(old, fieldsOf(kind), 'old'))) {
    if (!stored || !sameJson(stored[name], after[name])) before[name] = value
  }
  return before
}

function differences(before: Fields, after: Fields): Fields {
  const previous: Fields = {}
  for (const name of Object.keys(after))
    if (!sameJson(before[name], after[name])) previous[name] = before[name] ?? null
  return previous
}

/** A stage alone is enough where only one pipeline has it: `PATCH {"stage_id": "won"}`. */
function standInPipeline(
  kind: Kind,
  fields: Fields,
  before: Fields | null,
  replace: boolean,
  names: AccountNames,
): void {
  const stageId = fields['stage_id']
  const known = fields['pipeline_id'] ?? (replace ? null : before?.['pipeline_id'])
  if (typeof stageId !== 'string' || (known !== null && known !== undefined)) return
  const pipelineId = pipelineOfStage(names, kind.name, stageId)
  if (pipelineId !== null) fields['pipeline_id'] = pipelineId
}

function stageTypeIn(names: AccountNames, kind: Kind) {
  return (pipelineId: Json | undefined, stageId: Json | undefined) =>
    names.stageType(kind.name, pipelineId, stageId)
}

function applyDelete(input: ChangeInput, change: Part<'delete'>): Applied {
  const { record, names } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  if (record?.state !== 'present') throw notFound(kind.name, change.record.id)
  const { fields } = record
  const derived = derive(kind, fields, null, {
    previous: {},
    restored: false,
    stageType: stageTypeIn(names, kind),
  })
  return finish(input, kind, {
    fields,
    state: 'deleted',
    dirty: true,
    asOf: change.as_of,
    events: derived.map(({ action, data }) => ({ action, data, current: fields, previous: {} })),
    outcome: 'changed',
    discovered: { fields: [], pipelines: [], users: [] },
  })
}

function applyActivity(input: ChangeInput, change: Part<'activity'>): Applied {
  const { record, names } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  const description = names.vocabulary.eventTypes.get(`${kind.name}.${change.type}`)
  if (!description?.activity) throw invalid([unknownActivity(kind, change.type, names.vocabulary)])
  const current = record?.state === 'present' ? record.fields : {}
  return finishEvent(input, kind, { action: change.type, data: change.data, current, previous: {} })
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

function applyEvent(input: ChangeInput, change: Part<'event'>): Applied {
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
  return finishEvent(input, kind, { action: description.action, data, current, previous })
}

/** Built-in fields take their own form (ids become text), so that stages and links are found; the others stay as sent. */
function coerceKnown(fields: Fields, known: ReturnType<typeof fieldsOf>, path: string): Fields {
  const coerced: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    const fit = Object.hasOwn(known, name) ? coerceField(value, known[name]!) : { value }
    if (fit.problem !== undefined)
      throw invalid([{ path: `${path}.${name}`, code: 'wrong_type', message: `"${name}" ${fit.problem}.` }])
    coerced[name] = fit.value
  }
  return coerced
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

interface DerivedState {
  action: string
  data: JsonObject
  current: Fields
  previous: Fields
}

interface Outcome {
  fields: Fields
  state: CrmRecord['state']
  dirty: boolean
  asOf: string | null
  events: DerivedState[]
  outcome: Answer['outcome']
  discovered: Applied['discovered']
}

/** An event that changes no fields: the record only counts it. */
function finishEvent(input: ChangeInput, kind: Kind, event: DerivedState): Applied {
  const { record } = input
  return finish(input, kind, {
    fields: record?.fields ?? {},
    state: record?.state ?? 'unknown',
    dirty: false,
    asOf: null,
    events: [event],
    outcome: 'created',
    discovered: { fields: [], pipelines: [], users: [] },
  })
}

function finish(input: ChangeInput, kind: Kind, outcome: Outcome): Applied {
  const { accountId, change, record, now } = input
  const events = eventsOf(input, kind, outcome.events)
  const asOf = outcome.asOf === null ? null : Date.parse(outcome.asOf)
  return {
    record: {
      account_id: accountId,
      kind: kind.name,
      id: change.record.id,
      state: outcome.state,
      fields: outcome.fields,
      sequence: (record?.sequence ?? 0) + events.length,
      last_event_id: events.at(-1)?.id ?? record?.last_event_id ?? null,
      as_of: asOf ?? record?.as_of ?? null,
      // Events may name a record long before anybody writes it.
      created_at: record && record.state !== 'unknown' ? record.created_at : now,
      updated_at: outcome.dirty ? now : (record?.updated_at ?? now),
    },
    dirty: outcome.dirty || events.length > 0,
    events,
    outcome: outcome.outcome,
    discovered: outcome.discovered,
  }
}

function eventsOf(
  { accountId, change, origin, record, names, linked, now, newId }: ChangeInput,
  kind: Kind,
  derived: DerivedState[],
): CrmEvent[] {
  if (derived.length === 0) return []
  const receivedAt = new Date(now).toISOString()
  const occurredAt = change.occurred_at === null ? receivedAt : new Date(change.occurred_at).toISOString()
  const externalId = change.do === 'event' || change.do === 'activity' ? change.external_id : null
  let sequence = record?.sequence ?? 0
  let correlationId = ''

  return derived.map(({ action, data, current, previous }): CrmEvent => {
    const id = newId('evt', now)
    correlationId ||= id
    return {
      id,
      type: `${kind.name}.${action}`,
      account_id: accountId,
      external_id: externalId,
      occurred_at: occurredAt,
      received_at: receivedAt,
      sequence: ++sequence,
      record: change.record,
      current,
      previous,
      data,
      related: relatedOf({
        kind,
        current,
        previous,
        data,
        linked,
        pipelines: names.pipelines(kind.name),
        users: names.users,
        fields: names.schema.fields,
      }),
      actor: origin.actor,
      source: origin.source,
      bulk: origin.bulk,
      correlation_id: correlationId,
      caused_by: origin.caused_by,
      ...(origin.traceparent === undefined ? {} : { traceparent: origin.traceparent }),
    }
  })
}

/** What must be read before a change is applied: the records that its record links to, before and after. */
export function linkedBy(change: Change, before: Fields | null, names: AccountNames) {
  const kind = names.vocabulary.kinds.get(change.record.kind)
  if (!kind) return []
  const sent = change.do === 'write' ? change.fields : change.do === 'event' ? change.current : {}
  return linksOf(kind, { ...before, ...sent }, names.schema.fields)
}
