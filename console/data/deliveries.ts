import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, type Page, post } from './client.ts'
import { changeItems, type Pages } from './newest-first.ts'

export const deliveryStates = ['pending', 'sending', 'waiting', 'delivered', 'dead', 'canceled'] as const
export type DeliveryState = (typeof deliveryStates)[number]
export const settledStates = ['delivered', 'dead', 'canceled'] as const
export type SettledState = (typeof settledStates)[number]

export interface Delivery {
  /** The `webhook-id` of every attempt. */
  id: string
  webhook_id: string
  event_id: string
  event_type: string
  /** `name`: what it is called now; null where it has no name, or was erased. */
  record: { kind: string; id: string; name: string | null }
  sequence: number
  purpose: 'event' | 'test' | 'replay'
  state: DeliveryState
  /** Why it ended so, where the state does not say it. */
  reason: string | null
  attempt_count: number
  /** When it is tried next; null once it is settled. */
  due_at: string | null
  expires_at: string
  last_status_code: number | null
  /** Late ones aside; null before the first. */
  last_attempt: AttemptSummary | null
  created_at: string
  settled_at: string | null
  replay_of: string | null
  replay_attempt_id: string | null
  /** The replay of many that made it. */
  replay_id: string | null
  /** null where it was not sent again, or is not settled. */
  sent_again: SentAgain | null
}

/** The last replay of a delivery's event for its webhook. */
export type SentAgain = Pick<Delivery, 'id' | 'state' | 'reason' | 'created_at'>

/** A request as it went out, secrets redacted. */
export interface SentRequest {
  method: string
  url: string
  headers: [name: string, value: string][]
  body: string | null
  body_encoding: 'utf8' | 'base64'
}

/** What came back, at most 16 KiB of its body. */
export interface ReceivedResponse {
  status_code: number
  headers: [name: string, value: string][]
  body: string | null
  body_encoding: 'utf8' | 'base64'
  truncated: boolean
}

export type Outcome = 'delivered' | 'retry' | 'rejected' | 'gone'

export interface Attempt {
  id: string
  number: number
  webhook_version: number
  outcome: Outcome
  /** guard, dns, connect, tls, timeout, reset, status or template; null when it was delivered. */
  reason: string | null
  /** A sentence of the server. */
  detail: string | null
  /** It ended after its lease, and changed nothing. */
  late: boolean
  /** Sent to see whether the receiver is back. */
  probe: boolean
  started_at: string
  duration_ms: number
  request: SentRequest | null
  response: ReceivedResponse | null
}

export type AttemptSummary = Pick<
  Attempt,
  'id' | 'number' | 'outcome' | 'reason' | 'started_at' | 'duration_ms'
>

export interface DeliveryWithAttempts extends Delivery {
  attempts: Attempt[]
}

export interface DeliveryFilter {
  webhook_id?: string | undefined
  event_id?: string | undefined
  event_type?: string | undefined
  /** With `record_id`. */
  record_kind?: string | undefined
  record_id?: string | undefined
  /** Separated by commas. */
  state?: string | undefined
  status_code?: string | undefined
  replay_id?: string | undefined
  sent_again?: 'true' | 'false' | undefined
  /** ISO. */
  since?: string | undefined
  until?: string | undefined
  search?: string | undefined
}

export function isSettled({ state }: Pick<Delivery, 'state'>): boolean {
  return (settledStates as readonly string[]).includes(state)
}

const deliveriesPage = (filter: DeliveryFilter, cursor: string | null, limit: number, signal?: AbortSignal) =>
  get<Page<Delivery>>('/deliveries', { ...filter, limit, cursor }, signal)

/**
 * Newest first. With `search` a page may hold fewer than it could, or none, and be followed by more. Thousands of rows are
 * never read again at once: what is new is merged into the first page (`mergeNewest`).
 */
export const deliveryList = (filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      deliveriesPage(filter, pageParam, pageParam === null ? 50 : 100, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The newest of the list, to be merged into it. */
export const newestDeliveries = (filter: DeliveryFilter) => deliveriesPage(filter, null, 50)

/** A few, the newest first: for who only wants to see how it goes. */
export const lastDeliveries = (webhookId: string, limit: number) =>
  queryOptions({
    queryKey: ['deliveries', 'last', webhookId],
    queryFn: async ({ signal }) =>
      (await deliveriesPage({ webhook_id: webhookId }, null, limit, signal)).items,
  })

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', id],
    queryFn: ({ signal }) => get<DeliveryWithAttempts>(api`/deliveries/${id}`, undefined, signal),
  })

/** What became of an event: its deliveries, replays among them, newest first. */
export const eventDeliveries = (eventId: string) =>
  queryOptions({
    queryKey: ['deliveries', 'event', eventId],
    queryFn: async ({ signal }) => (await deliveriesPage({ event_id: eventId }, null, 100, signal)).items,
  })

/** Those of a record and webhook that are not settled: in order, they wait for each other. */
export const recordLine = (webhookId: string, record: { kind: string; id: string }) =>
  queryOptions({
    queryKey: ['deliveries', 'line', webhookId, record],
    queryFn: async ({ signal }) => {
      const filter = { webhook_id: webhookId, record_kind: record.kind, record_id: record.id }
      return (await deliveriesPage({ ...filter, state: 'pending,sending,waiting' }, null, 100, signal)).items
    },
  })

export interface DeliveryCount {
  count: number
  /** There are more than were counted. */
  atLeast: boolean
  /** How many of which webhook. */
  byWebhook: Map<string, number>
}

/** Counts what a filter finds, up to a thousand. */
export const deliveryCount = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: ['deliveries', 'count', filter],
    staleTime: 0,
    gcTime: 0,
    async queryFn({ signal }): Promise<DeliveryCount> {
      const byWebhook = new Map<string, number>()
      let count = 0
      let cursor: string | null = null
      do {
        const page: Page<Delivery> = await deliveriesPage(filter, cursor, 100, signal)
        for (const { webhook_id } of page.items)
          byWebhook.set(webhook_id, (byWebhook.get(webhook_id) ?? 0) + 1)
        count += page.items.length
        cursor = page.next_cursor
      } while (cursor !== null && count < 1000)
      return { count, atLeast: cursor !== null, byWebhook }
    },
  })

/** `render`: with the settings of today. `bytes`: method, query and body as they were. */
export type ReplayMode = 'render' | 'bytes'

export interface ReplayChoice {
  id: string
  mode: ReplayMode
  /** With `bytes`: which attempt is sent again; else the last that has a request. */
  attempt_id?: string | undefined
}

/** Sends one again; answers the new delivery. The caller shows a refusal. */
export function useReplayDelivery() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...choice }: ReplayChoice) => post<Delivery>(api`/deliveries/${id}/replay`, choice),
    meta: { quiet: true },
    onSuccess(made) {
      const { event_id, replay_of } = made
      client.setQueriesData<Pages<Delivery>>(
        { queryKey: ['deliveries', 'list'] },
        (data) => data && changeItems(data, (delivery) => asSentAgain(delivery, made)),
      )
      if (replay_of !== null) void client.invalidateQueries({ queryKey: deliveryQuery(replay_of).queryKey })
      return client.invalidateQueries({ queryKey: ['deliveries', 'event', event_id] })
    },
  })
}

/** A delivery, after another of its event and webhook was made. */
function asSentAgain(
  delivery: Delivery,
  { id, event_id, webhook_id, state, reason, created_at }: Delivery,
): Delivery {
  const isIt = delivery.event_id === event_id && delivery.webhook_id === webhook_id && delivery.id < id
  return isIt && isSettled(delivery)
    ? { ...delivery, sent_again: { id, state, reason, created_at } }
    : delivery
}

export function useCancelDelivery() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => post<Delivery>(api`/deliveries/${id}/cancel`),
    onSuccess: (canceled) => {
      void client.invalidateQueries({ queryKey: ['deliveries', canceled.id] })
      void client.invalidateQueries({ queryKey: ['deliveries', 'event', canceled.event_id] })
    },
  })
}

/** One cancellation, where many are done one after the other. */
export const cancelDelivery = (id: string) => post<Delivery>(api`/deliveries/${id}/cancel`)
