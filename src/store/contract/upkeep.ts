/** Who changed what, how long it is kept, and how a record is erased. A part of the store's contract: see `../store.ts`. */
import type { Account, AuditEntry, Erasure, RecordRef } from '../../model/index.ts'
import type { Page } from './accounts.ts'
import type { RecordedEvent } from './events.ts'

export interface AuditFilter {
  /** `webhook`, `token`… */
  subject_kind?: string | undefined
  subject_id?: string | undefined
  /** `token tok_…`, `member mem_…`, `system`. */
  actor?: string | undefined
  action?: string | undefined
  /** From `since` on and before `until`, in ms. */
  since?: number | undefined
  until?: number | undefined
}

export interface AuditReads {
  list(accountId: string, filter: AuditFilter, page: Page): Promise<AuditEntry[]>
}

export interface AuditWrites extends AuditReads {
  insert(entry: AuditEntry): Promise<void>
}

export interface RetentionReads {
  /** All accounts by id, ascending, with how long each keeps its history. */
  accounts(page: Page): Promise<Pick<Account, 'id' | 'retention_days'>[]>
}

export interface RetentionWrites {
  /**
   * Looks at up to `limit` of the account's events behind the id `after` that were received before `before`, in the order of
   * their ids, and deletes those that no unsettled delivery needs. `last` is the last id that it looked at, null where
   * there was none: what must be kept is passed over, not looked at again and again.
   */
  expireEvents(
    accountId: string,
    stretch: { before: number; after: string | null; limit: number },
  ): Promise<{ deleted: number; last: string | null }>
  /**
   * Deletes up to `limit` each of what else the account has from before `before`: settled deliveries with all their attempts,
   * inspectors' requests, source calls, finished imports with their errors, finished erasures, audit entries, counts; and firing
   * counters of deleted webhooks, whatever their age. Answers how many rows; 0 means that nothing is left for now.
   */
  expireHistory(accountId: string, before: number, limit: number): Promise<number>
}

/** What callers and receivers sent, kept as it came. */
export type ContentSort = 'inspector_request' | 'source_call' | 'import_error' | 'answer'

export interface KeptContent {
  /** Names the row among those of its sort. */
  key: string[]
  /** The event that an inspector's request carried; null where it named none. */
  event_id: string | null
  text: string
}

export interface ErasureReads {
  /**
   * For so long after a record was emptied a transaction that had read it before may still bring events that show it.
   * 0 where there is one writer.
   */
  readonly quietMs: number
  get(accountId: string, erasureId: string): Promise<Erasure | null>
  list(accountId: string, page: Page): Promise<Erasure[]>
  /** Erasures of all accounts that are not finished, oldest first. */
  running(limit: number): Promise<Erasure[]>
  /**
   * Looks at up to `limit` of the account's events behind the id `after`, and answers those whose JSON text holds `text`.
   * It may find too many (letters' case), never too few. `last`: the last id that it looked at, null where there was none.
   */
  searchEvents(
    accountId: string,
    stretch: { after: string | null; limit: number; text: string },
  ): Promise<{ found: RecordedEvent[]; last: string | null }>
  /** Up to `limit` of what the account was sent, behind the key `after`, in the order of the keys. */
  contents(
    accountId: string,
    sort: ContentSort,
    stretch: { after: string[] | null; limit: number },
  ): Promise<KeptContent[]>
}

export interface ErasureWrites extends ErasureReads {
  insert(erasure: Erasure): Promise<void>
  /** Locks a running erasure until the transaction ends. null where it is not running, or another process has it: never waits. */
  lock(erasureId: string): Promise<Erasure | null>
  /** Phase, place, counts and state. */
  update(erasure: Erasure): Promise<void>
  /** The record's events numbered above `after`, up to and with `upTo`, in their order. */
  eventsOf(
    accountId: string,
    record: RecordRef,
    stretch: { after: number; upTo: number; limit: number },
  ): Promise<RecordedEvent[]>
  /** Replaces what events say and what was decided about them: the one change that an event can see. */
  rewriteEvents(events: RecordedEvent[]): Promise<void>
  /** Cancels what is unsent of these events, with the reason `erased`; what is being sent under a live lease stays. */
  cancelUnsent(accountId: string, eventIds: string[], now: number): Promise<number>
  /** Whether a delivery of these events is being sent, under a lease that has not ended. */
  areBeingSent(accountId: string, eventIds: string[], now: number): Promise<boolean>
  /** Empties the requests and responses of all attempts for these events, but for status codes; answers of how many. */
  blankAttempts(accountId: string, eventIds: string[]): Promise<number>
  /** Empties what was kept under these keys. Of an answer to an idempotent request the body is forgotten. */
  blankContents(accountId: string, sort: ContentSort, keys: string[][]): Promise<void>
}
