import { describe, expect, test } from 'vitest'
import type { Delivery } from '../../data/deliveries.ts'
import type { LiveAttempt } from '../../data/live.ts'
import { applyAttempt, applyLater } from './apply-attempt.ts'

const delivery: Delivery = {
  id: 'dlv_1',
  webhook_id: 'whk_1',
  event_id: 'evt_1',
  event_type: 'lead.won',
  record: { kind: 'lead', id: '7', name: 'Deal' },
  sequence: 1,
  purpose: 'event',
  state: 'waiting',
  reason: null,
  attempt_count: 1,
  due_at: '2026-11-20T09:05:00.000Z',
  expires_at: '2026-11-27T09:00:00.000Z',
  last_status_code: 500,
  last_attempt: {
    id: 'att_0',
    number: 1,
    outcome: 'retry',
    reason: 'status',
    started_at: '2026-11-20T09:00:00.000Z',
    duration_ms: 90,
  },
  created_at: '2026-11-20T09:00:00.000Z',
  settled_at: null,
  replay_of: null,
  replay_attempt_id: null,
  replay_id: null,
  sent_again: null,
}
const attempt: LiveAttempt = {
  id: 'att_1',
  delivery_id: 'dlv_1',
  webhook_id: 'whk_1',
  event_id: 'evt_1',
  event_type: 'lead.won',
  number: 2,
  outcome: 'delivered',
  reason: null,
  status_code: 204,
  duration_ms: 250,
  started_at: '2026-11-20T09:05:00.000Z',
  state: 'delivered',
}

test('an attempt that settles it says when', () => {
  expect(applyAttempt(delivery, attempt)).toMatchObject({
    state: 'delivered',
    attempt_count: 2,
    last_status_code: 204,
    last_attempt: { id: 'att_1', number: 2, outcome: 'delivered', reason: null, duration_ms: 250 },
    due_at: null,
    settled_at: '2026-11-20T09:05:00.250Z',
  })
})

test('without an answer there is no status code, as the server has it', () => {
  const failed: LiveAttempt = {
    ...attempt,
    outcome: 'retry',
    reason: 'timeout',
    status_code: null,
    state: 'waiting',
  }
  expect(applyAttempt(delivery, failed)).toMatchObject({
    state: 'waiting',
    last_status_code: null,
    last_attempt: { outcome: 'retry', reason: 'timeout' },
    settled_at: null,
  })
})

test('a late attempt changes nothing, and neither does one of a settled delivery', () => {
  expect(applyAttempt(delivery, { ...attempt, state: null })).toBe(delivery)
  const dead: Delivery = { ...delivery, state: 'dead' }
  expect(applyAttempt(dead, { ...attempt, state: 'waiting' })).toBe(dead)
})

describe('an attempt at a later delivery of the same event', () => {
  const dead: Delivery = { ...delivery, state: 'dead' }
  const later: LiveAttempt = { ...attempt, delivery_id: 'dlv_2', state: 'waiting' }
  const again = {
    id: 'dlv_2',
    state: 'waiting',
    reason: null,
    created_at: '2026-11-20T09:01:00.000Z',
  } as const

  test('says that it was sent again, and how that stands', () => {
    const once = applyLater(dead, later)
    expect(once.sent_again).toEqual({ ...again, created_at: later.started_at })
    const known: Delivery = { ...dead, sent_again: again }
    expect(applyLater(known, { ...later, state: 'delivered' }).sent_again).toEqual({
      ...again,
      state: 'delivered',
    })
    expect(applyLater(known, { ...later, delivery_id: 'dlv_3' }).sent_again?.id).toBe('dlv_3')
  })

  test('changes nothing where it is earlier, late, or known to have ended', () => {
    expect(applyLater(dead, { ...later, delivery_id: 'dlv_0' })).toBe(dead)
    expect(applyLater(dead, { ...later, delivery_id: 'dlv_1' })).toBe(dead)
    expect(applyLater(dead, { ...later, state: null })).toBe(dead)
    expect(applyLater(delivery, later)).toBe(delivery)
    const ended: Delivery = { ...dead, sent_again: { ...again, state: 'delivered' } }
    expect(applyLater(ended, later)).toBe(ended)
    const newer: Delivery = { ...dead, sent_again: { ...again, id: 'dlv_3' } }
    expect(applyLater(newer, later)).toBe(newer)
  })
})
