/** The page about signatures, against our own: what it tells receivers to run must take what we send, and nothing else. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sign } from '../../src/delivery/sign.ts'

type IsAuthentic = (secret: string, headers: Record<string, string>, body: string | Uint8Array) => boolean

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`
const secret = secretOf('0123456789abcdef0123456789abcdef')
const otherSecret = secretOf('fedcba9876543210fedcba9876543210')
const body = '{"type":"lead.stage_changed","data":{"current":{"name":"Сделка"}}}'
const minute = 60_000

async function loadSnippet(): Promise<IsAuthentic> {
  const page = await readFile(new URL('../../docs/guide/verify-signatures.md', import.meta.url), 'utf8')
  const [, snippet] = /^```js\n(.*?)^```$/ms.exec(page)!
  const module = (await import(`data:text/javascript,${encodeURIComponent(snippet!)}`)) as {
    isAuthentic: IsAuthentic
  }
  return module.isAuthentic
}

test('the Node snippet believes what was signed with its secret, also while it is being rotated', async () => {
  const isAuthentic = await loadSnippet()
  const now = Date.now()
  const alone = Object.fromEntries(sign('dlv_1', body, [{ secret, until: null }], now))
  expect(isAuthentic(secret, alone, body)).toBe(true)
  expect(isAuthentic(secret, alone, Buffer.from(body))).toBe(true)

  const rotating = [
    { secret: otherSecret, until: null },
    { secret, until: now + minute },
  ]
  expect(isAuthentic(secret, Object.fromEntries(sign('dlv_1', body, rotating, now)), body)).toBe(true)
})

test('the Node snippet believes nothing else', async () => {
  const isAuthentic = await loadSnippet()
  const now = Date.now()
  const signed = (by: string, at: number) =>
    Object.fromEntries(sign('dlv_1', body, [{ secret: by, until: null }], at))
  expect(isAuthentic(secret, signed(otherSecret, now), body)).toBe(false)
  expect(isAuthentic(secret, signed(secret, now), `${body} `)).toBe(false)
  expect(isAuthentic(secret, signed(secret, now - 6 * minute), body)).toBe(false)
  expect(isAuthentic(secret, signed(secret, now + 6 * minute), body)).toBe(false)
  expect(isAuthentic(secret, { ...signed(secret, now), 'webhook-id': 'dlv_2' }, body)).toBe(false)
  expect(isAuthentic(secret, { ...signed(secret, now), 'webhook-timestamp': 'now' }, body)).toBe(false)
  expect(isAuthentic(secret, {}, body)).toBe(false)
})
