/** Connections to one PostgreSQL: a pool, statements with names, and errors in the words of the contract. */
import pg from 'pg'
import { Problem } from '../../model/index.ts'

/** SQL that is asked over and over. Under its name the server keeps it parsed, where no pooler stands between. */
export interface Statement {
  name: string
  text: string
}

export interface Answer<Row> {
  rows: Row[]
  /** Rows written; of a SELECT, rows read. */
  count: number
  /** What the server says it did: `INSERT`, `COMMIT`. */
  command: string
}

/** A place where statements are run: any connection of the pool, or the one of a transaction. */
export interface Session {
  ask<Row>(statement: Statement, values?: unknown[]): Promise<Answer<Row>>
  /** Without a name: SQL that differs from time to time. */
  askOnce<Row>(text: string, values?: readonly unknown[]): Promise<Answer<Row>>
}

export interface ConnectionOptions {
  url: string
  poolSize: number
  /** Behind a pooler, statements cannot keep names and connections cannot be given settings. */
  pooled: boolean
}

const connectTimeoutMs = 5000
/** A program that was stopped in the middle of a transaction must not keep its records locked for ever. */
export const idleInTransactionMs = 30_000

const int8 = 20
const numeric = 1700
const bytea = 17
const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** 64-bit integers and sums as numbers: ours are counts and times in ms, far below 2^53. Bytes as the model has them. */
const types: pg.CustomTypesConfig = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (type === int8 || type === numeric) return Number
    const parse = pg.types.getTypeParser(type, format as 'text')
    if (type !== bytea) return parse
    return (value: string) => {
      const buffer = parse(value) as Buffer
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
    }
  },
}

export function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'hookline',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types,
  }
}

/** @throws Problem `unavailable` from each use, not from here: nothing connects before the first statement. */
export function openPool({ url, poolSize, pooled }: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url),
    max: poolSize,
    // Statements are sent without waiting for the answer to the one before: BEGIN costs no round trip of its own.
    pipeline: true,
    ...(pooled ? {} : { idle_in_transaction_session_timeout: idleInTransactionMs }),
  })
  // Lost connections: the statement under way says so to its caller, and the pool makes a new one for the next.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

interface Queryable {
  query(config: { name?: string; text: string; values?: unknown[] }): Promise<pg.QueryResult>
}

/** Whether statements keep names; one for a whole store. Turned off for good when a pooler shows itself. */
export interface Naming {
  named: boolean
}

export function session(on: Queryable, naming: Naming): Session {
  const run = async <Row>(config: { name?: string; text: string; values?: unknown[] }) => {
    const { rows, rowCount, command } = await on.query(config)
    return { rows: rows as Row[], count: rowCount ?? 0, command }
  }
  return {
    ask: ({ name, text }, values) =>
      run({ ...(naming.named && { name }), text, ...(values !== undefined && { values }) }),
    askOnce: (text, values = []) => run({ text, values: [...values] }),
  }
}

/** Codes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const serializationFailure = '40001'
const deadlockDetected = '40P01'
const uniqueViolation = '23505'
const invalidStatementName = '26000'
const duplicateStatement = '42P05'

/** Another transaction was faster; after it the same work may do. */
const inTheWay = new Set([serializationFailure, deadlockDetected, uniqueViolation])
const triesMax = 3

/**
 * Runs `work` again where another transaction was in its way, three times in all, and once more where its connection
 * broke: whoever must not run twice after that throws a Problem.
 * @throws Problem `conflict` where a key stays taken, `unavailable` where the database is lost or too busy.
 */
export async function withRetries<T>(naming: Naming, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const code = codeOf(error)
      // A pooler that we were not told of gave us somebody else's connection: from now on without names.
      if (code === invalidStatementName || code === duplicateStatement) naming.named = false
      // A connection of the pool may be long dead when it is taken out; the next one is new or says why not.
      else if (tries === 1 && isCut(error)) continue
      else if (!inTheWay.has(code)) throw asProblem(error)
      if (tries === triesMax) throw asProblem(error)
    }
  }
}

/**
 * No connection (08), no room (53), shutting down or starting (57P), a standby that takes no writes (25006), cut off (25P03),
 * a database that is closed to connections (55000) or not there (3D000).
 */
const unavailableCodes = /^(08...|53...|57P..|25006|25P03|55000|3D000)$/
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
])
/** What `pg` says, without a code, when its connection is gone or none was to be had. */
const lostMessages =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|timeout expired|after calling end on the pool|Client has encountered a connection error/

export function isLost(error: unknown): boolean {
  const code = codeOf(error)
  if (unavailableCodes.test(code) || networkCodes.has(code)) return true
  // All of a name's addresses refused: the codes are inside.
  if (error instanceof AggregateError) return error.errors.some(isLost)
  return code === '' && error instanceof Error && lostMessages.test(error.message)
}

/** A connection that was there and is gone, unlike one that cannot be had. */
function isCut(error: unknown): boolean {
  const code = codeOf(error)
  if (code === '') return error instanceof Error && /Connection terminated|not queryable/.test(error.message)
  return /^(ECONNRESET|EPIPE|57P01|57P02|25P03)$/.test(code)
}

/** What the database threw, in the words of the contract; what it did not throw stays as it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  const withCause = (problem: Problem) => Object.assign(problem, { cause: error })
  if (code === uniqueViolation) {
    return withCause(new Problem('conflict', 'This exists already. Read it again, then decide.'))
  }
  if (code === serializationFailure || code === deadlockDetected) {
    return withCause(new Problem('unavailable', 'The database is too busy. Try again.', { retryAfterS: 1 }))
  }
  if (isLost(error)) {
    return withCause(
      new Problem('unavailable', 'The database does not answer. Try again.', { retryAfterS: 1 }),
    )
  }
  return error
}
