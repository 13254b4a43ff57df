import type { RecordRef } from '../model/index.ts'
import type { SourceContext } from './source.ts'

export type Hmac = SourceContext['hmacSha256']

export const visitorTokenCharactersMax = 1000

/**
 * Names a record in a page, in such a way that a visitor cannot name another one: `lead:4831596:<hex HMAC-SHA256 of
 * "lead:4831596" with the source's secret>`. Kind and id are percent-encoded as in a URL, which leaves letters, digits and
 * `-_.~` alone; in PHP it is `$name . ':' . hash_hmac('sha256', $name, $secret)`. It does not run out: it says who visits,
 * and lets nobody in.
 */
export function signVisitor(secret: string, ref: RecordRef, hmac: Hmac): string {
  const name = `${encode(ref.kind)}:${encode(ref.id)}`
  return `${name}:${hmac(secret, name)}`
}

/** The record that a token names; null where it is malformed or not signed with this secret. */
export function readVisitor(secret: string, token: string, hmac: Hmac): RecordRef | null {
  if (token.length > visitorTokenCharactersMax) return null
  const parts = /^([^:]+):([^:]+):([0-9a-f]{64})$/.exec(token)
  if (!parts) return null
  const [, kind = '', id = '', signature = ''] = parts
  if (!sameText(signature, hmac(secret, `${kind}:${id}`))) return null
  try {
    return { kind: decodeURIComponent(kind), id: decodeURIComponent(id) }
  } catch {
    return null
  }
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Takes the same time wherever the first difference is. */
function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
