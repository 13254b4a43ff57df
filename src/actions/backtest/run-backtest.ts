import { Worker, type ResourceLimits } from 'node:worker_threads'
import { maskSecrets, Problem } from '../../model/index.ts'
import type { EventReads } from '../../store/store.ts'
import type { BacktestBounds, BacktestResult, BacktestSubject } from './backtest.ts'
import type { DraftedWebhook } from '../webhooks/draft-webhook.ts'

/** What the thread is started with. */
export interface BacktestInput {
  subject: BacktestSubject
  bounds: BacktestBounds
}

/** Pages, or parts of one, one after the other, newest event first; then the end. Each is answered before the next is sent. */
export type BacktestMessage = { kind: 'page'; texts: string[] } | { kind: 'end' }
/** To a page how far it is, from 0 to 1; to the end the result. */
export type BacktestAnswer =
  { kind: 'progress'; progress: number } | { kind: 'result'; result: BacktestResult }

const pageSize = 200
/**
 * Of texts in one message, and of the one text that may be larger alone. Parsing cannot be interrupted: where it alone
 * outgrows the thread's memory by more than 16 MiB, V8 ends the whole process instead of the thread.
 */
const messageLengthMax = 1_000_000
const textLengthMax = 8_000_000

const megabyte = 1_048_576
/** Code, schema and the largest event: parsed, its text can take up fifteen times its length. */
const heapBytesAtLeast = 256 * megabyte
/** An event that fires costs some 400 bytes until the end and its counter 300 (measured); the rest is for the collector. */
const heapBytesPerEvent = 1024

/**
 * Asks the webhook about every event in the bounds, in a thread that lives as long. This thread only passes on pages of
 * texts, one at a time. `onPage` is told how far it is, from 0 to 1; a `signal` that aborts ends the thread at once and
 * makes it throw the signal's reason. When it has ended, so has the thread, and nothing is read any more.
 * @throws Problem `unavailable` where the thread broke, with a sentence for whoever asked and the `cause`; `too_large` where an
 * event is larger than the thread could parse
 */
export async function runBacktest(
  drafted: DraftedWebhook,
  bounds: BacktestBounds,
  {
    events,
    signal,
    onPage,
  }: { events: Pick<EventReads, 'texts'>; signal: AbortSignal; onPage(progress: number): void },
): Promise<BacktestResult> {
  signal.throwIfAborted()
  await using thread = openThread({ subject: subjectOf(drafted), bounds }, signal)
  let read = 0
  let after: string | undefined
  for (;;) {
    const limit = Math.min(pageSize, bounds.eventsMax - read)
    // Newest first: what comes after the first page was read is never seen, so the span needs no other end.
    const page = await events.texts(drafted.account.id, { since: bounds.since }, { limit, after })
    for (const texts of messagesOf(page)) {
      const answer = await thread.ask({ kind: 'page', texts })
      if (answer.kind === 'progress') onPage(answer.progress)
    }
    read += page.length
    after = page.at(-1)?.id
    if (page.length < limit || read >= bounds.eventsMax) break
  }
  const answer = await thread.ask({ kind: 'end' })
  if (answer.kind !== 'result') throw new Error('The thread of a backtest answered the end with progress.')
  return answer.result
}

/** A page in its order, in parts that are small beside the thread's memory. */
function* messagesOf(page: { id: string; text: string }[]): Generator<string[]> {
  let texts: string[] = []
  let length = 0
  for (const { id, text } of page) {
    if (text.length > textLengthMax) {
      const message = `The event "${id}" is too large for a backtest. Look less far back, or at fewer events.`
      throw new Problem('too_large', message)
    }
    if (texts.length > 0 && length + text.length > messageLengthMax) {
      yield texts
      texts = []
      length = 0
    }
    texts.push(text)
    length += text.length
  }
  if (texts.length > 0) yield texts
}

/** Without what judging does not need and a heap dump should not hold. */
function subjectOf({ webhook, account, schema }: DraftedWebhook): BacktestSubject {
  return {
    webhook: { ...maskSecrets(webhook), signing_secrets: [] },
    account: { time_zone: account.time_zone },
    schema,
  }
}

function limitsOf({ eventsMax }: BacktestBounds): ResourceLimits {
  const bytes = heapBytesAtLeast + eventsMax * heapBytesPerEvent
  return { maxOldGenerationSizeMb: Math.ceil(bytes / megabyte), maxYoungGenerationSizeMb: 16 }
}

interface Thread extends AsyncDisposable {
  /** One question at a time. Rejects when the thread has ended, for whatever reason. */
  ask(message: BacktestMessage): Promise<BacktestAnswer>
}

function openThread(input: BacktestInput, signal: AbortSignal): Thread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./backtest-thread.${extension}`, import.meta.url), {
    name: 'backtest',
    workerData: input,
    // The environment holds the master key.
    env: {},
    resourceLimits: limitsOf(input.bounds),
  })
  let asker: PromiseWithResolvers<BacktestAnswer> | undefined
  let ended: { reason: unknown } | undefined

  const end = (reason: unknown) => {
    ended ??= { reason }
    asker?.reject(ended.reason)
  }
  const stop = () => {
    end(signal.reason)
    void worker.terminate()
  }
  worker.on('message', (answer: BacktestAnswer) => asker?.resolve(answer))
  worker.on('messageerror', (error) => end(brokenBy(error)))
  worker.on('error', (error) => end(brokenBy(error)))
  worker.on('exit', (code) => end(brokenBy(new Error(`The thread of a backtest ended with code ${code}.`))))
  signal.addEventListener('abort', stop, { once: true })

  return {
    ask(message) {
      if (ended) return Promise.reject(ended.reason)
      asker = Promise.withResolvers()
      worker.postMessage(message)
      return asker.promise
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop)
      await worker.terminate()
    },
  }
}

function brokenBy(cause: unknown): Problem {
  const outOfMemory = (cause as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const message = outOfMemory
    ? 'The backtest needed more memory than it may use. Ask about fewer days or events.'
    : 'The backtest broke off because its thread ended. Start it again.'
  return Object.assign(new Problem('unavailable', message), { cause })
}
