import type { RecordRef } from './record.ts'

/**
 *  own ─▶ others ─▶ contents ─▶ files ─▶ done
 *
 * - `own`: the record's events, what is unsent of them, their attempts
 * - `others`: events of records that link to it, where they show it, and their attempts
 * - `contents`: what inspectors and sources received, failed lines of imports, kept answers
 * - `files`: the database's own files
 */
export type ErasurePhase = 'own' | 'others' | 'contents' | 'files'

/** What an attempt says in words once it was emptied. */
export const erasedDetail = 'What was sent and received was erased with its record.'

/** One record's data being blanked everywhere, step by step. The record itself is emptied before the first step. Times in ms. */
export interface Erasure {
  id: string
  account_id: string
  record: RecordRef
  state: 'running' | 'done'
  phase: ErasurePhase
  /** How far the phase has come; null at its start. */
  place: string | null
  /** The number of the record's last event when it was emptied: later ones are new data. */
  up_to_sequence: number
  /** Events of the record itself that were blanked. */
  events: number
  /** Events of other records in which it was blanked. */
  snapshots: number
  /** Deliveries that were canceled unsent. */
  canceled: number
  /** Attempts whose requests and responses were emptied. */
  attempts: number
  /** Inspectors' requests, source calls, failed lines and kept answers that were emptied. */
  contents: number
  /** Fragments may be left in the database's files until it tidies itself. */
  traces_left: boolean
  /** Who: `token tok_…`. */
  made_by: string
  created_at: number
  updated_at: number
}
