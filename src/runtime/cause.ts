import { hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Cause } from '../model/index.ts'
import { hmacSha256 } from './hmac.ts'

/** Reads and writes the header `Hookline-Cause`, by which a change tells which delivery led to it. */
export interface CauseSeal {
  sign(cause: Cause, accountId: string): string
  /** null for anything that this server did not sign for this account. */
  read(text: string, accountId: string): Cause | null
}

const form = /^v1((?:\.[a-z0-9_]{1,64}){2,64})\.([A-Za-z0-9_-]{43})$/

/** `v1.<event id>.<webhook id>….<base64url HMAC-SHA256>`, under a key derived from the master key. */
export function openCauseSeal(masterKey: string | Uint8Array): CauseSeal {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'hookline cause v1', 32))
  const hmac = hmacSha256(key)
  const mac = (content: string) => hmac(content, 'base64url')
  return {
    sign({ event_id, chain }, accountId) {
      const content = `.${event_id}.${chain.join('.')}`
      return `v1${content}.${mac(accountId + content)}`
    },
    read(text, accountId) {
      const [, content = '', signature = ''] = form.exec(text) ?? []
      if (content === '' || !timingSafeEqual(Buffer.from(mac(accountId + content)), Buffer.from(signature)))
        return null
      const [event_id = '', ...chain] = content.slice(1).split('.')
      return { event_id, chain }
    },
  }
}
