import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, post, remove } from './client.ts'
import type { TriedWebhook } from './preview.ts'
import type { WebhookWarning } from './webhooks.ts'

/** How often a draft would have fired over past events. */
export interface BacktestResult {
  /** Events looked at, of all types. */
  evaluated: number
  fired: number
  /** How many by reason, as in decisions. */
  reasons: Partial<Record<string, number>>
  /** The newest 20 that would have been sent. */
  examples: { event_id: string; type: string; record: { kind: string; id: string }; received_at: string }[]
  /** Every day of the span, in the account's time zone, oldest first. */
  days: { date: string; evaluated: number; fired: number }[]
  /** The oldest moment that was looked at: later than `since` where the bound of events was met. */
  reached: string
}

export interface Backtest {
  id: string
  state: 'running' | 'done' | 'failed'
  /** From 0 to 1. */
  progress: number
  since: string
  until: string
  started_at: string
  ended_at: string | null
  /** The server's sentence about what went wrong. */
  failure: string | null
  result: BacktestResult | null
}

const pollMs = 600

/** Asked again and again while it runs. Only the process that started it knows it, and only for a while. */
export const backtestQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', id],
    queryFn: ({ signal }) => get<Backtest>(api`/webhooks/backtests/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useStartBacktest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ webhook, days }: { webhook: TriedWebhook; days: number }) =>
      post<Backtest & { warnings: WebhookWarning[] }>('/webhooks/backtest', { webhook, days }),
    meta: { quiet: true },
    onSuccess: (job) => client.setQueryData(backtestQuery(job.id).queryKey, job),
  })
}

export function useCancelBacktest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(api`/webhooks/backtests/${id}`),
    // It may have been forgotten already.
    meta: { quiet: true },
    onSettled: (_answer, _error, id) => client.removeQueries({ queryKey: ['backtests', id] }),
  })
}
