import { notFound, Problem } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import type { EventReads } from '../../store/store.ts'
import type { BacktestBounds, BacktestResult } from './backtest.ts'
import type { DraftedWebhook } from '../webhooks/draft-webhook.ts'
import { runBacktest } from './run-backtest.ts'

/** A backtest under way or done. Times in ms. */
export interface BacktestJob {
  id: string
  account_id: string
  state: 'running' | 'done' | 'failed'
  bounds: BacktestBounds
  /** From 0 to 1. */
  progress: number
  /** null until it is done. */
  result: BacktestResult | null
  /** Why it failed, as a sentence. */
  failure: string | null
  started_at: number
  ended_at: number | null
}

/**
 * The backtests of this process, each with a thread of its own while it runs. They live in its memory only: each is short
 * and can be started again, so other processes and the next start do not know them.
 */
export interface Backtests {
  /** @throws Problem `too_many` where as many are under way as may be */
  start(drafted: DraftedWebhook, bounds: BacktestBounds): BacktestJob
  /** @throws Problem `not_found` */
  get(accountId: string, id: string): BacktestJob
  /** Stops it where it runs, and forgets it. @throws Problem `not_found` */
  cancel(accountId: string, id: string): void
  /** Stops all and resolves when none reads any more and their threads have ended. */
  close(): Promise<void>
}

/** How many that have ended can still be read; the oldest are forgotten first. */
const endedKept = 100

export function makeBacktests({
  events,
  clock,
  runningMax,
  onError,
}: {
  events: Pick<EventReads, 'texts'>
  clock: Clock
  /** Under way at once, and so are their threads. */
  runningMax: number
  onError(error: unknown): void
}): Backtests {
  const jobs = new Map<string, { job: BacktestJob; stop: AbortController; ended: Promise<void> }>()
  const ended: string[] = []
  /** Canceled ones that have not ended yet. */
  const leaving = new Set<Promise<void>>()

  async function run(
    job: BacktestJob,
    drafted: DraftedWebhook,
    { signal }: AbortController,
    before: Promise<void>[],
  ): Promise<void> {
    try {
      // A canceled one gives its place free before its thread has ended; two threads in one place would be one too many.
      await Promise.all(before)
      job.result = await runBacktest(drafted, job.bounds, {
        events,
        signal,
        onPage: (progress) => void (job.progress = progress),
      })
      job.state = 'done'
      job.progress = 1
    } catch (error) {
      job.state = 'failed'
      job.failure = sentenceOf(error, signal)
      if (!signal.aborted) onError(error)
    }
    job.ended_at = clock()
    if (!jobs.has(job.id)) return
    ended.push(job.id)
    if (ended.length > endedKept) jobs.delete(ended.shift()!)
  }

  function find(accountId: string, id: string) {
    const found = jobs.get(id)
    if (found?.job.account_id !== accountId) throw notFound('backtest', id)
    return found
  }

  return {
    start(drafted, bounds) {
      const running = [...jobs.values()].filter(({ job }) => job.state === 'running')
      if (running.length >= runningMax) {
        const message = `${runningMax} backtests are under way already. Try again when one of them is done.`
        throw new Problem('too_many', message, { retryAfterS: 1 })
      }
      const now = clock()
      const job: BacktestJob = {
        id: newId('bkt', now),
        account_id: drafted.account.id,
        state: 'running',
        bounds,
        progress: 0,
        result: null,
        failure: null,
        started_at: now,
        ended_at: null,
      }
      const stop = new AbortController()
      jobs.set(job.id, { job, stop, ended: run(job, drafted, stop, [...leaving]) })
      return job
    },
    get: (accountId, id) => find(accountId, id).job,
    cancel(accountId, id) {
      const { stop, ended } = find(accountId, id)
      stop.abort()
      jobs.delete(id)
      leaving.add(ended)
      void ended.then(() => leaving.delete(ended))
    },
    async close() {
      const all = [...jobs.values()]
      for (const { stop } of all) stop.abort()
      await Promise.all([...leaving, ...all.map(({ ended }) => ended)])
    },
  }
}

function sentenceOf(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'The backtest was stopped.'
  if (error instanceof Problem) return error.message
  return 'The backtest broke off because of an error in the server. Start it again.'
}
