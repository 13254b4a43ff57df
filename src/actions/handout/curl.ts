import { isUtf8 } from 'node:buffer'
import type { SentRequest } from '../../model/index.ts'

/** Where developers run what they are writing. */
const ownMachine = 'http://localhost:3000'

/** A command for a shell that sends the request to the developer's own machine. */
export function curlCommand({ method, url, headers, body }: SentRequest): string {
  const place = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split('#', 1)[0]!
  const address = ownMachine + (place.startsWith('/') ? place : `/${place}`)
  const parts = [`curl -X ${method} ${quoted(address)}`]
  // curl reads brackets and braces in addresses as patterns.
  if (/[[\]{}]/.test(address)) parts.push('--globoff')
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (body !== null) parts.push(`--data-binary ${quoted(textOf(body))}`)
  return parts.join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function textOf(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}
