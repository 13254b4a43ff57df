import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import type { AttemptSummary } from '../../data/deliveries.ts'
import { attemptsText, noAnswerText, tookText } from './row-text.ts'

const t = ((key: string, options?: { count: number }) =>
  options ? `${options.count} attempts` : key) as unknown as TFunction<'history'>

const attempt: AttemptSummary = {
  id: 'att_1',
  number: 1,
  outcome: 'retry',
  reason: 'timeout',
  started_at: '2026-11-20T09:00:00.000Z',
  duration_ms: 10_004,
}
const delivery = {
  attempt_count: 1,
  created_at: '2026-11-20T09:00:00.000Z',
  settled_at: null,
  last_status_code: null,
  last_attempt: attempt,
}

test('it took as long as the last attempt', () => {
  expect(tookText(delivery, 'en')).toBe('10 sec')
  expect(tookText({ ...delivery, last_attempt: { ...attempt, duration_ms: 84 } }, 'en')).toBe('84 ms')
  expect(tookText({ ...delivery, last_attempt: null }, 'en')).toBe('')
})

test('of several attempts it is said how long they were at it, once they are', () => {
  const settled = { ...delivery, attempt_count: 3, settled_at: '2026-11-20T09:05:06.200Z' }
  expect(attemptsText(settled, 'en', t)).toBe('3 attempts · 5 min 6 sec')
  expect(attemptsText({ ...settled, settled_at: null }, 'en', t)).toBe('3 attempts')
  expect(attemptsText({ ...settled, attempt_count: 1 }, 'en', t)).toBe('1 attempts')
  expect(attemptsText({ ...delivery, attempt_count: 0 }, 'en', t)).toBe('')
})

test('where nothing was answered it is said why', () => {
  expect(noAnswerText(delivery, t)).toBe('attempt.failure.timeout')
  const answered = { ...delivery, last_status_code: 500, last_attempt: { ...attempt, reason: 'status' } }
  expect(noAnswerText(answered, t)).toBeNull()
  expect(noAnswerText({ ...delivery, last_attempt: null }, t)).toBeNull()
  expect(noAnswerText({ ...delivery, last_attempt: { ...attempt, reason: 'of tomorrow' } }, t)).toBeNull()
})
