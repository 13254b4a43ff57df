import type { RecordRef } from './record.ts'

/**
 *  pending ──claim──▶ sending ──┬──▶ delivered
 *     ▲  (lease)                ├──▶ dead      rejected · gone · out of attempts · expired
 *     └──────── waiting ◀─retry─┴──▶ canceled  by a person, by disabling or deleting the webhook, by erasure
 */
export type UnsettledState = 'pending' | 'sending' | 'waiting'
export const settledStates = ['delivered', 'dead', 'canceled'] as const
export type SettledState = (typeof settledStates)[number]
export type DeliveryState = UnsettledState | SettledState
export const deliveryStates: readonly DeliveryState[] = ['pending', 'sending', 'waiting', ...settledStates]

export function isSettled(state: string): state is SettledState {
  return (settledStates as readonly string[]).includes(state)
}

/** Why a settled delivery ended as it did; null where the state says it all. */
export type SettledReason =
  | 'rejected' // the guard or the template refused it: no retry can help
  | 'gone' // 410
  | 'out_of_attempts'
  | 'expired'
  | 'webhook_disabled'
  | 'webhook_deleted'
  | 'by_user'
  | 'erased' // its record was erased before it was sent

export type DeliveryPurpose = 'event' | 'test' | 'replay'

/** Our promise to send one event for one webhook. Its id is the `webhook-id` of every attempt. Times in ms. */
export interface Delivery {
  id: string
  account_id: string
  webhook_id: string
  event_id: string
  event_type: string
  record: RecordRef
  sequence: number
  purpose: DeliveryPurpose
  state: DeliveryState
  reason: SettledReason | null
  /** Judged attempts so far. */
  attempts: number
  /** Unsettled: when it may be claimed next (for `sending`: when its lease ends). */
  due_at: number
  expires_at: number
  /** Goes up with every claim; whoever records an outcome must name the one that it was given. */
  lease: number
  last_status_code: number | null
  created_at: number
  settled_at: number | null
  /** Of a replay: the delivery that it repeats; null where there was none, since its webhook was disabled. */
  replay_of: string | null
  /** Of a replay byte for byte: the attempt of `replay_of` whose method, query and body are sent again. */
  replay_attempt_id: string | null
  /** The replay that made it; null where it was made for itself. */
  replay_id: string | null
}

/** How an attempt ended. `rejected` and `gone` end the delivery; `retry` asks the policy. */
export type Outcome = 'delivered' | 'retry' | 'rejected' | 'gone'

/** Whether an attempt counts for its webhook's health: tests and replays speak only of success. */
export function countsForHealth(purpose: DeliveryPurpose, outcome: Outcome): boolean {
  return purpose === 'event' || outcome === 'delivered'
}

/** What went wrong; null when it was delivered. `status`: an answer came, and it was not a success. */
export type FailureReason = 'guard' | 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'status' | 'template'

/** A request as it went out, secrets redacted. */
export interface SentRequest {
  method: string
  url: string
  headers: [name: string, value: string][]
  body: Uint8Array | null
}

/** What came back, at most 16 KiB of its body. */
export interface ReceivedResponse {
  status_code: number
  headers: [name: string, value: string][]
  body: Uint8Array | null
  truncated: boolean
}

/** One HTTP try. */
export interface Attempt {
  id: string
  account_id: string
  delivery_id: string
  webhook_id: string
  webhook_version: number
  /** 1, 2, 3 … as the receiver saw them in `hookline-attempt`. */
  number: number
  outcome: Outcome
  reason: FailureReason | null
  /** A sentence for people: what happened, and what to do where we know. */
  detail: string | null
  /** It answered after its lease had ended: kept for the record, changed nothing. */
  late: boolean
  /** Sent to see whether the receiver of an open circuit is back: where it failed, it was none of the delivery's attempts. */
  probe: boolean
  started_at: number
  duration_ms: number
  /** null when it was refused before a request could be built. */
  request: SentRequest | null
  response: ReceivedResponse | null
}
