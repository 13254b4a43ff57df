/** The code that receivers are told to run, against our own: it must take what we send, and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sign } from '../../src/delivery/sign.ts'
import { verificationCode } from '../../src/delivery/verification-code.ts'
import type { SigningSecret } from '../../src/model/index.ts'

type IsAuthentic = (secret: string, headers: Record<string, string>, body: string | Uint8Array) => boolean

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`
const secret = secretOf('0123456789abcdef0123456789abcdef')
const otherSecret = secretOf('fedcba9876543210fedcba9876543210')
const body = '{"type":"lead.stage_changed","data":{"current":{"name":"Сделка"}}}'
const minute = 60_000

const codeOf = (language: string) => verificationCode.find((one) => one.language === language)!.code

async function loadSnippet(): Promise<IsAuthentic> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(codeOf('javascript'))}`)) as {
    isAuthentic: IsAuthentic
  }
  return module.isAuthentic
}

/** Asks Python, where there is one, for a verdict on each request. */
function askPython(requests: { headers: Record<string, string>; body: string }[]): unknown {
  const script = `${codeOf('python')}
import json
import sys

asked = json.load(sys.stdin)
print(json.dumps([is_authentic(asked["secret"], one["headers"], one["body"].encode()) for one in asked["requests"]]))
`
  const answer = execFileSync('python3', ['-c', script], { input: JSON.stringify({ secret, requests }) })
  return JSON.parse(answer.toString())
}

const hasPython = spawnSync('python3', ['--version']).status === 0

test('the guide shows the same code as the handout', async () => {
  const page = await readFile(new URL('../../docs/guide/verify-signatures.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code)
  expect(shown).toEqual(verificationCode.map(({ code }) => code))
})

test.runIf(hasPython)('the Python snippet believes what was signed with its secret, and nothing else', () => {
  const now = Date.now()
  const signed = (secrets: SigningSecret[], at = now) => Object.fromEntries(sign('dlv_1', body, secrets, at))
  const own = { secret, until: null }
  const other = { secret: otherSecret, until: null }
  const good = signed([own])
  const verdicts: [boolean, Record<string, string>, string][] = [
    [true, good, body],
    [true, signed([other, { secret, until: now + minute }]), body],
    [false, signed([other]), body],
    [false, good, `${body} `],
    [false, signed([own], now - 6 * minute), body],
    [false, signed([own], now + 6 * minute), body],
    [false, { ...good, 'webhook-id': 'dlv_2' }, body],
    [false, { ...good, 'webhook-timestamp': 'now' }, body],
    [false, {}, body],
  ]
  const answers = askPython(verdicts.map(([, headers, sent]) => ({ headers, body: sent })))
  expect(answers).toEqual(verdicts.map(([verdict]) => verdict))
})

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
