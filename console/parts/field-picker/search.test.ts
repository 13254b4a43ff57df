import { expect, test } from 'vitest'
import type { EventType } from '../../data/catalogue.ts'
import { payloadPaths, searchPaths, typedPath } from './search.ts'

const paths = [
  { path: 'current.price', name: 'Price', group: 'Now' },
  { path: 'previous.price', name: 'Price before', group: 'Before the change' },
  { path: 'contact.email', name: 'Contact: e-mail', group: 'Contact' },
  { path: 'contact.company_id', name: 'Kontakt: spółka', group: 'Contact' },
]
const found = (typed: string) => searchPaths(paths, typed).map(({ path }) => path)

test('found by name, group and path, whatever the accents', () => {
  expect(found('price')).toEqual(['current.price', 'previous.price'])
  expect(found('before price')).toEqual(['previous.price'])
  expect(found('spolka')).toEqual(['contact.company_id'])
  expect(found('contact e-mail')).toEqual(['contact.email'])
  expect(found('')).toHaveLength(4)
  expect(found('nothing')).toEqual([])
})

test('what is called so goes before what only stands at such a path', () => {
  const mixed = [{ path: 'current.contact_id', name: 'Contact', group: 'Now' }, ...paths]
  expect(searchPaths(mixed, 'contact e').map(({ name }) => name)).toEqual(['Contact: e-mail', 'Contact'])
})

test('what is typed may be a path that nobody has seen yet', () => {
  expect(typedPath('current.utm_source', paths)).toBe('current.utm_source')
  expect(typedPath('utm_source', paths)).toBe('current.utm_source')
  expect(typedPath('current.price', paths)).toBeNull()
  expect(typedPath('price', paths)).toBeNull()
  expect(typedPath('two words', paths)).toBeNull()
  expect(typedPath('current.', paths)).toBeNull()
})

test('what happens to webhooks themselves is told by the event type', () => {
  const disabled = {
    type: 'webhook.disabled',
    data: { reason: 'text' },
    sample: { current: { name: 'To the ERP' }, previous: {}, data: {} },
  } as unknown as EventType
  const all = payloadPaths([], [disabled]).map(({ path }) => path)
  expect(all.slice(0, 4)).toEqual(['current.name', 'data.reason', 'record.id', 'record.kind'])
})

test('payloads name the webhook and the time too, each path once', () => {
  const all = payloadPaths([
    { path: 'event.id', type: 'text', choices: null },
    { path: 'event.sequence', type: 'number', choices: null },
    { path: 'current.price', type: 'number', choices: null },
  ]).map(({ path }) => path)
  expect(all[0]).toBe('current.price')
  expect(all).toContain('webhook.name')
  expect(new Set(all).size).toBe(all.length)
})
