import { useThrottledCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { eventDeliveries } from '../../data/deliveries.ts'
import { type CrmEvent, type EventFilter, eventList, newestEvents } from '../../data/events.ts'
import { useLive } from '../../data/live.ts'
import { useNewest } from '../../data/newest-first.ts'

/** The events that a filter finds, up to date at their head, and what became of those in sight. */
export function useEvents(filter: EventFilter) {
  const client = useQueryClient()
  const query = eventList(filter)
  const list = useInfiniteQuery(query)
  const { hasNextPage, isFetching, isError, fetchNextPage } = list
  const events = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const { waiting, look, show } = useNewest<CrmEvent>({
    queryKey: query.queryKey,
    read: () => newestEvents(filter),
    mayMove: () => window.scrollY < 80,
    everyMs: 1000,
  })
  const touched = useRef(new Set<string>())
  const askAgain = useThrottledCallback(() => {
    const ids = touched.current
    touched.current = new Set()
    // Only what is in sight is asked for; the rest is when it comes into sight.
    for (const id of ids) void client.invalidateQueries({ queryKey: eventDeliveries(id).queryKey })
  }, 1000)
  const touch = (id: string) => {
    touched.current.add(id)
    askAgain()
  }
  useLive({
    event: look,
    decisions: ({ event_id }) => touch(event_id),
    attempt: ({ event_id }) => touch(event_id),
    missed: look,
  })
  return {
    events,
    isPending: list.isPending,
    isLookingOn: list.isFetchingNextPage,
    error: list.error,
    retry: () => void (list.data ? fetchNextPage() : list.refetch()),
    wantMore: () => {
      if (hasNextPage && !isFetching && !isError) void fetchNextPage()
    },
    isAll: !hasNextPage,
    waiting,
    show,
  }
}

export type Events = ReturnType<typeof useEvents>
