import { expect, test } from 'vitest'
import type { ListedEvent } from '../../data/events.ts'
import { applyAttempts } from './apply-attempts.ts'

const event = {
  id: 'evt_1',
  decisions: { fired: 3, skipped: 0 },
  deliveries: [
    { id: 'dlv_1', webhook_id: 'whk_1', state: 'sending' },
    { id: 'dlv_2', webhook_id: 'whk_2', state: 'dead' },
    { id: 'dlv_3', webhook_id: 'whk_3', state: 'waiting' },
  ],
} as unknown as ListedEvent

test('a delivery stands as its attempt left it', () => {
  const told = new Map([
    ['dlv_1', { state: 'waiting' }],
    ['dlv_3', { state: 'delivered' }],
    ['dlv_9', { state: 'dead' }],
  ])
  const after = applyAttempts(event, told)
  expect(after.deliveries.map(({ state }) => state)).toEqual(['waiting', 'dead', 'delivered'])
  expect(after.deliveries[1]).toBe(event.deliveries[1])
})

test('a late attempt changes nothing, and neither does one of a settled delivery', () => {
  const late = new Map([['dlv_1', { state: null }]])
  expect(applyAttempts(event, late)).toBe(event)
  const settled = new Map([['dlv_2', { state: 'waiting' }]])
  expect(applyAttempts(event, settled)).toBe(event)
})
