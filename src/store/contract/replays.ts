/** Sending again what was sent, or missed. A part of the store's contract: see `../store.ts`. */
import type { Delivery, RecordRef, Replay, SettledState } from '../../model/index.ts'
import type { Page } from './accounts.ts'

/** One thing that a replay goes over. */
export interface ReplayItem {
  webhook_id: string
  event_id: string
  event_type: string
  record: RecordRef
  sequence: number
  /** The delivery that is repeated, with how it ended; null for an event that was decided `disabled`. */
  delivery: { id: string; state: SettledState } | null
  /** In mode `bytes` the delivery's last attempt that has a request; null where there is none. */
  attempt_id: string | null
}

/** Some items of a replay, in their order. */
export interface ReplayStretch {
  items: ReplayItem[]
  /** What `cursor` is behind them. */
  cursor: string | null
  /** Nothing comes behind them. */
  end: boolean
}

/** A replay of an event that was made before. */
export type PastReplay = Pick<Delivery, 'id' | 'webhook_id' | 'state'>

/** How the deliveries that a replay made stand now. */
export type ReplayTally = Record<'unsettled' | SettledState, number>

/** An event that was decided `disabled`: it would have fired. */
export interface MissedEvent {
  account_id: string
  webhook_id: string
  event_id: string
}

export interface ReplayReads {
  get(accountId: string, replayId: string): Promise<Replay | null>
  list(accountId: string, page: Page): Promise<Replay[]>
  /** Running replays of all accounts whose `next_at` has come; those that wait longest first. */
  due(now: number, limit: number): Promise<Replay[]>
  /**
   * Up to `limit` of what the replay goes over, behind its cursor, ascending: deliveries by id, then missed events by id.
   * Only settled deliveries: made before the replay and settled by its `created_at`; so the answer stays the same, except
   * for what retention and erasure take away, and for missed events that were replayed. What counts as sent again is as old.
   */
  stretch(replay: Replay, limit: number): Promise<ReplayStretch>
  /** How many items it has from its cursor on, counted up to `max`. */
  count(replay: Replay, max: number): Promise<number>
  /**
   * How what these replays made stands, by the replay's id; of each only what is still kept is counted, each number up to
   * `max`. Those that made nothing are there with zeros.
   */
  tallies(accountId: string, replayIds: readonly string[], max: number): Promise<Map<string, ReplayTally>>
  /**
   * How many events a webhook missed while it was disabled, and since when: canceled deliveries of which no replay was
   * delivered or is under way, and events that were decided `disabled` and not replayed. Each counted up to `max`.
   */
  missed(accountId: string, webhookId: string, max: number): Promise<{ count: number; since: number | null }>
}

export interface ReplayWrites extends ReplayReads {
  insert(replay: Replay): Promise<void>
  /**
   * Locks a running replay until the transaction ends, and reads it. null where it is not running, or where another process
   * does a step of this account's replays just now: never waits. Under this lock `made` cannot change by another replay.
   */
  lock(replayId: string): Promise<Replay | null>
  /** Which of these events are still kept, each with the replays that were ever made of it. */
  made(accountId: string, eventIds: string[]): Promise<Map<string, PastReplay[]>>
  /** Writes the progress of a replay that was locked: state, cursor, counts, `next_at`. */
  update(replay: Replay): Promise<void>
  /** Running → canceled; what was made stays. False where it is not running. */
  cancel(accountId: string, replayId: string, now: number): Promise<boolean>
  /** Remembers events that were decided `disabled`; each pair comes once. */
  addMissed(missed: MissedEvent[]): Promise<void>
  /** Forgets them, since they were replayed. */
  removeMissed(accountId: string, webhookId: string, eventIds: string[]): Promise<void>
}
