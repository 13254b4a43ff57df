import type { Migration } from './migration.ts'

/** Among a million events those of a rare type are found at once; a scan for them held up every other reader. */
export const eventsByType: Migration = {
  name: '0013-events-by-type',
  sql: () => ['CREATE INDEX events_by_type ON events (account_id, type, id)'],
}
