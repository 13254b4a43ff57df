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

/** Keeps the head of a list up to date: at once where rows may move, else it says how many wait. */
export function useNewest<T extends Item>(options: Options<T>) {
  const client = useQueryClient()
  const key = JSON.stringify(options.queryKey)
  const [waiting, setWaiting] = useState<{ key: string; count: number; more: boolean } | null>(null)
  const latest = useRef<{ key: string; page: Page<T> } | null>(null)
  const looker = useRef<Looker | null>(null)

  const takeIn = (page: Page<T>) => {
    client.setQueryData<Pages<T>>(options.queryKey, (known) => mergeNewest(known, page))
    setWaiting(null)
  }

  const read = useEffectEvent(async (asked: string) => {
    const { queryKey } = options
    const page = await options.read().catch(() => null)
    const known = client.getQueryData<Pages<T>>(queryKey)
    // An answer that did not come is asked for again by the next message.
    if (!page || !known) return
    latest.current = { key: asked, page }
    if (options.mayMove()) return takeIn(page)
    client.setQueryData<Pages<T>>(queryKey, refreshKnown(known, page.items))
    const newer = countNewer(known, page)
    setWaiting(newer.count > 0 ? { key: asked, ...newer } : null)
  })
  const isKnown = useEffectEvent(() => client.getQueryData(options.queryKey) !== undefined)

  const { everyMs } = options
  useEffect(() => {
    const made = makeLooker({
      read: () => read(key),
      everyMs,
      isHidden: () => document.hidden,
      clock: Date.now,
    })
    looker.current = made
    // A list that is being read for the first time is new already.
    if (isKnown()) made.look()
    document.addEventListener('visibilitychange', made.look)
    return () => {
      document.removeEventListener('visibilitychange', made.look)
      made.stop()
    }
  }, [key, everyMs])

  return {
    waiting: waiting?.key === key ? waiting : null,
    /** There may be something new. */
    look: () => looker.current?.look(),
    /** Lets in what waits. */
    show() {
      if (latest.current?.key === key) takeIn(latest.current.page)
    },
  }
}

interface Looker {
  look(): void
  stop(): void
}

interface LookerOptions {
  /** Never rejects. */
  read: () => Promise<void>
  everyMs: number
  isHidden: () => boolean
  clock: () => number
}

/** Reads as soon as it is asked to look, but one at a time, not too often, and not while nobody sees it. */
export function makeLooker({ read, everyMs, isHidden, clock }: LookerOptions): Looker {
  let state: 'idle' | 'busy' | 'asked again' | 'stopped' = 'idle'
  let timer: ReturnType<typeof setTimeout> | undefined
  let readAt = Number.NEGATIVE_INFINITY

  function look(): void {
    if (state === 'busy') state = 'asked again'
    if (state !== 'idle' || isHidden()) return
    state = 'busy'
    timer = setTimeout(() => void run(), Math.max(0, readAt + everyMs - clock()))
  }

  async function run(): Promise<void> {
    // What is told from here on may be missing in the answer.
    state = 'busy'
    await read()
    readAt = clock()
    if (isStopped()) return
    const again = isAskedAgain()
    state = 'idle'
    if (again) look()
  }

  // They change while it waits, which the compiler does not see.
  const isStopped = () => state === 'stopped'
  const isAskedAgain = () => state === 'asked again'

  return {
    look,
    stop() {
      state = 'stopped'
      clearTimeout(timer)
    },
  }
}
