import type { Migration } from './migration.ts'

/** What lanes are bound by: rate, circuit, order per record, and time that was spent paused. */
export const lanes: Migration = {
  name: '0003-lanes',
  sql: ({ text, int, strict }) => [
    // Microseconds between two requests (null: no rate), and how many may come at once.
    `ALTER TABLE webhooks ADD COLUMN pace_us ${int}`,
    `ALTER TABLE webhooks ADD COLUMN burst ${int} NOT NULL DEFAULT 1`,
    `ALTER TABLE webhooks ADD COLUMN in_order ${int} NOT NULL DEFAULT 0`,
    `ALTER TABLE webhooks ADD COLUMN pauses ${text} NOT NULL DEFAULT '[]'`,

    // A table of its own: only claims write it, so that they wait for nobody who keeps a webhook's health.
    `CREATE TABLE paces (
      webhook_id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL,
      paced_us ${int} NOT NULL
    )${strict}`,

    `ALTER TABLE webhook_health ADD COLUMN circuit_opened_at ${int}`,
    `ALTER TABLE webhook_health ADD COLUMN probe_at ${int}`,
    `ALTER TABLE webhook_health ADD COLUMN probe_wait_ms ${int}`,
    `ALTER TABLE webhook_health ADD COLUMN probe_delivery_id ${text}`,
    `ALTER TABLE attempts ADD COLUMN probe ${int} NOT NULL DEFAULT 0`,

    // 1: stands behind another of its record, and was put aside so that the claim need not look at it again and again.
    `ALTER TABLE unsettled_deliveries ADD COLUMN aside ${int} NOT NULL DEFAULT 0`,
    `CREATE INDEX unsettled_by_record ON unsettled_deliveries (webhook_id, record_kind, record_id, sequence, id)
      WHERE purpose = 'event'`,
  ],
}
