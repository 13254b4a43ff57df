import { createHmac } from 'node:crypto'
import type { SigningSecret } from '../model/index.ts'

const secretPrefix = 'whsec_'
const keys = new Map<string, Buffer>()
const keysMax = 10_000

function keyOf(secret: string): Buffer {
  let key = keys.get(secret)
  if (!key) {
    if (keys.size >= keysMax) keys.clear()
    key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
    keys.set(secret, key)
  }
  return key
}

/**
 * The headers of Standard Webhooks: `webhook-id`, `webhook-timestamp` (whole seconds) and `webhook-signature`, one
 * `v1,<base64 HMAC-SHA256 of id.timestamp.body>` per secret that is in force, newest first, separated by spaces.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function sign(
  deliveryId: string,
  body: string | null,
  secrets: readonly SigningSecret[],
  now: number,
): [name: string, value: string][] {
  const timestamp = String(Math.floor(now / 1000))
  const content = `${deliveryId}.${timestamp}.${body ?? ''}`
  let signatures = ''
  for (const { secret, until } of secrets) {
    if (until !== null && until <= now) continue
    const signature = createHmac('sha256', keyOf(secret)).update(content).digest('base64')
    signatures += signatures === '' ? `v1,${signature}` : ` v1,${signature}`
  }
  return [
    ['webhook-id', deliveryId],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signatures],
  ]
}
