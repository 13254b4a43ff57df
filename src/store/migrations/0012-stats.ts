import { durationEdgesMs } from '../stats.ts'
import type { Migration } from './migration.ts'

/**
 * Counts over time: sums by minute and by quarter of an hour, and the journal of what was not brought into them yet. See
 * `../stats.ts`. What was there before is counted into the journal, once.
 */
export const stats: Migration = {
  name: '0012-stats',
  sql: ({ text, int, rowNumber, strict }) => {
    const minute = (column: string) => `${column} / 60000`
    const span = `CASE ${durationEdgesMs.map((edge, index) => `WHEN a.duration_ms <= ${edge} THEN '${index}'`).join(' ')} ELSE '${durationEdgesMs.length}' END`
    const count = (select: { webhook: string; at: string; what: string; from: string }) =>
      `INSERT INTO stats_journal (account_id, counts)
       SELECT account_id, '{"' || webhook || ' ' || minute || ' ' || what || '":' || count(*) || '}'
       FROM (SELECT ${select.from.includes(' a ') ? 'a.' : ''}account_id AS account_id, ${select.webhook} AS webhook,
         ${minute(select.at)} AS minute, ${select.what} AS what FROM ${select.from}) AS made
       GROUP BY account_id, webhook, minute, what`
    return [
      `CREATE TABLE stats_sums (
        account_id ${text} NOT NULL REFERENCES accounts (id),
        webhook_id ${text} NOT NULL,
        step ${text} NOT NULL,
        start ${int} NOT NULL,
        counts ${text} NOT NULL,
        PRIMARY KEY (account_id, webhook_id, step, start)
      )${strict}`,
      `CREATE INDEX stats_sums_by_age ON stats_sums (account_id, start)`,
      `CREATE TABLE stats_journal (
        id ${rowNumber},
        account_id ${text} NOT NULL,
        counts ${text} NOT NULL
      )${strict}`,
      `CREATE INDEX stats_journal_by_account ON stats_journal (account_id)`,
      count({ webhook: `''`, at: 'received_at', what: `'events'`, from: 'events' }),
      ...['unsettled_deliveries', 'settled_deliveries'].flatMap((table) => [
        count({ webhook: 'webhook_id', at: 'created_at', what: `'made'`, from: table }),
        count({
          webhook: 'd.webhook_id',
          at: 'd.created_at',
          what: `a.outcome || ' ' || ${span}`,
          from: `attempts a JOIN ${table} d ON d.id = a.delivery_id AND d.account_id = a.account_id AND a.late = 0`,
        }),
      ]),
      count({ webhook: 'webhook_id', at: 'created_at', what: 'state', from: 'settled_deliveries' }),
    ]
  },
}
