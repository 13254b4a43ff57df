import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, type Page, post } from './client.ts'
import type { ReplayMode, SettledState } from './deliveries.ts'

export interface ReplayFilter {
  event_type?: string | undefined
  record?: { kind: string; id: string } | undefined
  states?: SettledState[] | undefined
  status_code?: number | undefined
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

export const replayList = infiniteQueryOptions({
  queryKey: ['replays', 'list'],
  queryFn: ({ pageParam, signal }) => get<Page<Replay>>('/replays', { limit: 50, cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  // A running replay tells nobody how far it is.
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((replay) => replay.state === 'running')) ? 1500 : false,
})

export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['replays', id],
    queryFn: ({ signal }) => get<Replay>(api`/replays/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : 700),
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
