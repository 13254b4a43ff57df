import type { Actor, Fields, JsonObject, RecordRef } from '../model/index.ts'

/** Who makes a change, and how it came here. Frozen into the events that it yields. */
export interface Origin {
  actor: Actor
  source: string
  bulk: boolean
}

/** What a caller asks to be recorded. Times are ISO 8601; null means now. */
export type Change =
  /** Creates or merges; a null field is cleared; `replace` clears all that is not named. */
  | { do: 'write'; record: RecordRef; fields: Fields; replace: boolean; occurred_at: string | null }
  | { do: 'delete'; record: RecordRef; occurred_at: string | null }
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
}

/** What the caller is answered: the status and the body as JSON text. */
export interface Answer {
  status_code: number
  body: string
  /** It is the answer to an earlier request with the same key. */
  replayed?: boolean
}

/** Accepts changes. */
export interface Ingest {
  /**
   * Resolves when the change, its events and their deliveries are on disk. `write` and `delete` answer
   * `{record, events: [{id, type}]}`, `event` answers the event itself; 201 where something was made, else 200.
   * Changes of one record are applied in the order of their submission.
   * @throws Problem: `invalid` (fields, unknown types), `not_found` (deleting what is not there),
   *   `idempotency_mismatch`, `too_many` (the queue or the account's backlog is full), `unavailable`
   */
  submit(submission: Submission): Promise<Answer>
  /** Refuses new changes and resolves when the accepted ones are on disk. */
  close(): Promise<void>
}
