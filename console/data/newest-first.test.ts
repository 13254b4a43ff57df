import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { countNewer, makeLooker, mergeNewest, type Pages, refreshKnown } from './newest-first.ts'

interface Row {
  id: string
  state?: string
}

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }))
const known: Pages<Row> = {
  pages: [
    { items: rows('f', 'e', 'd'), next_cursor: 'after d' },
    { items: rows('c', 'b', 'a'), next_cursor: 'after a' },
  ],
  pageParams: [null, 'after d'],
}
const idsOf = ({ pages }: Pages<Row>) => pages.flatMap(({ items }) => items.map(({ id }) => id)).join('')

test('new rows come before the known ones, and later pages stay', () => {
  const merged = mergeNewest(known, { items: rows('h', 'g', 'f', 'e'), next_cursor: 'after e' })
  expect(idsOf(merged)).toBe('hgfedcba')
  expect(merged.pages.map(({ next_cursor }) => next_cursor)).toEqual(['after d', 'after a'])
  expect(merged.pageParams).toEqual([null, 'after d'])
})

test('a row that left the filter goes, one that came into it stands in its place', () => {
  const merged = mergeNewest(known, { items: rows('f', 'dd', 'd', 'c'), next_cursor: 'after c' })
  expect(idsOf(merged)).toBe('fdddcba')
})

test('with a gap in between only the newest page is known', () => {
  const newest = { items: rows('z', 'y', 'x'), next_cursor: 'after x' }
  expect(mergeNewest(known, newest)).toEqual({ pages: [newest], pageParams: [null] })
  expect(countNewer(known, newest)).toEqual({ count: 3, more: true })
})

test('a page that is the whole list replaces all', () => {
  const newest = { items: rows('f'), next_cursor: null }
  expect(mergeNewest(known, newest).pages).toEqual([newest])
  expect(mergeNewest(undefined, newest).pages).toEqual([newest])
})

test('a search that found nothing yet leaves the list as it is', () => {
  expect(mergeNewest(known, { items: [], next_cursor: 'further back' })).toBe(known)
})

test('counts what is newer than the first known row', () => {
  expect(countNewer(known, { items: rows('g', 'f', 'e'), next_cursor: 'after e' })).toEqual({
    count: 1,
    more: false,
  })
  expect(countNewer(known, { items: rows('f', 'e'), next_cursor: 'after e' }).count).toBe(0)
})

test('refreshing changes known rows only, and keeps pages that know nothing new', () => {
  const refreshed = refreshKnown(known, [{ id: 'g' }, { id: 'b', state: 'dead' }])
  expect(idsOf(refreshed)).toBe('fedcba')
  expect(refreshed.pages[0]).toBe(known.pages[0])
  expect(refreshed.pages[1]!.items[1]).toEqual({ id: 'b', state: 'dead' })
  expect(refreshKnown(known, [{ id: 'g' }])).toBe(known)
})

describe('looking for what is new', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function scene() {
    const ends: (() => void)[] = []
    const state = { reads: 0, hidden: false }
    const looker = makeLooker({
      read() {
        state.reads++
        return new Promise((resolve) => ends.push(resolve))
      },
      everyMs: 1000,
      isHidden: () => state.hidden,
      clock: Date.now,
    })
    const end = async () => {
      ends.shift()!()
      await vi.advanceTimersByTimeAsync(0)
    }
    return { looker, state, end }
  }

  test('reads at once, then not too often, and once for all that was told meanwhile', async () => {
    const { looker, state, end } = scene()
    looker.look()
    await vi.advanceTimersByTimeAsync(0)
    expect(state.reads).toBe(1)
    looker.look()
    looker.look()
    await end()
    await vi.advanceTimersByTimeAsync(999)
    expect(state.reads).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(state.reads).toBe(2)
    await end()
    await vi.advanceTimersByTimeAsync(5000)
    expect(state.reads).toBe(2)
  })

  test('reads nothing while nobody sees it, and nothing once it is stopped', async () => {
    const { looker, state, end } = scene()
    state.hidden = true
    looker.look()
    await vi.advanceTimersByTimeAsync(2000)
    expect(state.reads).toBe(0)
    state.hidden = false
    looker.look()
    await vi.advanceTimersByTimeAsync(0)
    looker.look()
    looker.stop()
    await end()
    await vi.advanceTimersByTimeAsync(5000)
    expect(state.reads).toBe(1)
  })
})
