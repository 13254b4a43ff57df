/** Events with what was decided about them. A part of the store's contract: see `../store.ts`. */
import type { CrmEvent, Decision, RecordRef } from '../../model/index.ts'
import type { Page } from './accounts.ts'

/** An event with what was decided when it was accepted. */
export interface RecordedEvent {
  event: CrmEvent
  config_version: number
  decisions: Decision[]
  /**
   * Its record's event before it, '' for the first: with the record's `last_event_id` they are the record's history. Left out
   * for events that no record counts; they are found by their record all the same.
   */
  previous_id?: string | undefined
}

export interface EventFilter {
  type?: string | undefined
  record?: RecordRef | undefined
  /** From `since` on and before `until`, by `received_at`, in ms: as their ids tell it. */
  since?: number | undefined
  until?: number | undefined
}

export interface EventReads {
  get(accountId: string, eventId: string): Promise<RecordedEvent | null>
  list(accountId: string, filter: EventFilter, page: Page): Promise<RecordedEvent[]>
  /** Like `list`, but each event as the JSON text that is kept: for whoever reads it in another thread. */
  texts(accountId: string, filter: EventFilter, page: Page): Promise<{ id: string; text: string }[]>
}

export interface EventWrites extends EventReads {
  /** Which of the callers' own event ids exist already. */
  findExternal(
    ids: { account_id: string; external_id: string }[],
  ): Promise<{ account_id: string; external_id: string; id: string; type: string }[]>
  insert(events: RecordedEvent[]): Promise<void>
}
