/** Texts that let their bearer in. Randomness is a parameter, so that tests can say what comes out. */
import { hash, randomBytes } from 'node:crypto'

export type RandomBytes = (count: number) => Uint8Array

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function randomText(length: number, random: RandomBytes): string {
  let text = ''
  while (text.length < length) {
    for (const byte of random(length)) {
      // 248 is the largest multiple of 62 in a byte: above it some letters would come more often.
      if (byte < 248 && text.length < length) text += letters[byte % 62]
    }
  }
  return text
}

/** An API token: `hl_` and 40 of `[A-Za-z0-9]`, 238 bits. */
export function newToken(random: RandomBytes = randomBytes): string {
  return `hl_${randomText(40, random)}`
}

/** The part of an address that cannot be guessed, of an inspector or a source: 24 of `[A-Za-z0-9]`, 142 bits. */
export function newAddressToken(random: RandomBytes = randomBytes): string {
  return randomText(24, random)
}

/** A key as the Standard Webhooks specification writes it: `whsec_` and base64 of 32 bytes. */
export function newSigningSecret(random: RandomBytes = randomBytes): string {
  return `whsec_${Buffer.from(random(32)).toString('base64')}`
}

/** What a source signs with: 40 of `[A-Za-z0-9]`, 238 bits. */
export function newSourceSecret(random: RandomBytes = randomBytes): string {
  return randomText(40, random)
}

/** A session's cookie: 256 bits in base64url, 43 characters. */
export function newSessionText(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url')
}

/** What lets somebody in once, behind the # of a link: 40 of `[A-Za-z0-9]`, 238 bits. */
export function newLinkCode(random: RandomBytes = randomBytes): string {
  return randomText(40, random)
}

/** What is kept of a token: hex SHA-256. Its 238 random bits need no salt and no slow hash. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}
