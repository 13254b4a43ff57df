import { expect, test } from 'vitest'
import type { Decision, DecisionReason } from '../../data/events.ts'
import { sortDecisions } from './sort-decisions.ts'

const row = { path: 'rules[0]', field: 'current.price', operator: '>', expected: 5, seen: 1 }
const decision = (reason: DecisionReason, failed = 0, name: string = reason): Decision => ({
  webhook_id: `whk_${name}`,
  webhook_name: name,
  webhook_version: 1,
  verdict: reason === 'fired' ? 'fired' : 'skipped',
  reason,
  failed: Array.from({ length: failed }, () => row),
  delivery_id: null,
})
const names = (decisions: Decision[]) => decisions.map(({ webhook_name }) => webhook_name)

test('those that fired, those that nearly did, and the others', () => {
  const sorted = sortDecisions([
    decision('not_subscribed', 0, 'b'),
    decision('entering'),
    decision('condition', 2, 'two rows'),
    decision('fired'),
    decision('not_subscribed', 0, 'a'),
    decision('condition', 1, 'one row'),
    decision('limit'),
    decision('other_stage'),
    decision('disabled'),
  ])
  expect(names(sorted.fired)).toEqual(['fired'])
  expect(names(sorted.nearly)).toEqual(['disabled', 'limit', 'one row', 'two rows', 'entering'])
  expect(names(sorted.others)).toEqual(['other_stage', 'a', 'b'])
})
