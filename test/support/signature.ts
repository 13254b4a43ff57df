import { Webhook } from 'standardwebhooks'
import type { ReceivedRequest } from './receiver.ts'

/**
 * Whether one of the request's signatures was made with this secret, by the independent library. The timestamp is taken as
 * it came, whatever the time is now, for servers whose clock a test winds forward.
 */
export function isSignedWith(
  secret: string,
  { headers, body }: Pick<ReceivedRequest, 'headers' | 'body'>,
): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body)
  return String(headers['webhook-signature']).split(' ').includes(expected)
}
