import { applyWrite, derive, fieldsOf, linksOf } from '../../crm/index.ts'
import type { Kind } from '../../crm/index.ts'
import { notFound, sameJson } from '../../model/index.ts'
import type { CrmRecord, Fields, Json } from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'
import { appliedAs } from './applied.ts'
import type { Applied, ChangeInput } from './applied.ts'
import { applyActivity, applyEvent } from './apply-event.ts'
import type { Change, Told } from './change.ts'
import { coerceFields, coerceKnown } from './coerce-fields.ts'
import { discoverNames, pipelineOfStage } from './discover-names.ts'
import { kindOf } from './not-a-choice.ts'

export type { Applied } from './applied.ts'

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

function applyFields(input: ChangeInput, change: Extract<Change, { do: 'write' }>): Applied {
  const { record, names, strict } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  const { fields, discovered } = coerceFields(kind, change.fields, names, strict, change.told?.titles)
  const stored = record !== null && record.state !== 'unknown' ? record.fields : null
  const restored = record?.state === 'deleted'
  standInPipeline(kind, fields, stored, change.replace, names)
  const merged = applyWrite(stored, { fields, replace: change.replace })
  const { after } = merged
  // Also of what the write leaves as it is: its stage or owner may have been deleted from the account meanwhile. A strict
  // account refuses only what the write itself brings in.
  const newNames = discoverNames(kind, strict ? broughtIn(after, merged.changed) : after, names, strict)

  const before = change.told ? beforeAsTold(change.told, stored, after, kind) : stored
  const previous = change.told && before ? differences(before, after) : merged.previous
  const derived = derive(kind, before, after, { previous, restored, stageType: stageTypeIn(names, kind) })
  return appliedAs(input, kind, {
    fields: after,
    state: 'present',
    dirty: !stored || restored || merged.changed.length > 0 || isYounger(change.as_of, record),
    asOf: change.as_of,
    events: derived.map(({ action, data }) => ({ action, data, current: after, previous })),
    outcome: !stored || restored ? 'created' : merged.changed.length > 0 ? 'changed' : 'unchanged',
    discovered: { fields: discovered, ...newNames },
  })
}

/** The fields that changed; a stage is one of its pipeline, so that either brings the other with it. */
function broughtIn(after: Fields, changed: string[]): Fields {
  const place = ['pipeline_id', 'stage_id']
  const moved = changed.some((name) => place.includes(name))
  const names = moved ? [...changed, ...place] : changed
  return Object.fromEntries(names.map((name) => [name, after[name] ?? null]))
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

function applyDelete(input: ChangeInput, change: Extract<Change, { do: 'delete' }>): Applied {
  const { record, names } = input
  const kind = kindOf(change.record.kind, names.vocabulary)
  if (record?.state !== 'present') throw notFound(kind.name, change.record.id)
  const { fields } = record
  const derived = derive(kind, fields, null, {
    previous: {},
    restored: false,
    stageType: stageTypeIn(names, kind),
  })
  return appliedAs(input, kind, {
    fields,
    state: 'deleted',
    dirty: true,
    asOf: change.as_of,
    events: derived.map(({ action, data }) => ({ action, data, current: fields, previous: {} })),
    outcome: 'changed',
    discovered: { fields: [], pipelines: [], users: [] },
  })
}

/** What must be read before a change is applied: the records that its record links to, before and after. */
export function linkedBy(change: Change, before: Fields | null, names: AccountNames) {
  const kind = names.vocabulary.kinds.get(change.record.kind)
  if (!kind) return []
  const sent = change.do === 'write' ? change.fields : change.do === 'event' ? change.current : {}
  return linksOf(kind, { ...before, ...sent }, names.schema.fields)
}
