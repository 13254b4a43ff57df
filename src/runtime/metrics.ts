import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { makeWebhookMetrics, type WebhookMetrics } from './webhook-metrics.ts'

export interface Metrics {
  changes: Counter
  events: Counter
  attempts: Counter<'outcome' | 'reason'>
  late: Counter
  attemptSeconds: Histogram<'outcome'>
  firstAttemptSeconds: Histogram
  liveDropped: Counter
  webhooks: WebhookMetrics
  /** Prometheus text; what is told of single webhooks only of this account, or of all with null. */
  render(accountId: string | null): Promise<string>
  contentType: string
}

export interface Gauges {
  underWay(): number
  backlog(): Promise<{ states: Record<string, number>; oldest_due_at: number | null }>
  now(): number
  liveReaders(): number
  /** How many webhooks may have series of their own. */
  webhooksMax: number
}

const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What an operator watches. Gauges are read when they are asked for. */
export function makeMetrics(gauges: Gauges): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const webhooks = makeWebhookMetrics(gauges.webhooksMax)
  collectDefaultMetrics({ register: registry })

  new Gauge({
    name: 'hookline_deliveries_under_way',
    help: 'Requests to receivers that this process has under way.',
    registers,
    collect() {
      this.set(gauges.underWay())
    },
  })
  new Gauge({
    name: 'hookline_live_readers',
    help: 'Live connections of this process.',
    registers,
    collect() {
      this.set(gauges.liveReaders())
    },
  })
  const oldest = new Gauge({
    name: 'hookline_oldest_due_seconds',
    help: 'Age of the oldest delivery that is due and not being sent.',
    registers,
  })
  new Gauge({
    name: 'hookline_unsettled_deliveries',
    help: 'Deliveries not settled yet, by state.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const { states, oldest_due_at } = await gauges.backlog()
      this.reset()
      for (const state of ['pending', 'sending', 'waiting']) this.set({ state }, states[state] ?? 0)
      oldest.set(oldest_due_at === null ? 0 : Math.max(0, (gauges.now() - oldest_due_at) / 1000))
    },
  })

  return {
    changes: new Counter({ name: 'hookline_changes_total', help: 'Changes accepted.', registers }),
    events: new Counter({ name: 'hookline_events_total', help: 'Events recorded.', registers }),
    attempts: new Counter({
      name: 'hookline_attempts_total',
      help: 'Attempts, by outcome and by what went wrong.',
      labelNames: ['outcome', 'reason'] as const,
      registers,
    }),
    late: new Counter({
      name: 'hookline_late_attempts_total',
      help: 'Attempts that ended after their lease.',
      registers,
    }),
    attemptSeconds: new Histogram({
      name: 'hookline_attempt_duration_seconds',
      help: 'How long receivers took to answer, or until it was given up.',
      labelNames: ['outcome'] as const,
      buckets: latencyBuckets,
      registers,
    }),
    firstAttemptSeconds: new Histogram({
      name: 'hookline_first_attempt_delay_seconds',
      help: 'From the transaction that accepted the event to the first attempt, of deliveries that were due at once.',
      buckets: latencyBuckets,
      registers,
    }),
    liveDropped: new Counter({
      name: 'hookline_live_dropped_total',
      help: 'Live connections that were cut off because their reader did not keep up.',
      registers,
    }),
    webhooks,
    render: async (accountId) => `${await registry.metrics()}\n${webhooks.render(accountId)}`,
    contentType: registry.contentType,
  }
}
