import type { Outcome } from '../../model/index.ts'
import type { Reads } from '../../store/store.ts'
import { type Counts, durationEdgesMs, readAttemptCount } from '../../store/stats.ts'
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

/**
 * Counts over time, oldest bucket first, empty ones too. The first bucket holds `from`, the last one the moment before `to`;
 * days are those of the account's time zone.
 */
export async function readStats({ stats }: Pick<Reads, 'stats'>, question: Question): Promise<StatsBucket[]> {
  const { account_id, webhook_id, bucket } = question
  const spans = spansOf(question)
  if (spans.length === 0) return []
  const found = await stats.counts(account_id, {
    from: spans[0]!.start,
    to: spans.at(-1)!.end,
    step: bucket === 'minute' ? 'minute' : 'quarter',
    webhook_id,
  })
  const sums = spans.map((): Counts => ({}))
  for (const { at, counts } of found) {
    const sum = sums[spans.findLastIndex(({ start }) => start <= at)]!
    for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count
  }
  return spans.map((span, index) => ({ ...span, ...bucketOf(sums[index]!) }))
}

/** Days differ in length; shorter buckets lie on the clock of UTC. */
function spansOf({ from, to, bucket, time_zone }: Question): Pick<StatsBucket, 'start' | 'end'>[] {
  if (bucket === 'day')
    return makeCalendar(time_zone)
      .daysBetween(from, to)
      .map(({ start, end }) => ({ start, end }))
  const { ms } = buckets[bucket]
  const spans = []
  for (let start = Math.floor(from / ms) * ms; start < to; start += ms) spans.push({ start, end: start + ms })
  return spans
}

function bucketOf(counts: Counts): Omit<StatsBucket, 'start' | 'end'> {
  const { events = 0, made = 0, delivered = 0, dead = 0, canceled = 0 } = counts
  const attempts = { delivered: 0, retry: 0, rejected: 0, gone: 0 }
  const durations = Array.from({ length: durationEdgesMs.length + 1 }, () => 0)
  for (const [what, count] of Object.entries(counts)) {
    const attempt = readAttemptCount(what)
    if (!attempt) continue
    attempts[attempt.outcome as Outcome] += count
    durations[attempt.span]! += count
  }
  return {
    events,
    deliveries: { pending: made - delivered - dead - canceled, delivered, dead, canceled },
    attempts,
    latency: latencyOf(durations),
  }
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
