import { createHmac, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { hmacSha256 } from './hmac.ts'

// RFC 4231, test cases 2 and 6: a short key, and one that is longer than a block.
it.each([
  [
    Buffer.from('Jefe'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    Buffer.alloc(131, 0xaa),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('signs as RFC 4231 says', (key, content, hex) => {
  expect(hmacSha256(key)(content, 'base64')).toBe(Buffer.from(hex, 'hex').toString('base64'))
})

it.each([0, 1, 55, 64, 1000, 19_999, 20_000, 20_001, 100_000])(
  'signs %i characters of any alphabet as node:crypto does, one content after another',
  (length) => {
    for (const key of [randomBytes(24), randomBytes(64), randomBytes(65)]) {
      const sign = hmacSha256(key)
      for (const character of ['a', 'é', 'я', '漢']) {
        const content = character.repeat(length)
        expect(sign(content, 'base64url')).toBe(createHmac('sha256', key).update(content).digest('base64url'))
      }
    }
  },
)
