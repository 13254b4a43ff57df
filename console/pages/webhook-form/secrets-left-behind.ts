import type { WebhookSettings } from '../../data/webhooks.ts'
import { secretMask } from './secret-mask.ts'

/** Whether the URL leads to another origin than before while secrets that only the server knows are to be kept: it will not send them there. */
export function secretsLeftBehind(before: WebhookSettings, after: WebhookSettings): boolean {
  const from = URL.parse(before.request.url)?.origin
  const to = URL.parse(after.request.url)?.origin
  if (from === to) return false
  const { auth, headers } = after.request
  return Object.values(auth).includes(secretMask) || headers.some(({ value }) => value === secretMask)
}
