import {
  applyWrite,
  coerceField,
  derive,
  fieldsOf,
  findEventType,
  findKind,
  linksOf,
  nearestName,
  relatedOf,
} from '../crm/index.ts'
import { builtInKinds, eventTypes } from '../crm/index.ts'
import type { EventTypeDescription, Kind } from '../crm/index.ts'
import { invalid, notFound } from '../model/index.ts'
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
import { newId } from '../runtime/ids.ts'
import type { Change, Origin } from './change.ts'
import { coerceFields } from './coerce-fields.ts'
import { discoverNames, pipelineOfStage } from './discover-names.ts'

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
}

export interface Applied {
  record: CrmRecord
  events: CrmEvent[]
  /** It did not exist, or only deleted, before. */
  created: boolean
  discovered: { fields: AccountField[]; pipelines: Pipeline[]; users: CrmUser[] }
}

/** The kind by name. @throws Problem `invalid` with the nearest one */
export function kindOf(name: string, path = 'kind'): Kind {
  const kind = findKind(name)
  if (kind) return kind
  const near = nearestName(
    name,
    builtInKinds.map((known) => known.name),
  )
  const message = `There is no kind "${name}".${near ? ` Did you mean "${near}"?` : ''}`
  throw invalid([{ path, code: 'unknown_kind', message }])
}

/** The event type by name. @throws Problem `invalid` with the nearest one */
export function eventTypeOf(type: string): EventTypeDescription {
  const known = findEventType(type)
  if (known) return known
  const near = nearestName(
    type,
    eventTypes.map((description) => description.type),
  )
  const message = `There is no event type "${type}". ${near ? `Did you mean "${near}"?` : 'GET /v1/catalogue lists them.'}`
  throw invalid([{ path: 'type', code: 'unknown_event_type', message }])
}

/**
 * One change on one record: its new state and the events that this means. Pure but for ids; nothing is written.
 * @throws Problem `invalid`, `not_found`
 */
export function applyChange(input: ChangeInput): Applied {
  switch (input.change.do) {
    case 'write':
      return applyFields(input, input.change)
    case 'delete':
      return applyDelete(input, input.change)
    case 'event':
      return applyEvent(input, input.change)
  }
}

function applyFields(input: ChangeInput, change: Extract<Change, { do: 'write' }>): Applied {
  const { record, names, strict } = input
  const kind = kindOf(change.record.kind)
  const { fields, discovered } = coerceFields(kind, change.fields, names, strict, '')
  const existed = record !== null && record.state !== 'unknown'
  const restored = record?.state === 'deleted'
  const before = existed ? record.fields : null
  standInPipeline(kind, fields, before, change.replace, names)
  const { after, previous, changed } = applyWrite(before, { fields, replace: change.replace })
  const newNames = discoverNames(kind, changed.length > 0 || !existed ? after : {}, names, strict)

  const stageType = (pipelineId: Json | undefined, stageId: Json | undefined) =>
    names.stageType(kind.name, pipelineId, stageId)
  const derived = derive(kind, before, after, { previous, restored, stageType })
  return finish(input, kind, {
    fields: after,
    state: 'present',
    changed: !existed || restored || changed.length > 0,
    events: derived.map(({ action, data }) => ({ action, data, current: after, previous })),
    created: !existed || restored,
    discovered: { fields: discovered, ...newNames },
  })
}

/** A stage alone is enough where only one pipeline has it: `PATCH {"stage_id": "won"}`. */
function standInPipeline(
  kind: Kind,
  fields: Fields,
  before: Fields | null,
  replace: boolean,
  names: AccountNames,
): void {
  const stageId = fields.stage_id
  const known = fields.pipeline_id ?? (replace ? null : before?.pipeline_id)
  if (typeof stageId !== 'string' || known != null) return
  const pipelineId = pipelineOfStage(names, kind.name, stageId)
  if (pipelineId !== null) fields.pipeline_id = pipelineId
}

function applyDelete(input: ChangeInput, change: Extract<Change, { do: 'delete' }>): Applied {
  const { record, names } = input
  const kind = kindOf(change.record.kind)
  if (record?.state !== 'present') throw notFound(kind.name, change.record.id)
  const stageType = (pipelineId: Json | undefined, stageId: Json | undefined) =>
    names.stageType(kind.name, pipelineId, stageId)
  const derived = derive(kind, record.fields, null, { previous: {}, restored: false, stageType })
  return finish(input, kind, {
    fields: record.fields,
    state: 'deleted',
    changed: true,
    events: derived.map(({ action, data }) => ({ action, data, current: record.fields, previous: {} })),
    created: false,
    discovered: { fields: [], pipelines: [], users: [] },
  })
}

function applyEvent(input: ChangeInput, change: Extract<Change, { do: 'event' }>): Applied {
  const { record } = input
  const description = eventTypeOf(change.type)
  const kind = kindOf(change.record.kind, 'record.kind')
  if (description.kind !== kind.name) {
    const message = `"${change.type}" is an event of a ${description.kind}, and the record is a ${kind.name}.`
    throw invalid([{ path: 'record.kind', code: 'other_kind', message }])
  }
  const known = fieldsOf(kind)
  const current = coerceKnown(change.current, known, 'current')
  const previous = coerceKnown(change.previous, known, 'previous')
  const data = completeData(description, change.data, current, previous)
  return finish(input, kind, {
    fields: record?.fields ?? {},
    state: record?.state ?? 'unknown',
    changed: false,
    events: [{ action: description.action, data, current, previous }],
    created: false,
    discovered: { fields: [], pipelines: [], users: [] },
  })
}

/** Built-in fields take their own form (ids become text), so that stages and links are found; the others stay as sent. */
function coerceKnown(fields: Fields, known: ReturnType<typeof fieldsOf>, path: string): Fields {
  const coerced: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    const fit = Object.hasOwn(known, name) ? coerceField(value, known[name]!) : { value }
    if (fit.problem !== undefined)
      throw invalid([{ path: `${path}.${name}`, code: 'wrong_type', message: `"${name}" ${fit.problem}.` }])
    coerced[name] = fit.value!
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

interface Outcome {
  fields: Fields
  state: CrmRecord['state']
  changed: boolean
  events: { action: string; data: JsonObject; current: Fields; previous: Fields }[]
  created: boolean
  discovered: Applied['discovered']
}

function finish(input: ChangeInput, kind: Kind, outcome: Outcome): Applied {
  const { accountId, change, origin, record, names, now } = input
  let sequence = record?.sequence ?? 0
  const receivedAt = new Date(now).toISOString()
  const occurredAt = change.occurred_at === null ? receivedAt : new Date(change.occurred_at).toISOString()
  let correlationId = ''

  const events = outcome.events.map(({ action, data, current, previous }): CrmEvent => {
    const id = newId('evt', now)
    correlationId ||= id
    return {
      id,
      type: `${kind.name}.${action}`,
      account_id: accountId,
      external_id: change.do === 'event' ? change.external_id : null,
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
        linked: input.linked,
        pipelines: names.pipelines(kind.name),
        users: names.users,
        fields: names.schema.fields,
      }),
      actor: origin.actor,
      source: origin.source,
      bulk: origin.bulk,
      correlation_id: correlationId,
      caused_by: null,
    }
  })

  return {
    record: {
      account_id: accountId,
      kind: kind.name,
      id: change.record.id,
      state: outcome.state,
      fields: outcome.fields,
      sequence,
      // Events may name a record long before anybody writes it.
      created_at: record && record.state !== 'unknown' ? record.created_at : now,
      updated_at: outcome.changed ? now : (record?.updated_at ?? now),
    },
    events,
    created: outcome.created,
    discovered: outcome.discovered,
  }
}

/** What must be read before a change is applied: the records that its record links to, before and after. */
export function linkedBy(change: Change, before: Fields | null, names: AccountNames) {
  const kind = findKind(change.record.kind)
  if (!kind) return []
  const sent = change.do === 'write' ? change.fields : change.do === 'event' ? change.current : {}
  return linksOf(kind, { ...before, ...sent }, names.schema.fields)
}
