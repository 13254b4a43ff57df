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

/** Takes writes that the work does not wait for. */
export type Trail = (...writes: Promise<void>[]) => void

/** `bind` makes what the work is given; it is kept with the connection, not made for each transaction. */
export function transactionsOn<Bound>(
  pool: pg.Pool,
  { naming, pooled }: { naming: Naming; pooled: boolean },
  bind: (session: Session, trail: Trail) => Bound,
): Transactions<Bound> {
  interface Gate {
    open: boolean
    trailing: Promise<void>[]
  }
  const bounds = new WeakMap<pg.PoolClient, { bound: Bound; session: Session; gate: Gate }>()

  function boundTo(client: pg.PoolClient) {
    let kept = bounds.get(client)
    if (!kept) {
      const inner = session(client, naming)
      const gate: Gate = { open: false, trailing: [] }
      // Work that goes on after its transaction has ended would write into the next one of this connection.
      const guard = <Args extends unknown[], T>(run: (...args: Args) => Promise<T>) =>
        ((...args: Args) =>
          gate.open ? run(...args) : Promise.reject(new Error('the transaction is over'))) as typeof run
      const guarded = { ask: guard(inner.ask), askOnce: guard(inner.askOnce) } as Session
      const trail: Trail = (...writes) => {
        gate.trailing.push(...writes)
        // Whoever waits for them later hears of it.
        for (const write of writes) write.catch(() => {})
      }
      kept = { bound: bind(guarded, trail), session: inner, gate }
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
      gate.trailing = []
      const result = await work(bound).finally(() => {
        gate.open = false
      })
      // Behind the last writes, before their answers: where one of them fails, COMMIT is a rollback.
      const committed = session.ask(commit)
      const [end, ...before] = await Promise.allSettled([committed, begun, ...gate.trailing])
      // An answer to COMMIT that is lost leaves open whether it was done: not to be done again.
      if (end.status === 'rejected' && isLost(end.reason)) throw asProblem(end.reason)
      // The first failure is the cause of those behind it.
      for (const each of before) if (each.status === 'rejected') throw each.reason
      const { command } = await committed
      // Of a transaction in which a statement failed, COMMIT is a rollback without an error.
      if (command !== 'COMMIT') throw new Error('the work hid a failed statement')
      return result
    } catch (error) {
      const cause = await causeOf(gate.trailing, error)
      await session.ask(rollback).catch((failure: Error) => {
        broken = failure
      })
      throw cause
    } finally {
      client.release(broken)
    }
  }

  return (work, options = {}) => withRetries(naming, () => runOnce(work, options))
}

const inFailedTransaction = '25P02'

/** A statement behind one that failed only says that one did; that one may be among those that nobody waited for. */
async function causeOf(trailing: readonly Promise<void>[], error: unknown): Promise<unknown> {
  if ((error as { code?: unknown } | null)?.code !== inFailedTransaction) return error
  const ends = await Promise.allSettled(trailing)
  return ends.find((end) => end.status === 'rejected')?.reason ?? error
}
