import { isSettled, type Outcome } from '../../model/index.ts'
import type { Reads } from '../../store/store.ts'
import { durationEdgesMs, type StatsSlice } from '../../store/stats.ts'
import { makeCalendar } from './calendar.ts'

export type BucketName = 'minute' | 'hour' | 'day'

/** How long each is, and how many of it one answer may hold. */
export const buckets: Record<BucketName, { ms: number; max: number }> = {
  minute: { ms: 60_000, max: 360 },
  hour: { ms: 3_600_000, max: 744 },
  day: { ms: 86_400_000, max: 92 },
}

export interface StatsBucket {
  start: number
  end: number
  events: number
  deliveries: Record<'pending' | 'delivered' | 'dead' | 'canceled', number>
  attempts: Record<Outcome, number>
  /** Of the attempts' durations, in ms; null without attempts. */
  latency: { p50: number; p95: number; p99: number } | null
}

interface Question {
  account_id: string
  time_zone: string
  from: number
  to: number
  bucket: BucketName
  webhook_id: string | undefined
}

/** A query looks at no more than this, so that others get their turn in between. */
const sliceMs = buckets.day.ms

/**
 * Counts over time, oldest bucket first, empty ones too. The first bucket holds `from`, the last one the moment before `to`;
 * days are those of the account's time zone.
 */
export async function readStats({ stats }: Pick<Reads, 'stats'>, question: Question): Promise<StatsBucket[]> {
  const { account_id, webhook_id } = question
  const all: StatsBucket[] = []
  for (const slice of slicesOf(question)) {
    const asked = { ...slice, webhook_id }
    const found = emptyBuckets(slice)
    const durations = found.map(() => Array.from({ length: durationEdgesMs.length + 1 }, () => 0))
    for (const { bucket, count } of await stats.events(account_id, asked)) {
      const into = found[bucket]
      if (into) into.events += count
    }
    for (const { bucket, state, count } of await stats.deliveries(account_id, asked)) {
      const into = found[bucket]
      if (into) into.deliveries[isSettled(state) ? state : 'pending'] += count
    }
    for (const { bucket, outcome, span, count } of await stats.attempts(account_id, asked)) {
      const into = found[bucket]
      if (!into) continue
      into.attempts[outcome as Outcome] += count
      durations[bucket]![span]! += count
    }
    found.forEach((bucket, index) => (bucket.latency = latencyOf(durations[index]!)))
    all.push(...found)
  }
  return all
}

/** Days differ in length, so each is a slice; of shorter buckets a slice holds as many as fit. */
function slicesOf({ from, to, bucket, time_zone }: Question): StatsSlice[] {
  if (bucket === 'day') {
    const days = makeCalendar(time_zone).daysBetween(from, to)
    return days.map(({ start, end }) => ({ from: start, to: end, bucketMs: end - start }))
  }
  const bucketMs = buckets[bucket].ms
  const slices: StatsSlice[] = []
  const end = Math.ceil(to / bucketMs) * bucketMs
  for (let at = Math.floor(from / bucketMs) * bucketMs; at < end; at += sliceMs)
    slices.push({ from: at, to: Math.min(at + sliceMs, end), bucketMs })
  return slices
}

function emptyBuckets({ from, to, bucketMs }: StatsSlice): StatsBucket[] {
  return Array.from({ length: (to - from) / bucketMs }, (_, index) => ({
    start: from + index * bucketMs,
    end: from + (index + 1) * bucketMs,
    events: 0,
    deliveries: { pending: 0, delivered: 0, dead: 0, canceled: 0 },
    attempts: { delivered: 0, retry: 0, rejected: 0, gone: 0 },
    latency: null,
  }))
}

/** From how many lie in each span between the edges; the upper edge of the span that a percentile falls into. */
export function latencyOf(counts: readonly number[]): StatsBucket['latency'] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const at = (share: number): number => {
    let rest = Math.ceil(total * share)
    const span = counts.findIndex((count) => (rest -= count) <= 0)
    return durationEdgesMs[Math.min(span, durationEdgesMs.length - 1)]!
  }
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
