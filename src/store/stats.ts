/**
 * What is counted over time, as a part of the contract in `store.ts`.
 *
 * Counts are kept, not taken from the history: to count ten million deliveries would hold up every other reader. Each
 * transaction that makes or ends something adds a row to a journal, which nobody else waits for, and `fold` brings the
 * journal into sums by minute and by quarter of an hour, per webhook and per account. A reader adds both up, so that
 * what is committed is counted, exactly.
 */

/** Every time zone's days begin on a quarter of an hour, so quarters make up days as they make up hours. */
export type StatsStep = 'minute' | 'quarter'

export const minuteMs = 60_000
export const stepMs: Record<StatsStep, number> = { minute: minuteMs, quarter: 15 * minuteMs }

/** From `from` on and before `to`, in ms; both on the edge of a step. */
export interface StatsSlice {
  from: number
  to: number
  step: StatsStep
  webhook_id?: string | undefined
}

/**
 * By what was counted: `events` (of accounts only); `made` for deliveries, and `delivered`, `dead` and `canceled` for those
 * of them that are settled; attempts by their outcome and the span of `durationEdgesMs` that they took: `retry 17`.
 */
export type Counts = Record<string, number>

export interface StatsReads {
  /**
   * Everything is counted where it began: an event when it was accepted; a delivery, and with it all its attempts that were
   * not late, when it was made. `at` is the beginning of a step. The same may come more than once: they add up.
   */
  counts(accountId: string, slice: StatsSlice): Promise<{ at: number; counts: Counts }[]>
}

export interface StatsWrites extends StatsReads {
  /** Brings up to `limit` rows of the journal, the oldest ones, into the sums; answers how many. 0 also where another process is at it. */
  fold(limit: number): Promise<number>
}

/** Upper edges, in ms, in steps of a fifth: a percentile that is read from them is off by at most that much. */
export const durationEdgesMs: readonly number[] = makeEdges(60_000)

function makeEdges(last: number): number[] {
  const edges = [0]
  while (edges.at(-1)! < last) edges.push(Math.max(edges.at(-1)! + 1, Math.round(edges.at(-1)! * 1.2)))
  return edges
}

/** The number of the span that a duration lies in: up to and with the edge of that number; the last one is beyond all edges. */
function spanOf(durationMs: number): number {
  let low = 0
  let high = durationEdgesMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (durationMs <= durationEdgesMs[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** Under which name an attempt is counted. */
export function attemptCount({ outcome, duration_ms }: { outcome: string; duration_ms: number }): string {
  return `${outcome} ${spanOf(duration_ms)}`
}

/** null where the name is not that of an attempt. */
export function readAttemptCount(what: string): { outcome: string; span: number } | null {
  const [outcome, span] = what.split(' ')
  return span === undefined ? null : { outcome: outcome!, span: Number(span) }
}
