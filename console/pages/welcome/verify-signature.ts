import type { InspectorRequest } from '../../data/inspectors.ts'

export type SignatureCheck = 'good' | 'bad' | 'unsigned' | 'unchecked'

/**
 * Checks a request's signature as its receiver would (Standard Webhooks: HMAC-SHA256 of `id.timestamp.body`).
 * `unchecked`: this page is not served securely, so that the browser has no cryptography for it.
 */
export async function verifySignature(
  { headers, body, body_encoding }: Pick<InspectorRequest, 'headers' | 'body' | 'body_encoding'>,
  secret: string,
  subtle: SubtleCrypto | undefined,
): Promise<SignatureCheck> {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const id = header('webhook-id')
  const timestamp = header('webhook-timestamp')
  const signatures = header('webhook-signature')
  if (!id || !timestamp || !signatures) return 'unsigned'
  if (!subtle) return 'unchecked'
  const sent = body_encoding === 'base64' ? fromBase64(body ?? '') : new TextEncoder().encode(body ?? '')
  const start = new TextEncoder().encode(`${id}.${timestamp}.`)
  const content = new Uint8Array(start.length + sent.length)
  content.set(start)
  content.set(sent, start.length)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', fromBase64(secret.replace(/^whsec_/, '')), algorithm, false, [
    'verify',
  ])
  for (const signature of signatures.split(' ')) {
    const [version, value] = signature.split(',')
    if (version === 'v1' && value && (await subtle.verify('HMAC', key, fromBase64(value), content)))
      return 'good'
  }
  return 'bad'
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
