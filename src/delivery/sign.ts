import type { SigningSecret } from '../model/index.ts'
import { hmacSha256 } from '../runtime/hmac.ts'

const secretPrefix = 'whsec_'
type Signer = ReturnType<typeof hmacSha256>
const signers = new Map<string, Signer>()
const signersMax = 10_000

function signerOf(secret: string): Signer {
  let signer = signers.get(secret)
  if (!signer) {
    if (signers.size >= signersMax) signers.clear()
    signer = hmacSha256(Buffer.from(secret.slice(secretPrefix.length), 'base64'))
    signers.set(secret, signer)
  }
  return signer
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
    const signature = signerOf(secret)(content, 'base64')
    signatures += signatures === '' ? `v1,${signature}` : ` v1,${signature}`
  }
  return [
    ['webhook-id', deliveryId],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signatures],
  ]
}
