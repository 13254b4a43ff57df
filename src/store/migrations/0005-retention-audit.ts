import type { Migration } from './migration.ts'

/** How long accounts keep their history, who changed what, records being erased, and whether the master key is the right one. */
export const retentionAudit: Migration = {
  name: '0005-retention-audit',
  sql: ({ text, int, bytes, strict }) => [
    `ALTER TABLE accounts ADD COLUMN retention_days ${int} NOT NULL DEFAULT 90`,

    // What the database knows about itself.
    `CREATE TABLE meta (
      name ${text} PRIMARY KEY,
      value ${bytes} NOT NULL
    )${strict}`,

    `CREATE TABLE audit (
      account_id ${text} NOT NULL,
      id ${text} NOT NULL,
      at ${int} NOT NULL,
      actor ${text} NOT NULL,
      action ${text} NOT NULL,
      subject_kind ${text} NOT NULL,
      subject_id ${text} NOT NULL,
      detail ${text} NOT NULL,
      PRIMARY KEY (account_id, id)
    )${strict}`,
    `CREATE INDEX audit_by_subject ON audit (account_id, subject_kind, subject_id, id)`,
    `CREATE INDEX audit_by_actor ON audit (account_id, actor, id)`,

    `CREATE TABLE erasures (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      record_kind ${text} NOT NULL,
      record_id ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state = 'running' OR state = 'done'),
      phase ${text} NOT NULL,
      place ${text},
      up_to_sequence ${int} NOT NULL,
      events ${int} NOT NULL,
      snapshots ${int} NOT NULL,
      canceled ${int} NOT NULL,
      attempts ${int} NOT NULL,
      contents ${int} NOT NULL,
      traces_left ${int} NOT NULL,
      made_by ${text} NOT NULL,
      created_at ${int} NOT NULL,
      updated_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX erasures_by_account ON erasures (account_id, id)`,
    `CREATE INDEX erasures_running ON erasures (id) WHERE state = 'running'`,
  ],
}
