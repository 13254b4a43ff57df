/**
 * Lists that are read page by page, newest first, and grow at their head. Reading them again as a whole costs a request per
 * page; so only the newest page is read, and merged into what is known.
 */
import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Page } from './client.ts'

interface Item {
  /** Ids sort by time. */
  id: string
}

export type Pages<T> = InfiniteData<Page<T>, string | null>

/** The list with its newest page as it is now. Where there may be a gap between that page and what is known, only the page. */
export function mergeNewest<T extends Item>(known: Pages<T> | undefined, newest: Page<T>): Pages<T> {
  const start = { pages: [newest], pageParams: [null] }
  const last = newest.items.at(-1)
  if (!known || newest.next_cursor === null) return start
  // A search found nothing in its first step: there may be something behind it.
  if (!last) return known
  const first = firstOf(known)
  if (!first || first.id < last.id) return start
  const pages = known.pages.map((page, index) => {
    const older = page.items.filter(({ id }) => id < last.id)
    return { ...page, items: index === 0 ? [...newest.items, ...older] : older }
  })
  return { ...known, pages }
}

/** The list with those of its items that the page knows anew; none comes and none goes, so nothing moves. */
export function refreshKnown<T extends Item>(known: Pages<T>, newest: readonly T[]): Pages<T> {
  const fresh = new Map(newest.map((item) => [item.id, item]))
  return changeItems(known, (item) => fresh.get(item.id) ?? item)
}

/** The list with some of its items changed; pages without such stay the same objects. */
export function changeItems<T>(known: Pages<T>, change: (item: T) => T): Pages<T> {
  let changed = false
  const pages = known.pages.map((page) => {
    const items = page.items.map(change)
    if (items.every((item, index) => item === page.items[index])) return page
    changed = true
    return { ...page, items }
  })
  return changed ? { ...known, pages } : known
}

/** How many of the page came after the list was read, and whether there may be even more. */
export function countNewer<T extends Item>(
  known: Pages<T>,
  newest: Page<T>,
): { count: number; more: boolean } {
  const first = firstOf(known)
  const newer = first ? newest.items.filter(({ id }) => id > first.id) : newest.items
  return {
    count: newer.length,
    more: newest.next_cursor !== null && newer.length > 0 && newer.length === newest.items.length,
  }
}

function firstOf<T>({ pages }: Pages<T>): T | undefined {
  return pages.find(({ items }) => items.length > 0)?.items[0]
}

interface Options<T> {
  /** Of the infinite list that is kept up to date. */
  queryKey: QueryKey
  read: () => Promise<Page<T>>
  /** Whether rows may move now: the reader is at the top and holds nothing. */
  mayMove: () => boolean
  /** Not more often than this. */
  everyMs: number
}

/**
 * Keeps the head of a list up to date: at once where rows may move, else it says how many wait. `look` says that there may be
 * something new; `show` lets in what waits.
 */
export function useNewest<T extends Item>(options: Options<T>) {
  const client = useQueryClient()
  const key = JSON.stringify(options.queryKey)
  const [waiting, setWaiting] = useState<{ key: string; count: number; more: boolean } | null>(null)
  const latest = useRef<{ key: string; page: Page<T> } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const wanted = useRef(false)
  const readAt = useRef(0)

  const takeIn = (page: Page<T>) => {
    client.setQueryData<Pages<T>>(options.queryKey, (known) => mergeNewest(known, page))
    setWaiting(null)
  }

  const run = useEffectEvent(async () => {
    const { queryKey, read, mayMove } = options
    const page = await read().catch(() => null)
    const known = client.getQueryData<Pages<T>>(queryKey)
    // An answer that did not come is asked for again by the next message.
    if (!page || !known || key !== JSON.stringify(queryKey)) return
    latest.current = { key, page }
    const newer = countNewer(known, page)
    if (mayMove()) return takeIn(page)
    client.setQueryData<Pages<T>>(queryKey, refreshKnown(known, page.items))
    setWaiting(newer.count > 0 ? { key, ...newer } : null)
  })

  const look = useEffectEvent(() => {
    wanted.current = true
    if (timer.current !== null || document.hidden) return
    const waitMs = Math.max(0, readAt.current + options.everyMs - Date.now())
    timer.current = setTimeout(() => {
      wanted.current = false
      void run().finally(() => {
        readAt.current = Date.now()
        timer.current = null
        if (wanted.current) look()
      })
    }, waitMs)
  })

  useEffect(() => {
    // A list that is being read for the first time is new already.
    if (client.getQueryData(options.queryKey)) look()
    const seen = () => look()
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [key])

  return {
    waiting: waiting?.key === key ? waiting : null,
    look: () => look(),
    show() {
      if (latest.current?.key === key) takeIn(latest.current.page)
    },
  }
}
