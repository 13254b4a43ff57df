import { useThrottledCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { type EventFilter, eventList, type ListedEvent, newestEvents } from '../../data/events.ts'
import { type LiveAttempt, useLive } from '../../data/live.ts'
import { changeItems, type Pages, useNewest } from '../../data/newest-first.ts'
import { applyAttempts } from './apply-attempts.ts'

/** The events that a filter finds, up to date at their head, and what became of those in sight. */
export function useEvents(filter: EventFilter) {
  const client = useQueryClient()
  const query = eventList(filter)
  const list = useInfiniteQuery(query)
  const { hasNextPage, isFetching, isError, fetchNextPage } = list
  const events = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const { waiting, look, show } = useNewest<ListedEvent>({
    queryKey: query.queryKey,
    read: () => newestEvents(filter),
    mayMove: () => window.scrollY < 80,
    everyMs: 1000,
  })
  const attempts = useRef(new Map<string, LiveAttempt>())
  const apply = useThrottledCallback(() => {
    const told = attempts.current
    attempts.current = new Map()
    client.setQueriesData<Pages<ListedEvent>>(
      { queryKey: ['events', 'list'] },
      (data) => data && changeItems(data, (event) => applyAttempts(event, told)),
    )
  }, 500)
  useLive({
    // What was decided about it comes with it.
    event: look,
    attempt(attempt) {
      attempts.current.set(attempt.delivery_id, attempt)
      apply()
      // A page that is on its way may be older than the attempt.
      look()
    },
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
