/** What is counted over time, as a part of the contract in `store.ts`. */

/**
 * A span of time in ms, from `from` on and before `to`, in buckets of `bucketMs` that are numbered from 0. Everything is
 * counted where it began: an event when it was accepted; a delivery, and with it all its attempts, when it was made.
 */
export interface StatsSlice {
  from: number
  to: number
  bucketMs: number
  webhook_id?: string | undefined
}

/** Buckets in which nothing was are absent. The same bucket, or the same of all but `count`, may come more than once: they add up. */
export interface StatsReads {
  /** `webhook_id` plays no part: events are of the account. */
  events(accountId: string, slice: StatsSlice): Promise<{ bucket: number; count: number }[]>
  deliveries(
    accountId: string,
    slice: StatsSlice,
  ): Promise<{ bucket: number; state: string; count: number }[]>
  /** `span`: which of the spans between `durationEdgesMs` they took; the last one is beyond the last edge. */
  attempts(
    accountId: string,
    slice: StatsSlice,
  ): Promise<{ bucket: number; outcome: string; span: number; count: number }[]>
}

/** Upper edges, in ms, in steps of a fifth: a percentile that is read from them is off by at most that much. */
export const durationEdgesMs: readonly number[] = makeEdges(60_000)

function makeEdges(last: number): number[] {
  const edges = [0]
  while (edges.at(-1)! < last) edges.push(Math.max(edges.at(-1)! + 1, Math.round(edges.at(-1)! * 1.2)))
  return edges
}
