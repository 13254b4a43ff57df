import type { Migration } from './migration.ts'

/** What loading the demo data made in an account: the list by which it is removed again. */
export const demo: Migration = {
  name: '0009-demo',
  sql: ({ text, int, strict }) => [
    `CREATE TABLE demos (
      account_id ${text} PRIMARY KEY REFERENCES accounts (id),
      loaded_at ${int} NOT NULL,
      made ${text} NOT NULL
    )${strict}`,
  ],
}
