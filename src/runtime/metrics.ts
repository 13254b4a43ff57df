import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  changes: Counter
  events: Counter
  attempts: Counter<'outcome' | 'reason'>
  late: Counter
  attemptSeconds: Histogram
  /** Prometheus text. */
  render(): Promise<string>
  contentType: string
}

export interface Gauges {
  underWay(): number
  backlog(): Promise<{ states: Record<string, number>; oldest_due_at: number | null }>
  now(): number
}

const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What an operator watches. Gauges are read when they are asked for. */
export function makeMetrics(gauges: Gauges): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  new Gauge({
    name: 'hookline_deliveries_under_way',
    help: 'Requests to receivers that this process has under way.',
    registers,
    collect() {
      this.set(gauges.underWay())
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
      help: 'How long receivers took to answer.',
      buckets: latencyBuckets,
      registers,
    }),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
