import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from '../../model/index.ts'

/**
 * Makes commits durable without blocking the thread that makes them; why this is safe stands in
 * docs/decisions/0003-durable-without-blocking.md.
 */
export interface WalSync {
  /** There was a commit: the next flush has work. */
  written(): void
  /** Resolves when all that was written before is on the disk. Rejects for good once the disk has failed. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** `databasePath` is the file's real path, open in WAL mode by a connection that stays open as long as this. */
export async function openWalSync(databasePath: string): Promise<WalSync> {
  const file = await open(`${databasePath}-wal`, 'r+')
  // SQLite would do this with its first sync of a log that it has made: without it, the log's name may be lost.
  await syncDirectory(dirname(databasePath))
  return walSync(file)
}

export function walSync(file: Pick<FileHandle, 'datasync' | 'close'>): WalSync {
  let dirty = false
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  let failure: Problem | undefined

  async function sync(): Promise<void> {
    // After a failed sync the kernel may have dropped the pages and call the next one a success.
    if (failure !== undefined) throw failure
    dirty = false
    try {
      await file.datasync()
    } catch (error) {
      failure = new Problem(
        'unavailable',
        'The disk did not take what was written. Restart the server when it is well.',
      )
      failure.cause = error
      throw failure
    }
  }

  function start(): Promise<void> {
    const current = sync().finally(() => {
      if (running === current) running = null
    })
    running = current
    return current
  }

  /** One sync at a time; whoever comes meanwhile shares the one after it. */
  function afterRunning(current: Promise<void>): Promise<void> {
    next ??= current
      .catch(() => {})
      .then(() => {
        next = null
        return start()
      })
    return next
  }

  return {
    written() {
      dirty = true
    },
    flush() {
      if (failure !== undefined) return Promise.reject(failure)
      if (running) return dirty ? afterRunning(running) : running
      // What a transaction read may be younger than the last sync, so one that only read waits as well.
      return dirty ? start() : Promise.resolve()
    },
    async close() {
      await running?.catch(() => {})
      await file.close()
    },
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
