import type { StatsItem } from '../../data/stats.ts'

/** A whole span in a few figures. */
export interface Total {
  events: number
  made: number
  delivered: number
  dead: number
  pending: number
  attempts: number
  failedAttempts: number
  /** Of those that were settled by sending, how many arrived: 0 to 1; null where none was. */
  arrived: number | null
  /** The slowest step's 95th percentile, in ms. */
  p95: number | null
}

export function sumUp(items: StatsItem[]): Total {
  const sum = (read: (item: StatsItem) => number) => items.reduce((total, item) => total + read(item), 0)
  const delivered = sum(({ deliveries }) => deliveries.delivered)
  const dead = sum(({ deliveries }) => deliveries.dead)
  const pending = sum(({ deliveries }) => deliveries.pending)
  const slowest = items.flatMap(({ latency_ms }) => (latency_ms ? [latency_ms.p95] : []))
  return {
    events: sum(({ events = 0 }) => events),
    made: sum(
      ({ deliveries }) => deliveries.delivered + deliveries.dead + deliveries.pending + deliveries.canceled,
    ),
    delivered,
    dead,
    pending,
    attempts: sum(({ attempts }) => attempts.delivered + attempts.retry + attempts.rejected + attempts.gone),
    failedAttempts: sum(({ attempts }) => attempts.retry + attempts.rejected + attempts.gone),
    arrived: delivered + dead === 0 ? null : delivered / (delivered + dead),
    p95: slowest.length === 0 ? null : Math.max(...slowest),
  }
}
