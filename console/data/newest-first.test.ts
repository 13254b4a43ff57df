import { expect, test } from 'vitest'
import { countNewer, mergeNewest, type Pages, refreshKnown } from './newest-first.ts'

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
