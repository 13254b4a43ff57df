import type { Migration } from './migration.ts'

/**
 * Which replay made a delivery, and the replays of an event in the order in which they were made: what tells of a delivery
 * whether it was sent again.
 *
 * Both are found by partial indexes. A fresh delivery of an event stands in neither, so that it costs a comparison and writes
 * nothing. What was there before is of no replay that would be known (null).
 */
export const sentAgain: Migration = {
  name: '0011-sent-again',
  sql: ({ text }) => [
    `ALTER TABLE unsettled_deliveries ADD COLUMN replay_id ${text}`,
    `ALTER TABLE settled_deliveries ADD COLUMN replay_id ${text}`,
    `CREATE INDEX unsettled_by_replay ON unsettled_deliveries (account_id, replay_id, id) WHERE replay_id IS NOT NULL`,
    `CREATE INDEX settled_by_replay ON settled_deliveries (account_id, replay_id, state, id) WHERE replay_id IS NOT NULL`,
    ...['unsettled', 'settled'].map(
      (which) => `CREATE INDEX ${which}_replays ON ${which}_deliveries (account_id, webhook_id, event_id, id)
        WHERE purpose = 'replay'`,
    ),
  ],
}
