import { expect, test } from 'vitest'
import { sign } from '../../../src/delivery/sign.ts'
import { verifySignature } from './verify-signature.ts'

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes!!!!').toString('base64')}`
const body = '{"name":"Ünïcode"}'
const headers = sign('dlv_1', body, [{ secret, until: null }], Date.UTC(2026, 10, 20))
const request = { headers, body, body_encoding: 'utf8' as const }
const { subtle } = globalThis.crypto

test('what the server signs is good', async () => {
  expect(await verifySignature(request, secret, subtle)).toBe('good')
  const bytes = { ...request, body: Buffer.from(body).toString('base64'), body_encoding: 'base64' as const }
  expect(await verifySignature(bytes, secret, subtle)).toBe('good')
})

test('one of several secrets is enough', async () => {
  const other = `whsec_${Buffer.from('another secret, thirty-two bytes').toString('base64')}`
  const both = sign(
    'dlv_1',
    body,
    [
      { secret: other, until: null },
      { secret, until: null },
    ],
    0,
  )
  expect(await verifySignature({ ...request, headers: both }, secret, subtle)).toBe('good')
})

test('what was changed on its way is bad', async () => {
  expect(await verifySignature({ ...request, body: '{"name":"x"}' }, secret, subtle)).toBe('bad')
})

test('what has no signature, or cannot be checked, says so', async () => {
  expect(await verifySignature({ ...request, headers: [] }, secret, subtle)).toBe('unsigned')
  expect(await verifySignature(request, secret, undefined)).toBe('unchecked')
})
