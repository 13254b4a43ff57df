import type { CrmEvent, Delivery, Webhook } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { RecordedEvent, Transaction } from '../store/store.ts'
import type { AccountConfig } from './account-config.ts'
import { decide } from './decide.ts'

/** A delivery that was written already leased to this process, with all that sending it needs. */
export interface FreshDelivery {
  delivery: Delivery
  event: CrmEvent
  webhook: Webhook
  config: AccountConfig
}

/** The way from the transaction straight to the sender, past the claim: free slots are taken while writing. */
export interface Handoff {
  /** Takes a slot for a delivery of this webhook; false: it is written as pending, and claimed like any other. */
  reserve(webhook: Webhook, now: number): boolean
  /** Gives slots back whose deliveries were not written after all. */
  release(webhooks: Webhook[]): void
  /** Sends what was written and is durable. */
  send(deliveries: FreshDelivery[]): void
  /** Says that deliveries were written for which there was no slot. */
  nudge(): void
}

/** A lease outlasts the webhook's timeout by this much: time to record the outcome. */
export const leaseMarginMs = 5000

export interface EventToRecord {
  event: CrmEvent
  config: AccountConfig
}

export interface Recorded {
  fresh: FreshDelivery[]
  /** Deliveries were written that nobody holds yet. */
  pending: boolean
}

/**
 * Decides and writes: events with their decisions, and one delivery per firing webhook, in the caller's transaction.
 * Slots are taken for what can be sent at once; `reserved` collects them, so that a rollback can give them back.
 */
export async function recordEvents(
  tx: Transaction,
  events: EventToRecord[],
  handoff: Handoff | null,
  reserved: Webhook[],
  now: number,
): Promise<Recorded> {
  const recorded: RecordedEvent[] = []
  const deliveries: Delivery[] = []
  const result: Recorded = { fresh: [], pending: false }

  for (const { event, config } of events) {
    const { decisions, fired } = decide(event, config)
    for (const { webhook, decision } of fired) {
      const leased = webhook.status === 'active' && handoff !== null && handoff.reserve(webhook, now)
      const delivery = newDelivery(event, webhook, leased, now)
      decision.delivery_id = delivery.id
      deliveries.push(delivery)
      if (leased) {
        reserved.push(webhook)
        result.fresh.push({ delivery, event, webhook, config })
      } else {
        result.pending = true
      }
    }
    recorded.push({ event, config_version: config.account.config_version, decisions })
  }

  if (recorded.length > 0) await tx.events.insert(recorded)
  if (deliveries.length > 0) await tx.deliveries.insert(deliveries)
  return result
}

function newDelivery(event: CrmEvent, webhook: Webhook, leased: boolean, now: number): Delivery {
  return {
    id: newId('dlv', now),
    account_id: event.account_id,
    webhook_id: webhook.id,
    event_id: event.id,
    event_type: event.type,
    record: event.record,
    sequence: event.sequence,
    purpose: 'event',
    state: leased ? 'sending' : 'pending',
    reason: null,
    attempts: 0,
    due_at: leased ? now + webhook.delivery.timeout_s * 1000 + leaseMarginMs : now,
    expires_at: now + webhook.delivery.expires_s * 1000,
    lease: leased ? 1 : 0,
    last_status_code: null,
    created_at: now,
    settled_at: null,
  }
}
