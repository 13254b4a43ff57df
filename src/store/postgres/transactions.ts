import type pg from 'pg'
import {
  asProblem,
  idleInTransactionMs,
  isLost,
  session,
  withRetries,
  type Naming,
  type Session,
  type Statement,
} from './connection.ts'

// Named in full: the database's own defaults may be others.
const begin: Statement = { name: 'begin', text: 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE' }
const commit: Statement = { name: 'commit', text: 'COMMIT' }
const rollback: Statement = { name: 'rollback', text: 'ROLLBACK' }
const boundIdle: Statement = {
  name: 'bound_idle',
  text: `SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
}
const commitLater: Statement = { name: 'commit_later', text: 'SET LOCAL synchronous_commit = off' }

export interface RunOptions {
  /** Do not wait for the disk: the next transaction that does makes this one durable, too. */
  lazy?: boolean
}

/** Runs work on one connection between BEGIN and COMMIT, again where another transaction was in its way. */
export type Transactions<Bound> = <T>(work: (bound: Bound) => Promise<T>, options?: RunOptions) => Promise<T>

/** `bind` makes what the work is given; it is kept with the connection, not made for each transaction. */
export function transactionsOn<Bound>(
  pool: pg.Pool,
  { naming, pooled }: { naming: Naming; pooled: boolean },
  bind: (session: Session) => Bound,
): Transactions<Bound> {
  const bounds = new WeakMap<pg.PoolClient, { bound: Bound; session: Session; gate: { open: boolean } }>()

  function boundTo(client: pg.PoolClient) {
    let kept = bounds.get(client)
    if (!kept) {
      const inner = session(client, naming)
      const gate = { open: false }
      // Work that goes on after its transaction has ended would write into the next one of this connection.
      const guard = <Args extends unknown[], T>(run: (...args: Args) => Promise<T>) =>
        ((...args: Args) =>
          gate.open ? run(...args) : Promise.reject(new Error('the transaction is over'))) as typeof run
      const guarded = { ask: guard(inner.ask), askOnce: guard(inner.askOnce) } as Session
      kept = { bound: bind(guarded), session: inner, gate }
      bounds.set(client, kept)
    }
    return kept
  }

  async function runOnce<T>(work: (bound: Bound) => Promise<T>, { lazy }: RunOptions): Promise<T> {
    const client = await pool.connect()
    const { bound, session, gate } = boundTo(client)
    let broken: Error | undefined
    try {
      // Sent ahead, not waited for: the work's first statement goes over in the same packet.
      const begun = Promise.all([
        session.ask(begin),
        // Without a pooler the connection has this setting from its start.
        pooled ? session.ask(boundIdle) : null,
        lazy ? session.ask(commitLater) : null,
      ])
      begun.catch(() => {})
      gate.open = true
      const result = await work(bound).finally(() => {
        gate.open = false
      })
      await begun
      // An answer to COMMIT that is lost leaves open whether it was done: not to be done again.
      const { command } = await session.ask(commit).catch((error: unknown) => {
        throw isLost(error) ? asProblem(error) : error
      })
      // Of a transaction in which a statement failed, COMMIT is a rollback without an error.
      if (command !== 'COMMIT') throw new Error('the work hid a failed statement')
      return result
    } catch (error) {
      await session.ask(rollback).catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  return (work, options = {}) => withRetries(naming, () => runOnce(work, options))
}
