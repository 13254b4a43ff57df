import { sql, type Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { type Counts, minuteMs, type StatsReads, type StatsStep, stepMs, type StatsWrites } from '../stats.ts'
import { readJournalKey, type Tally } from '../tally.ts'
import { chunks } from './chunks.ts'

const steps = Object.keys(stepMs) as StatsStep[]

/** Writes down what was counted in this transaction. */
export async function addToJournal(db: Kysely<Schema>, tally: Tally): Promise<void> {
  const rows = tally.rows()
  if (rows.length > 0) await db.insertInto('stats_journal').values(rows).execute()
}

export function statsReads(db: Kysely<Schema>): StatsReads {
  return {
    async counts(accountId, { from, to, step, webhook_id = '' }) {
      // One statement, so that what is folded meanwhile is found in one place, not in both or in neither.
      const { rows } = await sql<{ start: number | null; counts: string }>`
        SELECT start, counts FROM stats_sums
        WHERE account_id = ${accountId} AND webhook_id = ${webhook_id} AND step = ${step}
          AND start >= ${from} AND start < ${to}
        UNION ALL SELECT NULL, counts FROM stats_journal WHERE account_id = ${accountId}`.execute(db)
      const folded = rows.flatMap(({ start, counts }) =>
        start === null ? [] : [{ at: Number(start), counts: JSON.parse(counts) as Counts }],
      )
      const journal = rows.filter(({ start }) => start === null)
      return [...folded, ...ofJournal(mergeJournal(journal), { from, to, step, webhook_id })]
    },
  }
}

function ofJournal(
  counts: Counts,
  { from, to, step, webhook_id }: { from: number; to: number; step: StatsStep; webhook_id: string },
): { at: number; counts: Counts }[] {
  return Object.entries(counts).flatMap(([key, count]) => {
    const [webhookId, minute, what] = readJournalKey(key)
    const at = startOf(step, minute)
    const asked = at >= from && at < to && (webhook_id === '' || webhook_id === webhookId)
    return asked ? [{ at, counts: { [what]: count } }] : []
  })
}

function startOf(step: StatsStep, minute: number): number {
  const ms = stepMs[step]
  return Math.floor((minute * minuteMs) / ms) * ms
}

type Sum = Omit<Schema['stats_sums'], 'counts'> & { counts: Counts }

/** `db` is inside a transaction to which the journal is left alone. */
export function statsWrites(db: Kysely<Schema>): StatsWrites {
  return {
    ...statsReads(db),
    async fold(limit) {
      const rows = await db.selectFrom('stats_journal').selectAll().orderBy('id').limit(limit).execute()
      if (rows.length === 0) return 0
      const sums = sumUp(rows)
      for (const some of Map.groupBy(
        sums.values(),
        ({ account_id, step }) => `${account_id} ${step}`,
      ).values())
        await addWhatIsThere(db, sums, some)
      for (const some of chunks([...sums.values()])) {
        await db
          .insertInto('stats_sums')
          .values(some.map((sum) => ({ ...sum, counts: JSON.stringify(sum.counts) })))
          .onConflict((conflict) =>
            conflict
              .columns(['account_id', 'webhook_id', 'step', 'start'])
              .doUpdateSet((eb) => ({ counts: eb.ref('excluded.counts') })),
          )
          .execute()
      }
      for (const some of chunks(rows))
        await db
          .deleteFrom('stats_journal')
          .where(
            'id',
            'in',
            some.map(({ id }) => id),
          )
          .execute()
      return rows.length
    },
  }
}

const keyOf = ({ account_id, webhook_id, step, start }: Omit<Sum, 'counts'>) =>
  `${account_id} ${webhook_id} ${step} ${start}`

/** By webhook and for the account, each by every step. */
function sumUp(rows: { account_id: string; counts: string }[]): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  for (const [account_id, journal] of Map.groupBy(rows, (row) => row.account_id)) {
    for (const [key, count] of Object.entries(mergeJournal(journal))) {
      const [webhookId, minute, what] = readJournalKey(key)
      for (const webhook_id of webhookId === '' ? [''] : ['', webhookId]) {
        for (const step of steps) {
          const place = { account_id, webhook_id, step, start: startOf(step, minute) }
          const placeKey = keyOf(place)
          const sum = sums.get(placeKey) ?? { ...place, counts: {} }
          sums.set(placeKey, sum)
          add(sum.counts, what, count)
        }
      }
    }
  }
  return sums
}

/** Hundreds of rows name the same few keys: those are taken apart once. */
function mergeJournal(rows: readonly { counts: string }[]): Counts {
  const merged: Counts = {}
  for (const { counts } of rows)
    for (const [key, count] of Object.entries(JSON.parse(counts) as Counts)) add(merged, key, count)
  return merged
}

function add(counts: Counts, what: string, count: number): void {
  counts[what] = (counts[what] ?? 0) + count
}

/** `some` are of one account and step. It may read sums that are not among them: those that have the webhook of one and the time of another. */
async function addWhatIsThere(db: Kysely<Schema>, sums: Map<string, Sum>, some: Sum[]): Promise<void> {
  const { account_id, step } = some[0]!
  for (const webhookIds of chunks([...new Set(some.map(({ webhook_id }) => webhook_id))])) {
    for (const starts of chunks([...new Set(some.map(({ start }) => start))])) {
      const rows = await db
        .selectFrom('stats_sums')
        .selectAll()
        .where('account_id', '=', account_id)
        .where('webhook_id', 'in', webhookIds)
        .where('step', '=', step)
        .where('start', 'in', starts)
        .execute()
      for (const row of rows) {
        const sum = sums.get(keyOf({ ...row, start: Number(row.start) }))
        if (!sum) continue
        for (const [what, count] of Object.entries(JSON.parse(row.counts) as Counts))
          add(sum.counts, what, count)
      }
    }
  }
}
