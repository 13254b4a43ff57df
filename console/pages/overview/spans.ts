import type { Bucket, Span } from '../../data/stats.ts'
import type { SpanPreset } from '../../parts/filter/span.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** What can be looked at: how long, in which steps. The server has bounds on how many steps it counts. */
export const spans = {
  hour: { ms: hourMs, bucket: 'minute' },
  day: { ms: dayMs, bucket: 'hour' },
  week: { ms: 7 * dayMs, bucket: 'hour' },
  month: { ms: 30 * dayMs, bucket: 'day' },
} as const satisfies Record<string, { ms: number; bucket: Bucket }>

export type SpanName = keyof typeof spans

export const spanNames = Object.keys(spans) as SpanName[]

/** As the filters of the history and of the events name it. */
export const filterSpan = { hour: '1h', day: '24h', week: '7d', month: '30d' } as const satisfies Record<
  SpanName,
  SpanPreset
>

/** Up to `now`, in whole seconds, so that what is asked within one is asked once. */
export function spanOf(name: SpanName, now: number): Span {
  const { ms, bucket } = spans[name]
  const to = Math.ceil(now / 1000) * 1000
  return { bucket, from: new Date(to - ms).toISOString(), to: new Date(to).toISOString() }
}
