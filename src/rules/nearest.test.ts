import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

const words = ['lead.stage_changed', 'lead.created', 'customer.created', '=', '!=', 'contains', 'in']

it.each([
  ['lead.stagechanged', 'lead.stage_changed'],
  ['led.created', 'lead.created'],
  ['lead.craeted', 'lead.created'],
  ['Contains', 'contains'],
  ['==', '='],
  ['something else', null],
  ['zz', null],
  ['', null],
  ['x'.repeat(100_000), null],
])('%s → %s', (word, expected) => {
  expect(nearest(word, words)).toBe(expected)
})

it('takes the nearest of several', () => {
  expect(nearest('staged', ['stages', 'stage', 'staged_at', 'stagedd'])).toBe('stages')
})
