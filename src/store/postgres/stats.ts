import type { JournalRow, Tally } from '../tally.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

const journalColumns: Columns<JournalRow> = { account_id: 'text', counts: 'text' }

/** How many parameters `countedAlong` takes. */
export const journalParameters = Object.keys(journalColumns).length

/** For the WITH of a statement that counts what it writes: one packet, and no row without its count. */
export function countedAlong(firstParameter: number): string {
  return `counted AS (
      INSERT INTO stats_journal (${names(journalColumns)})
      SELECT ${names(journalColumns)} FROM ${unnest(journalColumns, 'tally', firstParameter)}
    )`
}

export function journalArrays(tally: Tally): Buffer[] {
  return columnArrays(journalColumns, tally.rows())
}

const insert: Statement = {
  name: 'stats_count',
  text: `INSERT INTO stats_journal (${names(journalColumns)})
    SELECT ${names(journalColumns)} FROM ${unnest(journalColumns, 'tally')}`,
}

export async function keepCounts(session: Session, tally: Tally): Promise<void> {
  const rows = tally.rows()
  if (rows.length > 0) await session.ask(insert, columnArrays(journalColumns, rows))
}

/** Any number that no other program is likely to use; taken while the journal is folded. */
const foldLock = '7020462841392834562'
const lock: Statement = {
  name: 'stats_lock',
  text: 'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken',
}

/** Until the transaction ends. False where another process is at it; never waits. */
export async function lockFold(session: Session): Promise<boolean> {
  const { rows } = await session.ask<{ taken: boolean }>(lock, [foldLock])
  return rows[0]!.taken
}
