import type { Migration } from './migration.ts'

/** Replays, what deliveries repeat, and events that disabled webhooks would have fired for. */
export const replays: Migration = {
  name: '0004-replays',
  sql: ({ text, int, strict }) => [
    ...['unsettled_deliveries', 'settled_deliveries'].flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN replay_of ${text}`,
      `ALTER TABLE ${table} ADD COLUMN replay_attempt_id ${text}`,
    ]),

    `CREATE TABLE replays (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      webhook_id ${text},
      selection ${text} NOT NULL,
      mode ${text} NOT NULL CHECK (mode IN ('render', 'bytes')),
      pace_per_s ${int},
      state ${text} NOT NULL CHECK (state IN ('running', 'done', 'canceled')),
      made_by ${text} NOT NULL,
      cursor ${text},
      total ${int},
      done ${int} NOT NULL,
      created ${int} NOT NULL,
      skipped ${int} NOT NULL,
      next_at ${int} NOT NULL,
      created_at ${int} NOT NULL,
      updated_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX replays_by_account ON replays (account_id, id)`,
    `CREATE INDEX replays_due ON replays (next_at, id) WHERE state = 'running'`,

    // Decisions lie inside their events: without this, finding a webhook's misses would mean reading all events.
    `CREATE TABLE missed (
      account_id ${text} NOT NULL,
      webhook_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      PRIMARY KEY (account_id, webhook_id, event_id)
    )${strict}`,
  ],
}
