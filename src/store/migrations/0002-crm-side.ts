import type { Migration } from './migration.ts'

/** Kinds and event types of an account's own, firing limits, sources and what they could not read, imports. */
export const crmSide: Migration = {
  name: '0002-crm-side',
  sql: ({ text, int, bytes, strict }) => [
    // When what a record holds was true, by whoever wrote it: a write about an earlier moment is stale.
    `ALTER TABLE records ADD COLUMN as_of ${int}`,

    `CREATE TABLE kinds (
      account_id ${text} NOT NULL REFERENCES accounts (id),
      name ${text} NOT NULL,
      description ${text} NOT NULL,
      PRIMARY KEY (account_id, name)
    )${strict}`,
    `CREATE TABLE event_types (
      account_id ${text} NOT NULL REFERENCES accounts (id),
      type ${text} NOT NULL,
      description ${text} NOT NULL,
      PRIMARY KEY (account_id, type)
    )${strict}`,

    `CREATE TABLE firings (
      account_id ${text} NOT NULL,
      webhook_id ${text} NOT NULL,
      subject ${text} NOT NULL,
      fired ${int} NOT NULL,
      last_at ${int} NOT NULL,
      PRIMARY KEY (account_id, webhook_id, subject)
    )${strict}`,

    `CREATE TABLE sources (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      adapter ${text} NOT NULL,
      name ${text} NOT NULL,
      token ${text} NOT NULL UNIQUE,
      secret ${bytes} NOT NULL,
      options ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('active', 'disabled')),
      calls ${int} NOT NULL DEFAULT 0,
      items ${int} NOT NULL DEFAULT 0,
      problems ${int} NOT NULL DEFAULT 0,
      last_call_at ${int},
      created_at ${int} NOT NULL,
      updated_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX sources_by_account ON sources (account_id, id)`,
    `CREATE TABLE source_calls (
      source_id ${text} NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      id ${text} NOT NULL,
      at ${int} NOT NULL,
      method ${text} NOT NULL,
      path ${text} NOT NULL,
      query ${text} NOT NULL,
      headers ${text} NOT NULL,
      body ${bytes} NOT NULL,
      items ${int} NOT NULL,
      problems ${text} NOT NULL,
      PRIMARY KEY (source_id, id)
    )${strict}`,

    `CREATE TABLE imports (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      kind ${text} NOT NULL,
      format ${text} NOT NULL CHECK (format IN ('ndjson', 'csv')),
      fire ${int} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('running', 'done', 'canceled')),
      made_by ${text} NOT NULL,
      lines_total ${int} NOT NULL,
      lines_done ${int} NOT NULL,
      chunks_total ${int} NOT NULL,
      chunks_done ${int} NOT NULL,
      created ${int} NOT NULL,
      updated ${int} NOT NULL,
      unchanged ${int} NOT NULL,
      failed ${int} NOT NULL,
      events ${int} NOT NULL,
      created_at ${int} NOT NULL,
      updated_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX imports_by_account ON imports (account_id, id)`,
    `CREATE INDEX imports_running ON imports (id) WHERE state = 'running'`,
    `CREATE TABLE import_chunks (
      import_id ${text} NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      number ${int} NOT NULL,
      lines ${text} NOT NULL,
      PRIMARY KEY (import_id, number)
    )${strict}`,
    `CREATE TABLE import_errors (
      import_id ${text} NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      line ${int} NOT NULL,
      errors ${text} NOT NULL,
      content ${text} NOT NULL,
      PRIMARY KEY (import_id, line)
    )${strict}`,
  ],
}
