import type { FailureReason, Outcome, ReceivedResponse } from '../model/index.ts'

export interface Verdict {
  outcome: Outcome
  reason: FailureReason | null
  /** Milliseconds the receiver asked us to wait (429 and 503 with Retry-After), for the whole lane. */
  waitMs: number | null
}

/** A receiver may not silence a lane for longer than a day. */
export const retryAfterMaxMs = 24 * 60 * 60 * 1000

/**
 * What an answer means. 2xx: delivered. 410: gone, where the webhook asks for it. 3xx is a failure, never followed
 * (Standard Webhooks); all else is tried again by policy.
 */
export function judgeResponse(response: ReceivedResponse, onGone: 'disable' | 'retry', now: number): Verdict {
  const status = response.status_code
  if (status >= 200 && status <= 299) return { outcome: 'delivered', reason: null, waitMs: null }
  if (status === 410 && onGone === 'disable') return { outcome: 'gone', reason: 'status', waitMs: null }
  const waitMs = status === 429 || status === 503 ? retryAfterMs(response, now) : null
  return { outcome: 'retry', reason: 'status', waitMs }
}

/** What a failure without a usable answer means: only a refusal of ours is final. */
export function judgeFailure(reason: FailureReason): Verdict {
  return { outcome: reason === 'guard' || reason === 'template' ? 'rejected' : 'retry', reason, waitMs: null }
}

/** RFC 9110 §10.2.3: whole seconds, or an HTTP-date. null where there is none that can be read. */
function retryAfterMs(response: ReceivedResponse, now: number): number | null {
  const header = response.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim()
  if (!header) return null
  const ms = /^\d{1,10}$/.test(header) ? Number(header) * 1000 : httpDate(header) - now
  if (!Number.isFinite(ms)) return null
  return Math.min(Math.max(ms, 0), retryAfterMaxMs)
}

const dateForms = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/, // IMF-fixdate
  /^[A-Z][a-z]+, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/, // RFC 850
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/, // asctime, which is UTC without saying so
]

function httpDate(text: string): number {
  if (!dateForms.some((form) => form.test(text))) return NaN
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
}
