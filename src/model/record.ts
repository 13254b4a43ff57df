import type { Json } from './json.ts'

/** A thing in the CRM, named: `lead 4831596`. */
export interface RecordRef {
  kind: string
  id: string
}

/** A record's fields by name. A null value is a field that is empty; an absent one was never set. */
export type Fields = { [name: string]: Json }

/** What people call a record by its fields: its `name`; null where that is empty, and its id must do. */
export function nameIn({ name = null }: Fields): string | null {
  if (typeof name === 'number') return String(name)
  return typeof name === 'string' && name.trim() !== '' ? name : null
}

/**
 * - `unknown`: events named it, nobody wrote it (it only carries a sequence)
 * - `present`
 * - `deleted`: its last fields are kept; the next write restores it
 */
export type RecordState = 'unknown' | 'present' | 'deleted'

/** A record as the store keeps it. Times are ms since the epoch. */
export interface CrmRecord {
  account_id: string
  kind: string
  id: string
  state: RecordState
  fields: Fields
  /** The number of the record's last event; counts up by one per event, also across deletion. */
  sequence: number
  /** Its last event, from which its history is found; null where it has none, or had its last before this was kept. */
  last_event_id: string | null
  /** When its fields were true by whoever wrote them last with such a time; an older write is stale. */
  as_of: number | null
  created_at: number
  updated_at: number
}
