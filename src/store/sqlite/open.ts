/**
 * One file for one server. One connection writes, on this thread and one transaction at a time; reads outside
 * transactions run on a thread of their own. Commits are made durable together, off this thread: see `wal.ts`.
 */
import { realpathSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Vault } from '../../runtime/vault.ts'
import { checkKey } from '../key-check.ts'
import { migrate } from '../migrate.ts'
import { sqliteTypes } from '../migrations/index.ts'
import { sharedReads, sharedWrites } from '../queries/index.ts'
import { sourceFromRow } from '../queries/sources.ts'
import { inspectorFromRow, tokenFromRow, type Row } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { Store, Transaction } from '../store.ts'
import { together } from '../together.ts'
import { keepCheckpointing } from './checkpoints.ts'
import { prepareClaim } from './claim.ts'
import { sqliteDialect } from './dialect.ts'
import { findInSqlite } from './delivery-search.ts'
import { closedError, storeError } from './errors.ts'
import { lockFile } from './file-lock.ts'
import { firingWrites } from './firings.ts'
import { freeLeases } from './free-leases.ts'
import { hotWrites, prepareInserts, type Inserts } from './hot-writes.ts'
import { addMissedTo } from './missed.ts'
import { createMutex } from './mutex.ts'
import { makePrivateFile } from './private-file.ts'
import { openReader } from './reader.ts'
import { prepareRecordAttempts } from './record-attempts.ts'
import { openStatements } from './statements.ts'
import { openWalSync } from './wal.ts'

const own = { words: sqliteTypes, findIn: findInSqlite }

/** The writer's own checkpoint, in pages: 512 MiB. It blocks, and is there only for when the reader's thread is stuck. */
const walPagesMax = 128_000
/** Holds the upper pages of all indexes of some millions of deliveries. */
const cacheKiB = 16_384
const rewriteBytesDefault = 268_435_456

/**
 * Opens the file, makes it where there is none, brings it to this program's schema, and frees all leases in it.
 * Refuses, as `unavailable`, a file that another server has open.
 */
export async function openSqlite(options: {
  path: string
  vault: Vault
  now?: () => number
  /** A larger file is not rewritten at the end of an erasure, in bytes. */
  rewriteBytesMax?: number | undefined
}): Promise<Store> {
  const { vault, now = Date.now, rewriteBytesMax = rewriteBytesDefault } = options
  const path = realPath(options.path)
  const opened: (() => void | Promise<void>)[] = []
  try {
    const lock = lockFile(path)
    opened.push(() => lock.release())
    const db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
    opened.push(() => db.close())
    db.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
       PRAGMA wal_autocheckpoint = ${walPagesMax}; PRAGMA cache_size = -${cacheKiB};
       PRAGMA secure_delete = ON`,
    )
    const writer = openWriter(db)
    await writer.transaction(async () => {
      await migrate(writer.kysely, sqliteTypes, now())
      await checkKey(writer.kysely, vault)
      freeLeases(db, now())
    })
    const wal = await openWalSync(path)
    opened.push(() => wal.close())
    const lookups = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    opened.push(() => lookups.close())
    const reader = openReader(path)
    opened.push(() => reader.close())
    wal.written()
    await wal.flush()
    return sqliteStore({ db, writer, wal, lookups, reader, vault, rewriteBytesMax, opened })
  } catch (error) {
    await closeAll(opened)
    throw storeError(error)
  }
}

/** SQLite puts the log beside the file that a link leads to. */
function realPath(path: string): string {
  makePrivateFile(path)
  return realpathSync(path)
}

async function closeAll(opened: (() => void | Promise<void>)[]): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}

function openWriter(db: DatabaseSync) {
  const execute = openStatements(db)
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => db.prepare(sql))
  const assertInside = () => {
    if (!db.isTransaction) throw new Error('A write came after its transaction had ended.')
  }
  const undo = () => {
    // Some errors end the transaction themselves.
    if (db.isTransaction) rollback!.run()
  }
  return {
    assertInside,
    kysely: new Kysely<Schema>({
      dialect: sqliteDialect((sql, parameters) => {
        assertInside()
        return execute(sql, parameters)
      }),
    }),
    async transaction<T>(work: () => Promise<T>): Promise<T> {
      begin!.run()
      try {
        const value = await work()
        commit!.run()
        return value
      } catch (error) {
        undo()
        throw error
      }
    },
    transactionSync<T>(work: () => T): T {
      begin!.run()
      try {
        const value = work()
        commit!.run()
        return value
      } catch (error) {
        undo()
        throw error
      }
    },
  }
}

function sqliteStore(parts: {
  db: DatabaseSync
  writer: ReturnType<typeof openWriter>
  wal: Awaited<ReturnType<typeof openWalSync>>
  lookups: DatabaseSync
  reader: ReturnType<typeof openReader>
  vault: Vault
  rewriteBytesMax: number
  opened: (() => void | Promise<void>)[]
}): Store {
  const { db, writer, wal, lookups, reader, vault, rewriteBytesMax, opened } = parts
  const mutex = createMutex()
  /** Why nothing can be written any more. */
  let lost: unknown
  let closing: Promise<void> | undefined
  const lose = (error: unknown) => {
    lost ??= error
  }
  const checkpoints = keepCheckpointing(reader, mutex, lose)

  const inserts = prepareInserts(db)
  const claim = prepareClaim(db, (work) => writer.transactionSync(work))
  const recordAttempts = prepareRecordAttempts(db, inserts)
  const reads = sharedReads(new Kysely<Schema>({ dialect: sqliteDialect(reader.execute) }), vault, own)
  /** Of the one transaction that there is at a time. */
  const trailing: Promise<void>[] = []
  const tx: Transaction = {
    ...transactionOf(parts, inserts, recordAttempts),
    trailing(...writes) {
      trailing.push(...writes)
      // Whoever waits for them later hears of it.
      for (const write of writes) write.catch(() => {})
    },
  }
  const tokenByHash = lookups.prepare(
    'SELECT id, account_id, kind, name, created_at FROM tokens WHERE hash = ?',
  )
  const sourceByToken = lookups.prepare('SELECT * FROM sources WHERE token = ?')
  const inspectorByToken = lookups.prepare('SELECT * FROM inspectors WHERE token = ?')

  /** The work has the writer to itself. */
  async function alone<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await mutex.run(() => {
        if (lost !== undefined) throw lost
        return work()
      })
    } catch (error) {
      throw storeError(error)
    }
  }

  function committed(): void {
    wal.written()
    checkpoints.committed()
  }

  /** A small read on this thread, from what is committed. */
  async function lookUp<T>(read: () => T): Promise<T> {
    if (closing) throw closedError()
    try {
      return read()
    } catch (error) {
      throw storeError(error)
    }
  }

  return {
    backend: 'sqlite',
    ...reads,
    tokens: {
      ...reads.tokens,
      findByHash: (hash) =>
        lookUp(() => {
          const row = tokenByHash.get(hash) as Row<'tokens'> | undefined
          return row ? tokenFromRow(row) : null
        }),
    },
    sources: {
      ...reads.sources,
      findByToken: (token) =>
        lookUp(() => {
          const row = sourceByToken.get(token) as Row<'sources'> | undefined
          return row ? sourceFromRow(row, vault) : null
        }),
    },
    inspectors: {
      ...reads.inspectors,
      findByToken: (token) =>
        lookUp(() => {
          const row = inspectorByToken.get(token) as Row<'inspectors'> | undefined
          return row ? inspectorFromRow(row) : null
        }),
    },
    async transaction(work) {
      const value = await alone(async () => {
        const result = await writer
          .transaction(async () => {
            const value = await work(tx)
            await together(trailing.splice(0))
            return value
          })
          .finally(() => trailing.splice(0))
        committed()
        return result
      })
      // The writer is free again: the next transaction runs while this one's bytes go to the disk.
      try {
        await wal.flush()
      } catch (error) {
        lose(error)
        throw storeError(error)
      }
      return value
    },
    claim: (claimOptions) =>
      alone(() => {
        const claimed = claim(claimOptions)
        if (claimed.leases.length > 0) committed()
        return claimed
      }),
    recordAttempts: (records, at) =>
      alone(() => {
        const late = writer.transactionSync(() => recordAttempts(records, at))
        committed()
        return late
      }),
    // Writers wait: what they add meanwhile would keep the log from being cut off.
    scrub: () => alone(() => reader.scrub(rewriteBytesMax)),
    onHint: () => () => {},
    // A file has one server: there is nobody else.
    broadcast: () => {},
    onBroadcast: () => () => {},
    async ping() {
      if (lost !== undefined) throw storeError(lost)
      await reader.execute('SELECT 1', [])
    },
    close() {
      closing ??= mutex
        .run(() => lose(closedError()))
        .then(() => checkpoints.settled())
        .then(() => wal.flush().catch(() => {}))
        .then(() => closeAll(opened))
      return closing
    },
  }
}

function transactionOf(
  { db, writer, vault }: Pick<Parameters<typeof sqliteStore>[0], 'db' | 'writer' | 'vault'>,
  inserts: Inserts,
  recordAttempts: ReturnType<typeof prepareRecordAttempts>,
): Omit<Transaction, 'trailing'> {
  const shared = sharedWrites(writer.kysely, vault, own)
  const hot = hotWrites(db, inserts, writer.assertInside)
  return {
    ...shared,
    accounts: { ...shared.accounts, versions: hot.versions },
    records: { ...shared.records, ...hot.records },
    events: { ...shared.events, ...hot.events },
    deliveries: {
      ...shared.deliveries,
      ...hot.deliveries,
      async recordAttempts(records, now) {
        writer.assertInside()
        return recordAttempts(records, now)
      },
    },
    answers: hot.answers,
    firings: firingWrites(db, writer.assertInside),
    replays: { ...shared.replays, addMissed: addMissedTo(db, writer.assertInside) },
  }
}
