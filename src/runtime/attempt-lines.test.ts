import { expect, it } from 'vitest'
import { attemptLines, type AttemptLine } from './attempt-lines.ts'
import { openLog } from './log.ts'

const line: AttemptLine = {
  account_id: 'acc_1',
  webhook_id: 'whk_1',
  delivery_id: 'dlv_1',
  event_id: 'evt_1',
  event_type: 'lead.stage_changed',
  attempt: 1,
  outcome: 'delivered',
  reason: null,
  status: 204,
  duration_ms: 12,
  next: 'delivered',
}

function logInto(level: string) {
  const lines: string[] = []
  const { logger } = openLog(level, { write: (text) => lines.push(text) })
  return { logger, lines }
}

const withoutTime = (text: string) => text.replace(/"time":"[^"]*"/, '"time":""')

it.each([
  ['an answer', line],
  [
    'a failure without one',
    { ...line, outcome: 'retry', reason: 'timeout', status: undefined, next: 'waiting' },
  ],
  ['a type with characters that JSON escapes', { ...line, event_type: 'lead."\n' }],
])('writes what the logger itself would write: %s', (_name, fields) => {
  const { logger, lines } = logInto('info')
  logger.info(fields, 'attempt')
  attemptLines(logger)(fields)
  expect(withoutTime(lines[1]!)).toBe(withoutTime(lines[0]!))
})

it('writes nothing where the level is above', () => {
  const { logger, lines } = logInto('warn')
  attemptLines(logger)(line)
  expect(lines).toEqual([])
})
