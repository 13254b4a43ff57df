import { useThrottledCallback } from '@mantine/hooks'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Page } from '../../data/client.ts'
import { type Delivery, type DeliveryFilter, deliveryList, newestDeliveries } from '../../data/deliveries.ts'
import { type LiveAttempt, useLive } from '../../data/live.ts'
import { changeItems, useNewest } from '../../data/newest-first.ts'
import { applyAttempt, applyLater } from './apply-attempt.ts'

/** What an event and a webhook have in common: one delivery, and its replays. */
const lineOf = ({ event_id, webhook_id }: Pick<LiveAttempt, 'event_id' | 'webhook_id'>) =>
  `${event_id} ${webhook_id}`

/** Of each event and webhook the attempt at the delivery that was made last. */
function lastOfLines(attempts: readonly LiveAttempt[]): Map<string, LiveAttempt> {
  const inOrder = attempts.toSorted((a, b) => (a.delivery_id < b.delivery_id ? -1 : 1))
  return new Map(inOrder.map((attempt) => [lineOf(attempt), attempt]))
}

/** So many rows are wanted beyond the last that is in sight. */
const ahead = 60
/** After so many pages without a row the reader is asked whether to look on. */
const dryMax = 10

interface Progress {
  key: string
  wanted: number
  dryMax: number
}

/**
 * The deliveries that a filter finds, further back as `wantMore` is called, and up to date at their head. A page may hold
 * fewer than could be, or none, where text is looked for or replays are picked out: then it goes on by itself for a while.
 */
export function useDeliveries(
  filter: DeliveryFilter,
  purpose: 'event' | 'replay' | null,
  mayMove: () => boolean,
) {
  const client = useQueryClient()
  const query = deliveryList(filter)
  const key = JSON.stringify([filter, purpose])
  const list = useInfiniteQuery(query)
  const { hasNextPage, isFetching, isError, fetchNextPage } = list
  const pages = list.data?.pages
  const perPage = useMemo(
    () =>
      (pages ?? []).map(({ items }) =>
        purpose === null ? items : items.filter((delivery) => delivery.purpose === purpose),
      ),
    [pages, purpose],
  )
  const deliveries = useMemo(() => perPage.flat(), [perPage])

  const start = { key, wanted: ahead, dryMax }
  const [known, setProgress] = useState<Progress>(start)
  const progress = known.key === key ? known : start
  const dry = perPage.length - 1 - perPage.findLastIndex((items) => items.length > 0)
  const isTired = hasNextPage && dry >= progress.dryMax
  const goesOn = hasNextPage && !isFetching && !isError && !isTired && deliveries.length < progress.wanted
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, fetchNextPage])

  const { waiting, look, show } = useNewest<Delivery>({
    queryKey: query.queryKey,
    read: () => newestDeliveries(filter),
    mayMove,
    // A search looks through thousands each time.
    everyMs: filter.search ? 10_000 : 1000,
  })

  const attempts = useRef(new Map<string, LiveAttempt>())
  const applyAttempts = useThrottledCallback(() => {
    const told = attempts.current
    attempts.current = new Map()
    const last = lastOfLines([...told.values()])
    client.setQueriesData<InfiniteData<Page<Delivery>, string | null>>(
      { queryKey: ['deliveries', 'list'] },
      (data) =>
        data &&
        changeItems(data, (delivery) => {
          const attempt = told.get(delivery.id)
          const after = attempt ? applyAttempt(delivery, attempt) : delivery
          const later = last.get(lineOf(delivery))
          return later ? applyLater(after, later) : after
        }),
    )
  }, 500)
  useLive({
    decisions: ({ fired }) => void (fired > 0 && look()),
    attempt(attempt) {
      attempts.current.set(attempt.delivery_id, attempt)
      applyAttempts()
      look()
    },
    missed: look,
  })

  return {
    deliveries,
    isPending: list.isPending,
    isLookingOn: list.isFetchingNextPage || goesOn,
    error: list.error,
    retry: () => void (pages ? fetchNextPage() : list.refetch()),
    wantMore: () => setProgress({ ...progress, wanted: deliveries.length + ahead }),
    /** It has looked through much in vain, and asks whether to go on. */
    isTired,
    lookOn: () => setProgress({ ...progress, wanted: deliveries.length + ahead, dryMax: dry + dryMax }),
    isAll: !hasNextPage,
    waiting,
    look,
    show,
  }
}

export type Deliveries = ReturnType<typeof useDeliveries>
