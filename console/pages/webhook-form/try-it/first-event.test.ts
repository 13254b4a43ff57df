import { expect, test } from 'vitest'
import { firstEvent } from './first-event.ts'

const event = (id: string, current: Record<string, string>) => ({ id, current })
const newest = event('3', { pipeline_id: 'sales', stage_id: 'contacted' })
const won = event('2', { pipeline_id: 'sales', stage_id: 'won', period_id: 'july' })
const partner = event('1', { pipeline_id: 'partners', stage_id: 'won' })
const past = [newest, won, partner]

test('it begins with the newest event where the webhook stands', () => {
  expect(firstEvent(past, [])).toBe(newest)
  expect(firstEvent(past, [{ pipeline_id: 'sales' }])).toBe(newest)
  expect(firstEvent(past, [{ pipeline_id: 'sales', stage_ids: ['won', 'lost'] }])).toBe(won)
  expect(firstEvent(past, [{ pipeline_id: 'sales', stage_ids: ['lost'] }, { pipeline_id: 'partners' }])).toBe(
    partner,
  )
  expect(firstEvent(past, [{ period_ids: ['july'] }])).toBe(won)
})

test('where none was there it begins with the newest of all, which says why not', () => {
  expect(firstEvent(past, [{ pipeline_id: 'sales', stage_ids: ['lost'] }])).toBe(newest)
  expect(firstEvent([], [])).toBeUndefined()
})
