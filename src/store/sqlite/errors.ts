import { Problem } from '../../model/index.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that mean: the database cannot be had at present. */
const unavailableCodes: Record<number, string> = {
  5: 'it is locked by another program', // SQLITE_BUSY
  8: 'it is read-only', // SQLITE_READONLY
  10: 'its disk fails', // SQLITE_IOERR
  11: 'it is damaged', // SQLITE_CORRUPT
  13: 'its disk is full', // SQLITE_FULL
  14: 'it cannot be opened', // SQLITE_CANTOPEN
  26: 'it is not a SQLite database', // SQLITE_NOTADB
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5
}

/** What SQLite threw, as the contract has it: `unavailable` where the database is lost, else unchanged. */
export function storeError(error: unknown): unknown {
  const code = resultCode(error)
  const why = code === null ? undefined : unavailableCodes[code]
  if (why === undefined) return error
  const problem = new Problem('unavailable', `The database does not answer: ${why}.`)
  problem.cause = error
  return problem
}

export function closedError(): Problem {
  return new Problem('unavailable', 'The database is closed: the server is stopping.')
}
