import type { Migration } from './migration.ts'

/**
 * A record's history as a chain: each event names the one before it, the record its last. An index by record lies across
 * all pages that there are, and to enter an event into it was a seventh of what the store spent on the event, and a third of
 * what it wrote. See docs/decisions/0012-record-chain.md.
 *
 * What was there before stands in no chain (null); the index now holds only that, and every 64th event of each record, so
 * that a long chain can be entered in its middle.
 */
export const recordChain: Migration = {
  name: '0010-record-chain',
  sql: ({ text }) => [
    `ALTER TABLE records ADD COLUMN last_event_id ${text}`,
    `ALTER TABLE events ADD COLUMN previous_id ${text}`,
    `DROP INDEX events_by_record`,
    `CREATE INDEX events_apart ON events (account_id, record_kind, record_id, sequence)
      WHERE previous_id IS NULL OR sequence % 64 = 0`,
  ],
}
