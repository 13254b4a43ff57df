/**
 * The reader's thread: lists, search and checkpoints block here and not on the server's thread.
 * Answers each message in its turn with the same `id`.
 */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromReader, ToReader } from './reader.ts'
import { openStatements } from './statements.ts'

const { path } = workerData as { path: string }
const readOnly = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
const execute = openStatements(readOnly)

// Only for checkpoints. NORMAL makes them sync the log before and the database after.
const checkpointer = new DatabaseSync(path, { timeout: 5000 })
checkpointer.exec('PRAGMA synchronous = NORMAL')
const [noop, passive] = ['NOOP', 'PASSIVE'].map((mode) =>
  checkpointer.prepare(`PRAGMA wal_checkpoint(${mode})`),
)

function answer(message: ToReader): FromReader {
  const { id } = message
  try {
    if (message.kind === 'query') return { id, rows: execute(message.sql, message.parameters).rows }
    const before = noop!.get() as { log: number; checkpointed: number }
    if (before.log - before.checkpointed < message.pagesMin) return { id, rows: [before] }
    return { id, rows: [passive!.get()] }
  } catch (error) {
    // A clone of an error keeps only its message.
    const { message: text, errcode } = error as Error & { errcode?: number }
    return { id, error: { message: text, errcode } }
  }
}

parentPort!.on('message', (message: ToReader | 'close') => {
  if (message !== 'close') {
    parentPort!.postMessage(answer(message))
    return
  }
  readOnly.close()
  checkpointer.close()
  parentPort!.close()
})
