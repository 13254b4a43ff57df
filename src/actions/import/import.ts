import { isUtf8 } from 'node:buffer'
import { invalid, Problem } from '../../model/index.ts'
import type { ImportError, ProblemDetail, RecordImport } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import { startRounds, type Rounds } from '../../runtime/rounds.ts'
import type { ImportChunk, Store, Transaction } from '../../store/store.ts'
import type { Answer, Ingest, Submission } from '../ingest/change.ts'
import { importFormats } from './lines.ts'

const chunkLines = 200
const linesMax = 1_000_000
/** How many imports take turns, chunk by chunk. */
const atOnceMax = 10
/** How much of a line that failed is shown. */
const contentCharactersMax = 1000

export interface ImportOrder {
  account_id: string
  kind: string
  format: RecordImport['format']
  fire: boolean
  /** Who: `token tok_…`. */
  by: string
  bytes: Uint8Array
}

/**
 * Parts a file and writes it down to be imported in the background; nothing of it is applied yet.
 * @throws Problem `malformed`, `invalid` where the file as a whole cannot be read
 */
export async function beginImport(
  tx: Pick<Transaction, 'imports'>,
  { account_id, kind, format, fire, by, bytes }: ImportOrder,
  now: number,
): Promise<RecordImport> {
  if (!isUtf8(bytes))
    throw refuseFile('not_utf8', 'The file is not UTF-8. Save it as UTF-8 and send it again.')
  // A byte order mark is no part of the first column's name.
  const text = new TextDecoder().decode(bytes)
  const file = importFormats[format].split(text)
  if ('errors' in file) throw invalid(file.errors)
  const { header, lines } = file
  if (lines.length === 0) throw refuseFile('empty', 'The file holds no records.')
  if (lines.length > linesMax)
    throw refuseFile('too_many', `An import may have at most ${linesMax} records. Part the file.`)
  const chunks: ImportChunk[] = []
  for (let start = 0; start < lines.length; start += chunkLines) {
    const some = lines.slice(start, start + chunkLines)
    // Each chunk can be read by itself: a header goes with every one.
    chunks.push({ number: chunks.length + 1, lines: header ? [header, ...some] : some })
  }
  const recordImport: RecordImport = {
    id: newId('imp', now),
    account_id,
    kind,
    format,
    fire,
    state: 'running',
    made_by: by,
    lines_total: lines.length,
    lines_done: 0,
    chunks_total: chunks.length,
    chunks_done: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    events: 0,
    created_at: now,
    updated_at: now,
  }
  await tx.imports.insert(recordImport, chunks)
  return recordImport
}

function refuseFile(code: string, message: string): Problem {
  return invalid([{ path: '', code, message }])
}

/** What imports run with. */
export interface ImportScene {
  store: Pick<Store, 'imports'>
  ingest: Pick<Ingest, 'submitTogether'>
  clock: Clock
}

/** A chunk that is being applied: its lines in order, those that could be read with their place among the submissions. */
interface Work {
  recordImport: RecordImport
  chunk: ImportChunk
  lines: { line: number; content: string; at: number | null; errors: ProblemDetail[] }[]
  submissions: Submission[]
}

/**
 * Applies the next chunk of an import and counts it, in one transaction: a crash before its end leaves the chunk as it was, one
 * after it finds the chunk done. False where there is none to do now: the import has ended, or another process has it.
 */
export async function importNextChunk(
  { ingest, clock }: Pick<ImportScene, 'ingest' | 'clock'>,
  { id, account_id }: Pick<RecordImport, 'id' | 'account_id'>,
): Promise<boolean> {
  const current: { work: Work | null } = { work: null }
  await ingest.submitTogether(account_id, {
    async submissions(tx) {
      const next = await tx.imports.lockNext(id)
      current.work = next && readChunk(next.recordImport, next.chunk)
      return current.work?.submissions ?? []
    },
    async also(tx, outcomes) {
      if (current.work) await finish(tx, current.work, outcomes, clock())
    },
  })
  return current.work !== null
}

function readChunk(recordImport: RecordImport, chunk: ImportChunk): Work {
  const { account_id, kind, format, fire, made_by } = recordImport
  const header = format === 'csv' ? chunk.lines[0]! : null
  const read = importFormats[format].reader(header)
  const submissions: Submission[] = []
  const lines = chunk.lines.slice(header ? 1 : 0).map(({ line, content }) => {
    const found = read(content)
    if ('errors' in found) return { line, content, at: null, errors: found.errors }
    const { id, fields } = found
    submissions.push({
      account_id,
      change: {
        do: 'write',
        record: { kind, id },
        fields,
        replace: false,
        occurred_at: null,
        as_of: null,
        told: null,
      },
      origin: {
        actor: { kind: 'api', id: made_by.replace(/^(token|member) /, '') },
        source: 'import',
        bulk: true,
        caused_by: null,
      },
      idempotency: null,
      silent: !fire,
    })
    return { line, content, at: submissions.length - 1, errors: [] }
  })
  return { recordImport, chunk, lines, submissions }
}

async function finish(
  tx: Transaction,
  { recordImport: before, chunk, lines }: Work,
  outcomes: (Answer | Problem)[],
  now: number,
): Promise<void> {
  const after = {
    ...before,
    lines_done: before.lines_done + lines.length,
    chunks_done: before.chunks_done + 1,
    updated_at: now,
  }
  if (after.chunks_done === after.chunks_total) after.state = 'done'
  const errors: ImportError[] = []
  for (const { line, content, at, errors: unread } of lines) {
    const outcome = at === null ? null : outcomes[at]!
    if (outcome !== null && !(outcome instanceof Problem)) {
      after[countOf[outcome.outcome]]++
      after.events += outcome.events
      continue
    }
    after.failed++
    const details = outcome === null ? unread : detailsOf(outcome)
    errors.push({ line, errors: details, content: content.slice(0, contentCharactersMax).toWellFormed() })
  }
  await tx.imports.finishChunk(after, chunk, errors)
}

/** An import names no time of its own, so its writes are never stale. */
const countOf = {
  created: 'created',
  changed: 'updated',
  unchanged: 'unchanged',
  stale: 'unchanged',
} as const satisfies Record<Answer['outcome'], keyof RecordImport>

function detailsOf({ code, message, errors }: Problem): ProblemDetail[] {
  return errors.length > 0 ? errors : [{ path: '', code, message }]
}

/**
 * Applies what imports have yet to do, in the background: the imports that run take turns, one chunk each. Several processes
 * may do so at once; a chunk goes to one of them. Where the account's backlog is full, or the store does not answer, an
 * import waits for the next turn.
 */
export function startImports(scene: ImportScene & { pollMs: number; onError(error: unknown): void }): Rounds {
  const { store, pollMs, onError } = scene

  /** True where anything was done: then there may be more. */
  async function takeTurns(signal: AbortSignal): Promise<boolean> {
    let worked = false
    for (const recordImport of await store.imports.running(atOnceMax)) {
      if (signal.aborted) return false
      try {
        worked = (await importNextChunk(scene, recordImport)) || worked
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'too_many')) onError(error)
      }
    }
    return worked
  }

  return startRounds({
    everyMs: pollMs,
    firstMs: 0,
    onError,
    async round(signal) {
      while (!signal.aborted && (await takeTurns(signal)));
    },
  })
}
