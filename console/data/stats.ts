import { queryOptions } from '@tanstack/react-query'
import { api, get } from './client.ts'

export type Bucket = 'minute' | 'hour' | 'day'

/** One span of time: what came in, and what became of it. */
export interface StatsItem {
  start: string
  end: string
  /** Not of a single webhook. */
  events?: number
  deliveries: { pending: number; delivered: number; dead: number; canceled: number }
  attempts: { delivered: number; retry: number; rejected: number; gone: number }
  latency_ms: { p50: number; p95: number; p99: number } | null
}

export interface Stats {
  bucket: Bucket
  from: string
  to: string
  items: StatsItem[]
}

export interface Span {
  bucket: Bucket
  /** ISO; without it the last hour, day or 30 days. */
  from?: string | undefined
  to?: string | undefined
}

export const statsQuery = (span: Span) =>
  queryOptions({
    queryKey: ['stats', span],
    queryFn: ({ signal }) => get<Stats>('/stats', { ...span }, signal),
  })

export const webhookStats = (id: string, span: Span) =>
  queryOptions({
    queryKey: ['stats', 'webhook', id, span],
    queryFn: ({ signal }) => get<Stats>(api`/webhooks/${id}/stats`, { ...span }, signal),
  })

/** What is not settled, by webhook; the one that waits longest stands first. */
export interface Waiting {
  deliveries: number
  items: { webhook_id: string; deliveries: number; oldest: { delivery_id: string; created_at: string } }[]
}

export const waitingQuery = queryOptions({
  queryKey: ['stats', 'waiting'],
  queryFn: ({ signal }) => get<Waiting>('/stats/waiting', undefined, signal),
})
