import { secretMask } from '../model/index.ts'
import type { ReceivedResponse } from '../model/index.ts'

/** Shorter ones are in every second answer by chance, and would blank what somebody needs to read. */
const charactersMin = 6

/** What must not be kept where a receiver sends it back: custom header values, passwords, tokens, as they were sent. */
export function redactableOf(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value.length >= charactersMin)
}

/** The response as it may be kept and shown: receivers that echo requests would otherwise write our secrets into history. */
export function redactResponse(response: ReceivedResponse, secrets: readonly string[]): ReceivedResponse {
  if (secrets.length === 0) return response
  const headers = response.headers.map(([name, value]): [string, string] => [name, masked(value, secrets)])
  const { body } = response
  if (body === null) return { ...response, headers }
  // Byte for byte: the body may be anything, and only what is secret may change.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const kept = masked(text, secrets.map(bytesOf), bytesOf(secretMask))
  return { ...response, headers, body: kept === text ? body : Buffer.from(kept, 'latin1') }
}

function masked(text: string, secrets: readonly string[], mask: string = secretMask): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, mask), text)
}

/** A text's UTF-8 bytes, one character each. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1')
}
