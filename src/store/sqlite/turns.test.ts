import { expect, test } from 'vitest'
import { dealTurns, type OpenLane } from './turns.ts'

/** Lanes written as `account/webhook`, with their length and free slots. */
function deal(limit: number, ...lanes: [name: string, length: number, free?: number][]) {
  const asked: number[] = []
  const turns = dealTurns(
    lanes.map(([name, length, free = 100]): OpenLane & { length: number } => {
      const [account_id, webhook_id] = name.split('/') as [string, string]
      return { account_id, webhook_id, free, length }
    }),
    limit,
    (lane, count) => {
      asked.push(count)
      return Array.from({ length: Math.min(lane.length, count) }, (_, n) => `${lane.webhook_id}${n}`)
    },
  )
  return { items: turns.map(({ item }) => item), asked }
}

test('accounts take turns, and in each account its lanes, from the head of each', () => {
  expect(deal(7, ['A/a', 9], ['B/b', 9], ['B/c', 9]).items).toEqual([
    'a0',
    'b0',
    'a1',
    'c0',
    'a2',
    'b1',
    'a3',
  ])
})

test('what one lane has no use for goes to the others', () => {
  expect(deal(6, ['A/a', 1], ['A/b', 9], ['B/c', 1]).items).toEqual(['a0', 'c0', 'b0', 'b1', 'b2', 'b3'])
})

test('free slots are kept to, and fewer than the limit is no reason to go on', () => {
  expect(deal(100, ['A/a', 9, 2], ['B/b', 9, 1]).items).toEqual(['a0', 'b0', 'a1'])
})

test('little more is read than is dealt', () => {
  const { items, asked } = deal(
    200,
    ...Array.from({ length: 100 }, (_, n) => [`A/w${n}`, 1000] as [string, number]),
  )
  expect(items).toHaveLength(200)
  expect(asked).toEqual(Array.from({ length: 100 }, () => 2))
})

test('nothing open, or no room, deals nothing', () => {
  expect(deal(5).items).toEqual([])
  expect(deal(0, ['A/a', 3]).items).toEqual([])
})
