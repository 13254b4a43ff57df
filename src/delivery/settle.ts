import { expiresAt } from '../model/index.ts'
import type { Delivery, Webhook } from '../model/index.ts'
import { whenOpen } from '../record-events/index.ts'
import type { AttemptRecord, NextStep } from '../store/store.ts'

/**
 * What becomes of a claimed delivery without an attempt, or null where it is to be sent. `webhook` is the present one:
 * undefined where it was deleted since.
 */
export function settledUnsent(
  delivery: Delivery,
  webhook: Webhook | undefined,
  now: number,
): AttemptRecord | null {
  const next = nextUnsent(delivery, webhook, now)
  return (
    next && {
      account_id: delivery.account_id,
      webhook_id: delivery.webhook_id,
      delivery_id: delivery.id,
      event_id: delivery.event_id,
      event_type: delivery.event_type,
      purpose: delivery.purpose,
      lease: delivery.lease,
      releases: webhook?.delivery.order === 'record' ? delivery.record : null,
      attempt: null,
      next,
      lane_blocked_until: null,
    }
  )
}

function nextUnsent(delivery: Delivery, webhook: Webhook | undefined, now: number): NextStep | null {
  if (!webhook || webhook.status === 'deleted') return { state: 'canceled', reason: 'webhook_deleted' }
  if (webhook.status === 'disabled') return { state: 'canceled', reason: 'webhook_disabled' }
  // Put back as it was: claiming passes over paused webhooks, so it lies there until they are resumed.
  if (webhook.status === 'paused') return { state: 'waiting', due_at: delivery.created_at }
  if (expiresAt(delivery, webhook.pauses, now) <= now) return { state: 'dead', reason: 'expired' }
  const dueAt = whenOpen(webhook.active_hours, now)
  return dueAt > now ? { state: 'waiting', due_at: dueAt } : null
}
