import type { SettledState } from './delivery.ts'
import type { RecordRef } from './record.ts'

/** `render`: from the stored event with today's settings. `bytes`: method, query and body of an earlier attempt. */
export type ReplayMode = 'render' | 'bytes'

/**
 *  running ──▶ done
 *     └──────▶ canceled   no more deliveries are made; those that were made stay
 */
export type ReplayState = 'running' | 'done' | 'canceled'

/** What a replay goes over. Times in ms, from `since` on and before `until`. */
export type ReplaySelection =
  | { of: 'deliveries'; delivery_ids: string[] }
  | {
      of: 'filter'
      event_type?: string | undefined
      record?: RecordRef | undefined
      states: SettledState[]
      status_code?: number | undefined
      replay_id?: string | undefined
      sent_again?: boolean | undefined
      since?: number | undefined
      until?: number | undefined
    }
  /** Deliveries that disabling the webhook canceled, and events that were decided `disabled`. */
  | { of: 'missed'; since?: number | undefined; until?: number | undefined }

/**
 * Sends settled deliveries, or missed events, once more: in the background, step by step, each step in one transaction.
 * Its id is also its bound: what was made after it, or settled after `created_at`, is no part of it.
 */
export interface Replay {
  id: string
  account_id: string
  /** null: of all webhooks. */
  webhook_id: string | null
  selection: ReplaySelection
  mode: ReplayMode
  /** Deliveries per second; null: as fast as they can be made. */
  pace_per_s: number | null
  state: ReplayState
  /** Who: `token tok_…`. */
  made_by: string
  /** The delivery or event that the last step ended with; null before the first step. */
  cursor: string | null
  /** As many as are known to be in it; null until they were counted. */
  total: number | null
  /** created + skipped */
  done: number
  created: number
  skipped: number
  /** The next step may be done from then on. */
  next_at: number
  created_at: number
  updated_at: number
}
