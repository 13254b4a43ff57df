import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { sign } from './sign.ts'

const secret = () => `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"lead.stage_changed","data":{"name":"Сделка № 7"}}'

describe('sign', () => {
  test('the independent verifier accepts it', () => {
    const key = secret()
    const headers = Object.fromEntries(sign('dlv_1', body, [{ secret: key, until: null }], Date.now()))
    expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body))
  })

  test('refuses a changed body, id or time', () => {
    const key = secret()
    const headers = Object.fromEntries(sign('dlv_1', body, [{ secret: key, until: null }], Date.now()))
    const verifier = new Webhook(key)
    expect(() => verifier.verify(`${body} `, headers)).toThrow()
    expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'dlv_2' })).toThrow()
    expect(() => verifier.verify(body, { ...headers, 'webhook-timestamp': '1700000000' })).toThrow()
  })

  test('while rotating, old and new both verify; after the overlap only the new one', () => {
    const now = Date.now()
    const [fresh, old] = [secret(), secret()]
    const secrets = [
      { secret: fresh, until: null },
      { secret: old, until: now + 1000 },
    ]
    const during = Object.fromEntries(sign('dlv_1', body, secrets, now))
    expect(() => new Webhook(old).verify(body, during)).not.toThrow()
    expect(() => new Webhook(fresh).verify(body, during)).not.toThrow()
    const after = Object.fromEntries(sign('dlv_1', body, secrets, now + 1000))
    expect(() => new Webhook(old).verify(body, after)).toThrow()
    expect(() => new Webhook(fresh).verify(body, after)).not.toThrow()
  })

  test('an empty body is signed as the empty text', () => {
    const key = secret()
    const headers = Object.fromEntries(sign('dlv_1', null, [{ secret: key, until: null }], 1_800_000_000_000))
    const again = Object.fromEntries(sign('dlv_1', '', [{ secret: key, until: null }], 1_800_000_000_000))
    expect(headers).toEqual(again)
  })
})
