import { describe, expect, test } from 'vitest'
import type { ReceivedResponse } from '../model/index.ts'
import { judgeFailure, judgeResponse, retryAfterMaxMs } from './judge.ts'

const now = Date.parse('2026-11-20T09:00:00Z')

function response(status_code: number, retryAfter?: string): ReceivedResponse {
  return {
    status_code,
    headers: retryAfter === undefined ? [] : [['Retry-After', retryAfter]],
    body: null,
    truncated: false,
  }
}

describe('judge', () => {
  test.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [300, 'retry'],
    [301, 'retry'],
    [304, 'retry'],
    [400, 'retry'],
    [404, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
  ])('%i is %s', (status, outcome) => {
    expect(judgeResponse(response(status), 'disable', now).outcome).toBe(outcome)
  })

  test('410 is gone, or an ordinary failure where the webhook says so', () => {
    expect(judgeResponse(response(410), 'disable', now)).toEqual({
      outcome: 'gone',
      reason: 'status',
      waitMs: null,
    })
    expect(judgeResponse(response(410), 'retry', now).outcome).toBe('retry')
  })

  test.each([
    [429, '120', 120_000],
    [503, '0', 0],
    [429, 'Fri, 20 Nov 2026 09:01:00 GMT', 60_000],
    [503, 'Friday, 20-Nov-26 09:01:00 GMT', 60_000],
    [503, 'Fri Nov 20 09:01:00 2026', 60_000],
    [429, 'Fri, 20 Nov 2026 08:00:00 GMT', 0],
    [429, '99999999', retryAfterMaxMs],
    [429, 'soon', null],
    [429, '-5', null],
    [429, '1.5', null],
    [500, '120', null],
    [302, '120', null],
  ])('%i with Retry-After "%s" waits %s ms', (status, header, waitMs) => {
    expect(judgeResponse(response(status, header), 'disable', now).waitMs).toBe(waitMs)
  })

  test('what we refuse ourselves is final, what broke on the way is tried again', () => {
    expect(judgeFailure('guard').outcome).toBe('rejected')
    expect(judgeFailure('template').outcome).toBe('rejected')
    for (const reason of ['dns', 'connect', 'tls', 'timeout', 'reset'] as const)
      expect(judgeFailure(reason).outcome).toBe('retry')
  })
})
