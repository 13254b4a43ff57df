import { expect, test } from 'vitest'
import { actionTitle } from './action-title.ts'

const events = [
  { action: 'created', title: 'Lead: created' },
  { action: 'stage_changed', title: 'Сделка: смена этапа' },
]

test('the kind before the colon is left out, and an action that no kind has is called by its name', () => {
  expect(actionTitle(events, 'created')).toBe('created')
  expect(actionTitle(events, 'stage_changed')).toBe('смена этапа')
  expect(actionTitle(events, 'completed')).toBe('completed')
})
