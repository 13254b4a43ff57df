import { expect, test } from 'vitest'
import type { WebhookVersion } from '../../data/webhooks.ts'
import { changesOf } from './changes-of.ts'

const version = (settings: object, status = 'active') => ({ status, settings }) as unknown as WebhookVersion

test('names each setting that differs, with what it was and what it is', () => {
  const before = version({ name: 'A', request: { method: 'POST', url: 'https://a.example' }, delay_s: 0 })
  const after = version(
    { name: 'A', request: { method: 'GET', url: 'https://a.example' }, delay_s: 60 },
    'paused',
  )
  expect(changesOf(before, after)).toEqual([
    { path: 'status', old: 'active', now: 'paused' },
    { path: 'request.method', old: 'POST', now: 'GET' },
    { path: 'delay_s', old: '0', now: '60' },
  ])
})

test('shows conditions whole, and what came or went as empty on the other side', () => {
  const rules = { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 1 }] }
  expect(
    changesOf(version({ delivery: { retry: { waits_s: [5] } } }), version({ conditions: rules })),
  ).toEqual([
    { path: 'delivery.retry.waits_s', old: '[5]', now: '' },
    { path: 'conditions', old: '', now: JSON.stringify(rules) },
  ])
})

test('says nothing of versions that are the same', () => {
  expect(changesOf(version({ name: 'A' }), version({ name: 'A' }))).toEqual([])
})
