import type { Clock } from '../runtime/clock.ts'
import { pause, startRounds, type Rounds } from '../runtime/rounds.ts'
import type { Store } from '../store/store.ts'

/** How often it is looked whether a round is due; a round itself comes every ten minutes by the server's clock. */
const everyMs = 2000
const roundMs = 10 * 60 * 1000
/** Rows of each sort in one transaction: some milliseconds of the writer's time. */
const stepMax = 200
const accountsMax = 100
const pauseMsMin = 20
const dayMs = 24 * 60 * 60 * 1000

/**
 * Deletes what accounts have kept for longer than their `retention_days`, in steps with a rest after each that is as long as
 * the step was, so that at most half of the writer's time goes into it and deliveries and ingest come in between.
 */
export function startRetention(options: {
  store: Pick<Store, 'transaction' | 'retention'>
  clock: Clock
  onError(error: unknown): void
}): Rounds {
  const { store, clock, onError } = options
  let nextAt = 0

  async function step<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const started = performance.now()
    const result = await work()
    await pause(Math.max(pauseMsMin, performance.now() - started), signal)
    return result
  }

  async function expire(accountId: string, before: number, signal: AbortSignal): Promise<void> {
    const history = () => store.transaction((tx) => tx.retention.expireHistory(accountId, before, stepMax))
    // The first look is nearly free, and mostly the last.
    let deleted = await history()
    while (deleted > 0 && !signal.aborted) deleted = await step(history, signal)
    const events = (after: string | null) =>
      store.transaction((tx) => tx.retention.expireEvents(accountId, { before, after, limit: stepMax }))
    let { last } = await events(null)
    while (last !== null && !signal.aborted) {
      const after = last
      ;({ last } = await step(() => events(after), signal))
    }
  }

  return startRounds({
    everyMs,
    onError,
    async round(signal) {
      if (clock() < nextAt) return
      for (let after: string | undefined; !signal.aborted;) {
        const accounts = await store.retention.accounts({ limit: accountsMax, after })
        for (const { id, retention_days } of accounts) {
          if (signal.aborted) return
          await expire(id, clock() - retention_days * dayMs, signal)
        }
        if (accounts.length < accountsMax) break
        after = accounts.at(-1)!.id
      }
      nextAt = clock() + roundMs
    },
  })
}
