import type { Actor, Cause, Fields, JsonObject, Problem, RecordRef } from '../../model/index.ts'
import type { Transaction } from '../../store/store.ts'

/** Who makes a change, and how it came here. Frozen into the events that it yields. */
export interface Origin {
  actor: Actor
  source: string
  bulk: boolean
  /** The webhook delivery that led to it, where the caller passed `Hookline-Cause` on. */
  caused_by: Cause | null
  /** The trace that the caller's request belongs to. */
  traceparent?: string | undefined
}

/** What a caller asks to be recorded. Times are ISO 8601; null means now. */
export type Change =
  /** Creates or merges; a null field is cleared; `replace` clears all that is not named. */
  | {
      do: 'write'
      record: RecordRef
      fields: Fields
      replace: boolean
      occurred_at: string | null
      /** When the fields were true: where the record holds something younger, nothing changes. null: always. */
      as_of: string | null
      /** What another system's own call says beside the new values; null where the caller is the one who writes. */
      told: Told | null
    }
  | { do: 'delete'; record: RecordRef; occurred_at: string | null; as_of: string | null }
  /** Something that happened around the record; `type` is the bare action: `email_received`. */
  | {
      do: 'activity'
      record: RecordRef
      type: string
      data: JsonObject
      occurred_at: string | null
      external_id: string | null
    }
  /** A ready event from a system that derives its own; changes no fields. */
  | {
      do: 'event'
      type: string
      record: RecordRef
      current: Fields
      previous: Fields
      data: JsonObject
      occurred_at: string | null
      external_id: string | null
    }

/**
 * What a source's call says of the time before it. A source may speak of records that we never saw: then its first word is
 * where we start from, not news, unless it says itself that the record was created or what a value was before.
 */
export interface Told {
  /** Values before the change, as far as the call carries them. */
  old: Fields
  /** The call says that the record was made just now. */
  created: boolean
  /** What people call fields whose names only machines read: titles for those that nobody named yet. */
  titles: Record<string, string>
}

/** The request's `Idempotency-Key`, with what it is bound to. */
export interface IdempotencyKey {
  token_id: string
  route: string
  key: string
  /** Hex SHA-256 of the request's body. */
  body_hash: string
}

export interface Submission {
  account_id: string
  change: Change
  origin: Origin
  idempotency: IdempotencyKey | null
  /** Records change, and no events come of it. */
  silent?: boolean
}

/** What the caller is answered: the status and the body as JSON text. */
export interface Answer {
  status_code: number
  body: string
  /** It is the answer to an earlier request with the same key. */
  replayed?: boolean
  /** What it came to, for whoever counts. */
  outcome: 'created' | 'changed' | 'unchanged' | 'stale'
  /** How many events came of it. */
  events: number
}

/** Both may run more than once, and must act only on the transaction: it is run again where another one was faster. */
export interface Together {
  /** The changes, read in the very transaction where they are kept in the store. */
  submissions(tx: Transaction): Submission[] | Promise<Submission[]>
  /** Writes what belongs to them. `outcomes` are those of the submissions, in order. */
  also(tx: Transaction, outcomes: (Answer | Problem)[]): Promise<void>
}

/** Accepts changes. */
export interface Ingest {
  /**
   * Resolves when the change, its events and their deliveries are on disk. `write` and `delete` answer
   * `{record, events: [{id, type}]}`, with `stale: true` where the record holds something younger; `event` and `activity`
   * answer the event itself; 201 where something was made, else 200. Changes of one record are applied in the order of
   * their submission.
   * @throws Problem: `invalid` (fields, unknown types), `not_found` (deleting what is not there),
   *   `idempotency_mismatch`, `too_many` (the queue or the account's backlog is full), `unavailable`
   */
  submit(submission: Submission): Promise<Answer>
  /**
   * Writes changes of one account, and what belongs to them, in one transaction of their own, in order. Answers one outcome
   * per submission; changes that were refused are Problems.
   * @throws Problem `too_many` where the account's backlog is full, `unavailable`; then nothing is written
   */
  submitTogether(accountId: string, together: Together): Promise<(Answer | Problem)[]>
  /** Refuses new changes and resolves when the accepted ones are on disk. */
  close(): Promise<void>
}
