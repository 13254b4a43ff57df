import { expect, test } from 'vitest'
import { emptyCall, triedCall, writeHeaders } from './written-call.ts'

test('headers are written as lines and read back', () => {
  const headers = writeHeaders([
    ['X-Topic', 'calls/incoming'],
    ['X-At', '2026-11-20T09:00:00Z'],
  ])
  expect(triedCall({ ...emptyCall, headers, body: '{}' })).toEqual({
    content_type: 'application/json',
    headers: [
      ['X-Topic', 'calls/incoming'],
      ['X-At', '2026-11-20T09:00:00Z'],
    ],
    body: '{}',
  })
})

test('a line that is still being typed is no header', () => {
  expect(triedCall({ ...emptyCall, headers: 'X-Top\n: x\n' })).toEqual({
    content_type: 'application/json',
    body: '',
  })
})
