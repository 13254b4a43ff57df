import { describe, expect, test } from 'vitest'
import type { Account } from '../../../data/account.ts'
import { changesOf, mistakesOf, shortensHistory } from './account-draft.ts'

const account: Account = {
  id: 'acc_1',
  external_id: null,
  name: 'ACME',
  subdomain: 'acme',
  time_zone: 'UTC',
  language: 'en',
  strict: false,
  retention_days: 90,
  created_at: '2026-11-20T09:00:00.000Z',
}

test('only what differs is sent', () => {
  expect(changesOf({ name: 'ACME', subdomain: '', strict: true }, account)).toEqual({
    subdomain: '',
    strict: true,
  })
})

describe('mistakes', () => {
  test('a name of spaces, a subdomain with capitals, and no number of days', () => {
    expect(mistakesOf({ name: '  ', subdomain: 'ACME', retention_days: '' })).toEqual({
      name: 'nameNeeded',
      subdomain: 'subdomain',
      retention_days: 'retention',
    })
  })

  test.each([0, 3651, 1.5])('%d days are refused', (retention_days) => {
    expect(mistakesOf({ retention_days })).toEqual({ retention_days: 'retention' })
  })

  test('what was not touched is not looked at', () => {
    expect(mistakesOf({})).toEqual({})
    expect(mistakesOf({ subdomain: '', retention_days: 3650 })).toEqual({})
  })
})

test('fewer days delete history, more do not', () => {
  expect(shortensHistory({ retention_days: 89 }, account)).toBe(true)
  expect(shortensHistory({ retention_days: 91 }, account)).toBe(false)
  expect(shortensHistory({ retention_days: '' }, account)).toBe(false)
})
