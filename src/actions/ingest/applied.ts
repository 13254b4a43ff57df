import { relatedOf } from '../../crm/index.ts'
import type { Kind } from '../../crm/index.ts'
import type {
  AccountField,
  CrmEvent,
  CrmRecord,
  CrmUser,
  Fields,
  JsonObject,
  Pipeline,
} from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'
import type { NewId } from '../../runtime/ids.ts'
import type { Answer, Change, Origin } from './change.ts'

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

/** One event, before it has an id and a place in the record's sequence. */
export interface EventOutline {
  action: string
  data: JsonObject
  current: Fields
  previous: Fields
}

/** What a change comes to. */
interface Outcome {
  fields: Fields
  state: CrmRecord['state']
  dirty: boolean
  asOf: string | null
  events: EventOutline[]
  outcome: Answer['outcome']
  discovered: Applied['discovered']
}

/** The record as it stands after a change, with the events that count in it. Pure but for ids. */
export function appliedAs(input: ChangeInput, kind: Kind, outcome: Outcome): Applied {
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
  derived: EventOutline[],
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
