import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, type Page, post } from './client.ts'
import type { ReplayMode, SettledState } from './deliveries.ts'

export interface ReplayFilter {
  event_type?: string | undefined
  record?: { kind: string; id: string } | undefined
  states?: SettledState[] | undefined
  status_code?: number | undefined
  replay_id?: string | undefined
  sent_again?: boolean | undefined
  since?: string | undefined
  until?: string | undefined
}

/** Many deliveries sent again, in the background. */
export interface Replay {
  id: string
  state: 'running' | 'done' | 'canceled'
  /** null: of all webhooks. */
  webhook_id: string | null
  of: 'deliveries' | 'filter' | 'missed'
  filter: ReplayFilter | null
  mode: ReplayMode
  pace_per_s: number | null
  /** How many it goes over, as far as they are counted; null until then. */
  total: number | null
  /** created + skipped. */
  done: number
  created: number
  skipped: number
  /** How those that it made stand now, as far as they are kept. */
  deliveries: Record<'unsettled' | SettledState, number>
  /** `token tok_…`, `member mem_…`. */
  made_by: string
  created_at: string
  updated_at: string
}

/** Of one webhook or all: named deliveries, those that a filter finds, or all that a webhook missed. */
export interface ReplayWish {
  webhook_id?: string | undefined
  filter?: ReplayFilter | undefined
  delivery_ids?: string[] | undefined
  missed?: true | undefined
  mode?: ReplayMode | undefined
  pace_per_s?: number | undefined
}

/** How many deliveries one replay can name. */
export const replayIdsMax = 1000

/** So far the server counts what became of them. */
export const talliedMax = 10_000

/** How soon a replay is read again: it tells nobody how far it is, nor what becomes of its deliveries. */
function rereadMs({ state, deliveries }: Replay, runningMs: number): number | false {
  if (state === 'running') return runningMs
  return deliveries.unsettled > 0 ? 5000 : false
}

export const replayList = infiniteQueryOptions({
  queryKey: ['replays', 'list'],
  queryFn: ({ pageParam, signal }) => get<Page<Replay>>('/replays', { limit: 50, cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval({ state }) {
    const replays = state.data?.pages.flatMap(({ items }) => items) ?? []
    const waits = replays.map((replay) => rereadMs(replay, 1500)).filter((wait) => wait !== false)
    return waits.length > 0 && Math.min(...waits)
  },
})

export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['replays', id],
    queryFn: ({ signal }) => get<Replay>(api`/replays/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data ? rereadMs(state.data, 700) : false),
  })

/** The caller shows a refusal. */
export function useStartReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish: ReplayWish) => post<Replay>('/replays', wish),
    meta: { quiet: true },
    onSuccess(replay) {
      client.setQueryData(replayQuery(replay.id).queryKey, replay)
      return client.invalidateQueries({ queryKey: replayList.queryKey })
    },
  })
}

export function useCancelReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => post<Replay>(api`/replays/${id}/cancel`),
    onSuccess: (replay) => client.setQueryData(replayQuery(replay.id).queryKey, replay),
    // Also where it had ended already.
    onSettled: () => client.invalidateQueries({ queryKey: ['replays'] }),
  })
}
