import { expect, test } from 'vitest'
import { secretMask } from '../model/index.ts'
import { redactableOf, redactResponse } from './redact.ts'

const secrets = redactableOf(['Basic dXNlcjpwYXJvbA==', 'пароль123', 'a', 'пароль123'])
const answer = (body: Buffer | null) => ({
  status_code: 200,
  headers: [['x-echo', 'Basic dXNlcjpwYXJvbA==']] as [string, string][],
  body,
  truncated: false,
})

test('secrets that a receiver sends back are masked, in headers and in the body', () => {
  const { headers, body } = redactResponse(
    answer(Buffer.from('{"auth":"Basic dXNlcjpwYXJvbA==","key":"пароль123"}')),
    secrets,
  )
  expect(headers).toEqual([['x-echo', secretMask]])
  expect(Buffer.from(body!).toString()).toBe(`{"auth":"${secretMask}","key":"${secretMask}"}`)
})

test('all other bytes stay as they are, also where they are no text', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  expect(Buffer.from(redactResponse(answer(bytes), secrets).body!).equals(bytes)).toBe(true)
  expect(redactResponse(answer(null), secrets).body).toBeNull()
})

test('a value too short to be a secret blanks nothing', () => {
  expect(redactableOf(['a', '12345'])).toEqual([])
})
