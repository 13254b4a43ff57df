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
checkpointer.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON')
const [noop, passive, truncate] = ['NOOP', 'PASSIVE', 'TRUNCATE'].map((mode) =>
  checkpointer.prepare(`PRAGMA wal_checkpoint(${mode})`),
)
const size = checkpointer.prepare(
  'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
)

/**
 * Deleted cells are overwritten as they go (`secure_delete`), but where SQLite moves cells between pages, copies of some can
 * stay in the pages' free space (3 in 2,000 in a trial): only a rewritten file is surely without them.
 */
function scrub(rewriteBytesMax: number): 'done' | 'busy' | 'left' {
  const { bytes } = size.get() as { bytes: number }
  const small = bytes <= rewriteBytesMax
  if (small) checkpointer.exec('VACUUM')
  const { busy } = truncate!.get() as { busy: number }
  return busy ? 'busy' : small ? 'done' : 'left'
}

function answer(message: ToReader): FromReader {
  const { id } = message
  try {
    if (message.kind === 'query') return { id, rows: execute(message.sql, message.parameters).rows }
    if (message.kind === 'scrub') return { id, rows: [{ result: scrub(message.rewriteBytesMax) }] }
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
