import type { Json, JsonObject } from './json.ts'
import type { Fields, RecordRef } from './record.ts'

export interface Actor {
  kind: 'user' | 'api' | 'automation' | 'system'
  id: string | null
}

/** What a webhook's own delivery caused: the event behind it, and the webhooks passed on the way here. */
export interface Cause {
  event_id: string
  chain: string[]
}

/**
 * An immutable fact. Conditions and payloads read only this snapshot; nothing is read again later.
 * It is stored as JSON text in the order of these keys, and every time in it is ISO 8601 with milliseconds, UTC.
 */
export interface CrmEvent {
  id: string
  /** `<kind>.<action>`, e.g. `lead.stage_changed`. */
  type: string
  account_id: string
  /** The caller's own id of this event; deduplicates within the account. */
  external_id: string | null
  /** When it happened, by the caller. */
  occurred_at: string
  /** When we accepted it. Retention goes by this. */
  received_at: string
  /** Counts per record. */
  sequence: number
  record: RecordRef
  /** The record's fields after the change; for `deleted`, before it. */
  current: Fields
  /** Every field that the write changed, with its old value (null where it was unset); the same in all events of the write. */
  previous: Fields
  /** What the event type itself describes, e.g. old and new stage. */
  data: JsonObject
  /** Names and described fields of what the record points at, one hop away, as they were: `related.stage.name`. */
  related: { [name: string]: { [field: string]: Json } }
  actor: Actor
  source: string
  bulk: boolean
  /** Shared by all events of one write. */
  correlation_id: string
  caused_by: Cause | null
  /** The trace that the change came in (W3C Trace Context, version 00). Passed on by header; payloads do not hold it. */
  traceparent?: string
}

/** The action part of an event type: `lead.stage_changed` → `stage_changed`. */
export function actionOf(type: string): string {
  return type.slice(type.indexOf('.') + 1)
}

const texts = new WeakMap<CrmEvent, string>()

/** The event as JSON text, written once: it is kept, answered and sent in this one form, and never changes. */
export function eventText(event: CrmEvent): string {
  let text = texts.get(event)
  if (text === undefined) texts.set(event, (text = JSON.stringify(event)))
  return text
}
