import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVisitor, signVisitor, visitorTokenCharactersMax } from './visitor-token.ts'

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

test('a token is what its description says: openssl made this one', () => {
  // printf 'lead:4831596' | openssl dgst -sha256 -hmac 'a secret for samples only'
  const token = 'lead:4831596:bca954cc0693183c20852e0721074840a4cc2972bfdefc2c3a4b9f47b76f1db8'
  expect(signVisitor('a secret for samples only', { kind: 'lead', id: '4831596' }, hmac)).toBe(token)
  expect(readVisitor('a secret for samples only', token, hmac)).toEqual({ kind: 'lead', id: '4831596' })
})

test('every record is read back, by the same secret only', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(text, text, (kind, id) => {
      const token = signVisitor('s', { kind, id }, hmac)
      expect(token).toMatch(/^[A-Za-z0-9._~%:-]+$/)
      expect(readVisitor('s', token, hmac)).toEqual({ kind, id })
      expect(readVisitor('other', token, hmac)).toBeNull()
    }),
  )
})

test('a token that was changed anywhere is none', () => {
  const token = signVisitor('s', { kind: 'lead', id: '15' }, hmac)
  for (let index = 0; index < token.length; index++) {
    const changed = token[index] === '0' ? '1' : '0'
    expect(readVisitor('s', token.slice(0, index) + changed + token.slice(index + 1), hmac)).toBeNull()
  }
  const signature = token.slice(-64)
  for (const wrong of [
    '',
    ':',
    'lead:15',
    'lead:15:',
    `${token} `,
    token.toUpperCase(),
    `:15:${signature}`,
    `lead::${signature}`,
    `lead:1:5:${signature}`,
    token + 'x'.repeat(visitorTokenCharactersMax),
  ])
    expect(readVisitor('s', wrong, hmac)).toBeNull()
})

test('a signed name that is no text is none', () => {
  expect(readVisitor('s', `lead:%ff:${hmac('s', 'lead:%ff')}`, hmac)).toBeNull()
})
