import { isUtf8 } from 'node:buffer'
import { Type } from 'typebox'
import type { ReceivedResponse, SentRequest } from '../model/index.ts'
import { choice, nullableText } from './schemas.ts'

/** Bytes as JSON can carry them. */
export function showBody(bytes: Uint8Array | null): {
  body: string | null
  body_encoding: 'utf8' | 'base64'
} {
  if (bytes === null) return { body: null, body_encoding: 'utf8' }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const body_encoding = isUtf8(buffer) ? 'utf8' : 'base64'
  return { body: buffer.toString(body_encoding), body_encoding }
}

export function showRequest(request: SentRequest | null) {
  if (!request) return null
  const { method, url, headers, body } = request
  return { method, url, headers, ...showBody(body) }
}

export function showResponse(response: ReceivedResponse | null) {
  if (!response) return null
  const { status_code, headers, body, truncated } = response
  return { status_code, headers, ...showBody(body), truncated }
}

export const headersShape = Type.Array(
  Type.Unsafe<[string, string]>({ type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 }),
  { description: 'Pairs of name and value, in their order.' },
)

export const bodyShape = {
  body: nullableText(),
  body_encoding: choice(['utf8', 'base64'] as const, { description: 'base64 where the bytes are no UTF-8.' }),
}

export const requestShape = Type.Unsafe({
  ...Type.Object({ method: Type.String(), url: Type.String(), headers: headersShape, ...bodyShape }),
  type: ['object', 'null'],
  description: 'As it went out, secrets redacted.',
})

export const responseShape = Type.Unsafe({
  ...Type.Object({
    status_code: Type.Integer(),
    headers: headersShape,
    ...bodyShape,
    truncated: Type.Boolean({ description: 'More came than was kept (16 KiB).' }),
  }),
  type: ['object', 'null'],
})
