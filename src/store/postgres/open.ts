/**
 * The store on PostgreSQL 14 or newer: any number of processes share one database. Here is only what SQLite could not
 * do in the same words; the rest is `../queries`.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Vault } from '../../runtime/vault.ts'
import { checkKey } from '../key-check.ts'
import { migrate } from '../migrate.ts'
import { postgresTypes } from '../migrations/index.ts'
import { erasureReads } from '../queries/erasures.ts'
import { sharedReads, sharedWrites } from '../queries/index.ts'
import type { Schema } from '../schema.ts'
import type { Store, Transaction } from '../store.ts'
import { accountVersions } from './accounts.ts'
import { answerWrites } from './answers.ts'
import { recordAttempts } from './attempts.ts'
import { claimInTurn } from './claim-turns.ts'
import { openPool, session, withRetries, type Naming, type Session, type Statement } from './connection.ts'
import { findInPostgres } from './delivery-search.ts'
import { deliveryHotWrites } from './deliveries.ts'
import { lockErasure, quietMs } from './erasures.ts'
import { eventWrites } from './events.ts'
import { firingWrites } from './firings.ts'
import { openHints } from './hints.ts'
import { lockImport } from './imports.ts'
import { kyselyOn } from './kysely.ts'
import { recordWrites } from './records.ts'
import { addMissed, lockReplay } from './replays.ts'
import { lockFold } from './stats.ts'
import { checkServer } from './server.ts'
import { transactionsOn, type Trail, type Transactions } from './transactions.ts'

export interface PostgresOptions {
  /** `postgresql://user:password@host:port/database`. */
  url: string
  /** The same database past a pooler that stands at `url`; for LISTEN, and the sign that there is a pooler. */
  directUrl?: string | undefined
  vault: Vault
  /** ms since the epoch. */
  now?: (() => number) | undefined
  /** Connections at the most; one more listens. */
  poolSize?: number | undefined
}

/** What a transaction is given, and whether others should hear of it. */
interface Work {
  session: Session
  db: Kysely<Schema>
  transaction: Transaction
  news: boolean
}

const own = { words: postgresTypes, findIn: findInPostgres }
const poolSizeDefault = 10
/** Any number that no other program is likely to use; taken while the schema is changed. */
const migrationLock = '7020462841392834561'
const lockMigrations: Statement = {
  name: 'lock_migrations',
  text: 'SELECT pg_advisory_xact_lock($1::bigint)',
}
/**
 * Rows pass through this table by the million while it stays small: what is left of them is cleared away by their number,
 * not by a share of the table, or every search for due work would wade through it.
 */
const tidyOften = `ALTER TABLE unsettled_deliveries
  SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0)`
const ping: Statement = { name: 'ping', text: 'SELECT 1' }

/**
 * Connects, brings the schema up to date, and listens for hints.
 * @throws Problem `unavailable` where the database does not answer, or was changed by a newer program; Error with a
 * sentence for whoever runs the server where the server is not one that Hookline can use.
 */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { url, directUrl, vault, now = Date.now, poolSize = poolSizeDefault } = options
  const pooled = directUrl !== undefined
  const pool = openPool({ url, poolSize, pooled })
  const naming: Naming = { named: !pooled }
  const plain = session(pool, naming)
  const safe: Session = {
    ask: (statement, values) => withRetries(naming, () => plain.ask(statement, values)),
    askOnce: (text, values) => withRetries(naming, () => plain.askOnce(text, values)),
  }
  const run = transactionsOn(pool, { naming, pooled }, (inner, trail) => bindWork(inner, trail, vault, now))
  try {
    await checkServer(safe)
    await run(async ({ session: inner, db }) => {
      await inner.ask(lockMigrations, [migrationLock])
      const steps = await migrate(db, postgresTypes, now())
      await checkKey(db, vault)
      if (steps.length > 0) await inner.askOnce(tidyOften)
    })
    const hints = await openHints({ listenUrl: directUrl ?? url, session: safe, sender: randomUUID() })
    return storeOn(safe, run, vault, hints, () => pool.end())
  } catch (error) {
    await pool.end()
    throw error
  }
}

function storeOn(
  safe: Session,
  run: Transactions<Work>,
  vault: Vault,
  hints: Awaited<ReturnType<typeof openHints>>,
  endPool: () => Promise<void>,
): Store {
  let closing: Promise<void> | undefined
  return {
    backend: 'postgres',
    ...sharedReads(kyselyOn(safe), vault, own),
    erasures: erasureReads(kyselyOn(safe), quietMs),
    async transaction(work) {
      const { result, news } = await run(async (bound) => {
        bound.news = false
        return { result: await work(bound.transaction), news: bound.news }
      })
      if (news) hints.announce()
      return result
    },
    claim: (claimOptions) => run(({ session: inner }) => claimInTurn(inner, claimOptions)),
    recordAttempts: (records, at) =>
      run(({ session: inner }) => recordAttempts(inner, records, at), { lazy: true }),
    // Its vacuum tidies, in its own time.
    scrub: async () => 'left',
    onHint: hints.listen,
    broadcast: hints.broadcast,
    onBroadcast: hints.onBroadcast,
    async ping() {
      await safe.ask(ping)
    },
    async close() {
      closing ??= hints.close().then(endPool)
      await closing
    },
  }
}

function bindWork(inner: Session, trailing: Trail, vault: Vault, now: () => number): Work {
  const db = kyselyOn(inner)
  const shared = sharedWrites(db, vault, own)
  const { webhooks, tokens } = shared
  const tell = () => {
    work.news = true
  }
  const told =
    <Args extends unknown[], T>(write: (...args: Args) => Promise<T>) =>
    async (...args: Args) => {
      tell()
      return write(...args)
    }
  const transaction: Transaction = {
    ...shared,
    trailing,
    accounts: { ...shared.accounts, versions: (accountIds) => accountVersions(inner, accountIds) },
    // What other processes keep in memory, and what sets deliveries going.
    webhooks: {
      ...webhooks,
      put: told(webhooks.put),
      putSecrets: told(webhooks.putSecrets),
      resetHealth: told(webhooks.resetHealth),
    },
    tokens: {
      ...tokens,
      insert: told(tokens.insert),
      upsert: told(tokens.upsert),
      delete: told(tokens.delete),
    },
    records: { ...shared.records, ...recordWrites(inner) },
    events: { ...shared.events, ...eventWrites(inner) },
    deliveries: {
      ...shared.deliveries,
      ...deliveryHotWrites(inner, now, tell),
      recordAttempts: (records, at) => recordAttempts(inner, records, at),
    },
    answers: answerWrites(inner),
    firings: firingWrites(inner),
    imports: {
      ...shared.imports,
      lockNext: async (importId) =>
        (await lockImport(inner, importId)) ? shared.imports.lockNext(importId) : null,
    },
    replays: {
      ...shared.replays,
      insert: told(shared.replays.insert),
      lock: async (replayId) => ((await lockReplay(inner, replayId)) ? shared.replays.lock(replayId) : null),
      addMissed: (missed) => addMissed(inner, missed),
    },
    stats: {
      ...shared.stats,
      fold: async (limit) => ((await lockFold(inner)) ? shared.stats.fold(limit) : 0),
    },
    erasures: {
      ...shared.erasures,
      quietMs,
      lock: async (erasureId) =>
        (await lockErasure(inner, erasureId)) ? shared.erasures.lock(erasureId) : null,
    },
  }
  const work: Work = { session: inner, db, transaction, news: false }
  return work
}
