import { expect, test } from 'vitest'
import { formatFor } from './method-format.ts'
import { secretsLeftBehind } from './secrets-left-behind.ts'
import { emptySettings } from './start-settings.ts'

const formats = [
  { name: 'standard', methods: ['POST', 'PUT'] },
  { name: 'params', methods: ['GET', 'POST', 'PUT'] },
  { name: 'amocrm', methods: ['POST'] },
]

test('a format stays where the method can carry it', () => {
  expect(formatFor('POST', 'amocrm', formats)).toBe('amocrm')
  expect(formatFor('GET', 'params', formats)).toBe('params')
})

test('else it is the first that the method can carry', () => {
  expect(formatFor('GET', 'standard', formats)).toBe('params')
  expect(formatFor('PUT', 'amocrm', formats)).toBe('standard')
  expect(formatFor('TRACE', 'amocrm', formats)).toBe('amocrm')
})

test('kept secrets do not follow the URL to another origin', () => {
  const at = (url: string, password: string) => ({
    ...emptySettings,
    request: { ...emptySettings.request, url, auth: { type: 'basic' as const, username: 'u', password } },
  })
  const before = at('https://a.example/x', '••••••••')
  expect(secretsLeftBehind(before, at('https://a.example/y', '••••••••'))).toBe(false)
  expect(secretsLeftBehind(before, at('https://b.example/x', '••••••••'))).toBe(true)
  expect(secretsLeftBehind(before, at('http://a.example/x', '••••••••'))).toBe(true)
  expect(secretsLeftBehind(before, at('https://b.example/x', 'typed anew'))).toBe(false)
})
