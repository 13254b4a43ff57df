/** Deliveries, and what becomes of them. A part of the store's contract: see `../store.ts`. */
import type {
  Attempt,
  Delivery,
  DeliveryPurpose,
  DeliveryState,
  RecordRef,
  SettledReason,
  SettledState,
} from '../../model/index.ts'
import type { Page } from './accounts.ts'

export interface DeliveryFilter {
  webhook_id?: string | undefined
  event_id?: string | undefined
  event_type?: string | undefined
  record?: RecordRef | undefined
  states?: DeliveryState[] | undefined
  /** Of the last attempt. */
  status_code?: number | undefined
  /** Made by this replay. */
  replay_id?: string | undefined
  /** Whether there is a replay of its event for its webhook that was made after it; of what is not settled there is none. */
  sent_again?: boolean | undefined
  /** From `since` on and before `until`, by when it was made, in ms: as their ids tell it. */
  since?: number | undefined
  until?: number | undefined
  /** Not below this id. */
  from_id?: string | undefined
}

/** How many deliveries one call goes through at the most in each state, to find what no index knows. */
export const lookedThroughMax = 20_000

/** How many deliveries one search looks through at the most. */
export const searchedDeliveriesMax = 3000

/** What a list tells of an attempt: without the request, the answer and the sentence about it. */
export type AttemptSummary = Pick<
  Attempt,
  'id' | 'number' | 'outcome' | 'reason' | 'started_at' | 'duration_ms'
>

/** What is told, with a delivery that was sent again, of the one that was made last. */
export type SentAgain = Pick<Delivery, 'id' | 'state' | 'reason' | 'created_at'>

export interface DeliveryReads {
  get(accountId: string, deliveryId: string): Promise<Delivery | null>
  /** How these stand, by id; those that are not kept are absent. Each is looked up by its key. */
  states(accountId: string, deliveryIds: readonly string[]): Promise<Map<string, DeliveryState>>
  /**
   * Of each of these the attempt that began last, by the delivery's id: the one of `last_status_code`. Late ones, which
   * changed nothing, are passed over; a delivery that has no other is absent. Each is looked up by its key.
   */
  lastAttempts(accountId: string, deliveryIds: readonly string[]): Promise<Map<string, AttemptSummary>>
  /**
   * Of each of these the newest replay of its event for its webhook, by the delivery's id; one after which none was made is
   * absent. It need not repeat this very delivery: a replay of many sends an event once, however many of its deliveries match.
   */
  sentAgain(
    accountId: string,
    deliveries: readonly Pick<Delivery, 'id' | 'webhook_id' | 'event_id'>[],
  ): Promise<Map<string, SentAgain>>
  list(accountId: string, filter: DeliveryFilter, page: Page): Promise<Delivery[]>
  /**
   * How far down a list one look may go: no index knows `event_type`, `status_code` and `sent_again`, and to find what is
   * rare among millions would hold up all other readers. The id of the settled delivery that stands `steps` behind `after`
   * in the list without these, of all asked states the nearest; null where the list ends before, or the filter has none of them.
   */
  horizon(
    accountId: string,
    filter: DeliveryFilter,
    after: string | undefined,
    steps: number,
  ): Promise<string | null>
  /**
   * Of the list those that hold `text`, ignoring case in every alphabet: in the record's id, the name that the record had,
   * the event type, the webhook's name, a URL that was requested, the body of an answer, or a reason of failure. Looks
   * through `searchedDeliveriesMax` of the list and then stops: `next` is where to go on, as `page.after`, also where nothing
   * was found; null at the end of the list.
   */
  search(
    accountId: string,
    filter: DeliveryFilter,
    text: string,
    page: Page,
  ): Promise<{ found: Delivery[]; next: string | null }>
  /** In their order. */
  attempts(accountId: string, deliveryId: string): Promise<Attempt[]>
  /** One of a delivery's attempts. */
  attempt(accountId: string, deliveryId: string, attemptId: string): Promise<Attempt | null>
  /** Unsettled ones of the account, counted up to `max`. */
  countUnsettled(accountId: string, max: number): Promise<number>
  /** How many are unsettled by webhook, and the id of the oldest of each; the webhook that waits longest stands first. */
  unsettledByWebhook(
    accountId: string,
    limit: number,
  ): Promise<{ webhook_id: string; count: number; oldest_id: string }[]>
  /** Unsettled ones of all accounts by state, and the oldest time at which one was due and not leased. For metrics. */
  backlog(now: number): Promise<{ states: Record<string, number>; oldest_due_at: number | null }>
}

/** The line of one record's deliveries for one webhook. */
export interface LineKey {
  webhook_id: string
  record: RecordRef
}

export function lineKey({ webhook_id, record }: LineKey): string {
  return JSON.stringify([webhook_id, record.kind, record.id])
}

export interface DeliveryWrites extends DeliveryReads {
  /**
   * Of these webhooks and records, those for which an event's delivery is unsettled: a later one must stand behind it. As
   * keys of `lineKey`.
   */
  lines(keys: LineKey[]): Promise<Set<string>>
  /** With `state: 'sending'` and `lease: 1` it belongs to the caller until `due_at`. */
  insert(deliveries: Delivery[]): Promise<void>
  /** Settles an unsettled delivery as canceled, its lease void. False where there is none unsettled. */
  cancel(accountId: string, deliveryId: string, reason: SettledReason, now: number): Promise<boolean>
  /**
   * Cancels up to `limit` unsent deliveries (pending, waiting, or under a lease that has ended) of disabled and deleted
   * webhooks, of all accounts or of one. Answers how many; 0 means that none is left for now.
   */
  cancelStranded(limit: number, now: number, accountId?: string): Promise<number>
  /**
   * Leases one unsettled delivery of the account until `until`, whatever its due time and its lane, as a claim leases what
   * is due. Answers it as it is then; null where it is settled, or under a lease.
   */
  lease(accountId: string, deliveryId: string, until: number): Promise<Delivery | null>
  /** What `Store.recordAttempts` does, as a part of this transaction: for outcomes that have consequences. */
  recordAttempts(records: AttemptRecord[], now: number): Promise<string[]>
}

/** What becomes of a delivery after an attempt. */
export type NextStep =
  | { state: SettledState; reason: SettledReason | null }
  /** `due_at`: when it may be tried again. */
  | { state: 'waiting'; due_at: number }

export interface AttemptRecord {
  account_id: string
  webhook_id: string
  delivery_id: string
  /** What it was about, for those who are told of its end. */
  event_id: string
  event_type: string
  purpose: DeliveryPurpose
  /** The lease under which it was tried. */
  lease: number
  /** The record whose next delivery is due when this one is settled; null where the webhook keeps no order. */
  releases: RecordRef | null
  /** null where nothing was sent: it had expired. */
  attempt: Attempt | null
  next: NextStep
  /** The whole lane waits until then (Retry-After). */
  lane_blocked_until: number | null
}

/** A probe that failed and goes on waiting is none of its delivery's attempts. */
export function countsAsAttempt({ attempt, next }: Pick<AttemptRecord, 'attempt' | 'next'>): boolean {
  return attempt !== null && !(attempt.probe && next.state === 'waiting')
}
