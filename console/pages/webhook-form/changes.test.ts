import { describe, expect, test } from 'vitest'
import type { WebhookSettings } from '../../data/webhooks.ts'
import { changesOf, same } from './changes.ts'
import { withValueAt } from './path.ts'
import { emptySettings } from './start-settings.ts'

const saved: WebhookSettings = {
  ...emptySettings,
  name: 'To the ERP',
  events: ['lead.won'],
  request: {
    ...emptySettings.request,
    url: 'https://erp.example/hook',
    auth: { type: 'basic', username: 'u', password: '••••••••' },
    headers: [{ name: 'X-Key', value: '••••••••' }],
    format: 'params',
    options: { encoding: 'json', params: [] },
  },
}

const after = (...sets: [path: string, value: unknown][]) =>
  sets.reduce((draft, [path, value]) => withValueAt(draft, path, value), saved)

test('nothing changed, nothing is sent', () => {
  expect(changesOf(saved, saved)).toBeNull()
  expect(changesOf(saved, structuredClone(saved))).toBeNull()
})

describe('only what changed is sent', () => {
  test('whole values', () => {
    expect(changesOf(saved, after(['name', 'ERP'], ['events', ['lead.won', 'lead.lost']]))).toEqual({
      name: 'ERP',
      events: ['lead.won', 'lead.lost'],
    })
    expect(
      changesOf(saved, after(['conditions.rules', [{ field: 'current.price', operator: '>', value: 1 }]])),
    ).toEqual({
      conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 1 }] },
    })
  })

  test('key by key where the server merges: secrets that nobody retyped are not sent', () => {
    expect(changesOf(saved, after(['request.url', 'https://erp.example/new']))).toEqual({
      request: { url: 'https://erp.example/new' },
    })
    expect(
      changesOf(saved, after(['delivery.timeout_s', 5], ['delivery.retry', { policy: 'once' }])),
    ).toEqual({
      delivery: { timeout_s: 5, retry: { policy: 'once' } },
    })
    expect(changesOf(saved, after(['limits.per_record', 3]))).toEqual({ limits: { per_record: 3 } })
  })

  test('a retyped secret goes with what stands beside it', () => {
    expect(changesOf(saved, after(['request.auth.password', 'new']))).toEqual({
      request: { auth: { type: 'basic', username: 'u', password: 'new' } },
    })
  })

  test('a header that is added leaves the masks of the others, which mean: keep', () => {
    const headers = [...saved.request.headers, { name: 'X-Two', value: '2' }]
    expect(changesOf(saved, after(['request.headers', headers]))).toEqual({ request: { headers } })
  })

  test('another format brings its options, also where they are the same', () => {
    expect(changesOf(saved, after(['request.format', 'template']))).toEqual({
      request: { format: 'template', options: { encoding: 'json', params: [] } },
    })
  })

  test('what is taken away', () => {
    const hours = { days: [1], from: '09:00', to: '18:00', time_zone: 'UTC', outside: 'hold' as const }
    const withHours = { ...saved, active_hours: hours }
    expect(changesOf(withHours, saved)).toEqual({ active_hours: null })
  })
})

test('the order of keys says nothing, the order of a list does', () => {
  expect(same({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toBe(true)
  expect(same([1, 2], [2, 1])).toBe(false)
  expect(same({ a: undefined }, {})).toBe(false)
  expect(same([], {})).toBe(false)
})
