import type { Migration } from './migration.ts'

/** Addresses under which a webhook's handout can be read. */
export const shareLinks: Migration = {
  name: '0008-share-links',
  sql: ({ text, int, strict }) => [
    `CREATE TABLE share_links (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      webhook_id ${text} NOT NULL REFERENCES webhooks (id),
      name ${text} NOT NULL,
      hash ${text} NOT NULL UNIQUE,
      created_at ${int} NOT NULL,
      last_used_at ${int}
    )${strict}`,
    `CREATE INDEX share_links_by_webhook ON share_links (account_id, webhook_id, id)`,
  ],
}
