import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, get, type Page } from './client.ts'
import type { DeliveryState } from './deliveries.ts'
import type { Json, JsonObject } from './json.ts'

/** An immutable fact, as it was when it was accepted. */
export interface CrmEvent {
  id: string
  /** `<kind>.<action>` */
  type: string
  account_id: string
  external_id: string | null
  occurred_at: string
  received_at: string
  /** Counts per record. */
  sequence: number
  record: { kind: string; id: string }
  /** The fields after the change; of a deleted record, before it. */
  current: JsonObject
  /** Every field that the write changed, with its old value (null where it was unset). */
  previous: JsonObject
  /** What the type itself describes: old and new stage, for instance. */
  data: JsonObject
  /** Names and fields of what the record points at, as they were: `related.old_stage.name`. */
  related: Record<string, JsonObject>
  actor: { kind: 'user' | 'api' | 'automation' | 'system'; id: string | null }
  source: string
  bulk: boolean
  /** Shared by all events of one write. */
  correlation_id: string
  caused_by: { event_id: string; chain: string[] } | null
}

/** An event in a list: with what became of it. */
export interface ListedEvent extends CrmEvent {
  /** How many webhooks fired, and how many that subscribe to its type were skipped. */
  decisions: { fired: number; skipped: number }
  /** How those of the webhooks that fired stand, the first 20; replays are not among them. */
  deliveries: { id: string; webhook_id: string; state: DeliveryState }[]
}

export type DecisionReason =
  | 'fired' | 'not_subscribed' | 'other_stage' | 'entering' | 'condition' | 'not_newly_true' | 'limit' | 'interval'
  | 'active_hours' | 'loop' | 'rate_guard' | 'disabled' // prettier-ignore

/** A row of conditions that did not hold, with what was asked and what was there. */
export interface FailedRow {
  path: string
  field: string
  operator: string
  expected: Json
  seen: Json
}

/** Whether one webhook fired for an event, and why. */
export interface Decision {
  webhook_id: string
  webhook_name: string
  webhook_version: number
  verdict: 'fired' | 'skipped'
  reason: DecisionReason
  failed: FailedRow[]
  delivery_id: string | null
}

export interface EventFilter {
  type?: string | undefined
  /** With `record_id`. */
  record_kind?: string | undefined
  record_id?: string | undefined
  /** ISO. */
  since?: string | undefined
  until?: string | undefined
}

/** Newest first. What is new is merged into the first page (`mergeNewest`). */
export const eventList = (filter: EventFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['events', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ListedEvent>>(
        '/events',
        { ...filter, limit: pageParam === null ? 50 : 100, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The newest of the list, to be merged into it. */
export const newestEvents = (filter: EventFilter) =>
  get<Page<ListedEvent>>('/events', { ...filter, limit: 50 })

/** A few, the newest first: for who only wants to see what goes on. */
export const lastEvents = (limit: number) =>
  queryOptions({
    queryKey: ['events', 'last', limit],
    queryFn: async ({ signal }) => (await get<Page<ListedEvent>>('/events', { limit }, signal)).items,
  })

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: ({ signal }) => get<CrmEvent>(api`/events/${id}`, undefined, signal),
    // It never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The last events of a record, newest first. */
export const recordEvents = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['events', 'record', kind, id],
    queryFn: async ({ signal }) =>
      (await get<Page<ListedEvent>>('/events', { record_kind: kind, record_id: id, limit: 50 }, signal))
        .items,
  })

/** All events of the write that an event came from, itself among them. A write is of one record. */
export const sameWrite = ({ id, record, received_at, correlation_id }: CrmEvent) =>
  queryOptions({
    queryKey: ['events', id, 'same-write'],
    async queryFn({ signal }) {
      const near = (ms: number) => new Date(Date.parse(received_at) + ms).toISOString()
      const query = {
        record_kind: record.kind,
        record_id: record.id,
        since: near(-5000),
        until: near(5000),
        limit: 100,
      }
      const { items } = await get<Page<ListedEvent>>('/events', query, signal)
      return items.filter((event) => event.correlation_id === correlation_id)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

/** One decision for every webhook that there was. They are made once. */
export const decisionsQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'decisions'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Decision[] }>(api`/events/${eventId}/decisions`, undefined, signal)).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
