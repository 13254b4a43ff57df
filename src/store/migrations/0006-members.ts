import type { Migration } from './migration.ts'

/** People who sign in to the console, their sessions, and the links with which they get in for the first time. */
export const members: Migration = {
  name: '0006-members',
  sql: ({ text, int, strict }) => [
    // Without a password somebody is invited, and nothing more.
    `CREATE TABLE members (
      id ${text} PRIMARY KEY,
      account_id ${text} NOT NULL REFERENCES accounts (id),
      email ${text} NOT NULL UNIQUE,
      name ${text} NOT NULL,
      role ${text} NOT NULL CHECK (role IN ('owner', 'manager', 'viewer')),
      language ${text},
      password ${text},
      created_at ${int} NOT NULL,
      last_seen_at ${int}
    )${strict}`,
    `CREATE INDEX members_by_account ON members (account_id, id)`,

    `CREATE TABLE sessions (
      hash ${text} PRIMARY KEY,
      member_id ${text} NOT NULL REFERENCES members (id) ON DELETE CASCADE,
      created_at ${int} NOT NULL,
      seen_at ${int} NOT NULL,
      expires_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX sessions_by_member ON sessions (member_id, created_at)`,
    `CREATE INDEX sessions_by_end ON sessions (expires_at)`,

    // One for each member: a new link takes the place of the older one.
    `CREATE TABLE invitations (
      member_id ${text} PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
      hash ${text} NOT NULL UNIQUE,
      expires_at ${int} NOT NULL
    )${strict}`,
    `CREATE INDEX invitations_by_end ON invitations (expires_at)`,

    // Processes that start together each print a link of their own.
    `CREATE TABLE setup_codes (
      hash ${text} PRIMARY KEY,
      made_at ${int} NOT NULL
    )${strict}`,
  ],
}
