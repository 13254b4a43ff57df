/** Spans of time as filters name them: back from now, or from one day or moment to another. */

import { momentOf, wallClock } from '../zone-time.ts'

export const spanPresets = ['1h', '24h', '7d', '30d'] as const
export type SpanPreset = (typeof spanPresets)[number]

/** `since` and `until` are days of the account's time zone (2026-11-20, both included) or moments (ISO, `until` excluded). */
export type Span = { preset: SpanPreset } | { since: string | null; until: string | null }

const minuteMs = 60_000
const presetMs: Record<SpanPreset, number> = {
  '1h': 60 * minuteMs,
  '24h': 1440 * minuteMs,
  '7d': 7 * 1440 * minuteMs,
  '30d': 30 * 1440 * minuteMs,
}

/** Reads `span`, or `since` and `until`, from an address; null where there is none. What is no time is passed over. */
export function readSpan(params: URLSearchParams): Span | null {
  const preset = spanPresets.find((name) => name === params.get('span'))
  if (preset) return { preset }
  const since = readPoint(params.get('since'))
  const until = readPoint(params.get('until'))
  return since === null && until === null ? null : { since, until }
}

export function writeSpan(span: Span | null): Record<string, string | null> {
  if (!span) return { span: null, since: null, until: null }
  if ('preset' in span) return { span: span.preset, since: null, until: null }
  return { span: null, since: span.since, until: span.until }
}

function readPoint(text: string | null): string | null {
  return text !== null && !Number.isNaN(Date.parse(text)) ? text : null
}

/** From when on and before when, as the API asks for it. A preset goes back from the full minute. */
export function spanBounds(
  span: Span | null,
  now: number,
  timeZone: string,
): { since?: string | undefined; until?: string | undefined } {
  if (!span) return {}
  if ('preset' in span) {
    return { since: iso(Math.floor(now / minuteMs) * minuteMs - presetMs[span.preset]) }
  }
  const { since, until } = span
  const start = (day: string) => iso(Date.parse(momentOf({ day, time: '00:00' }, timeZone)))
  return {
    since: since === null ? undefined : isDay(since) ? start(since) : iso(Date.parse(since)),
    until: until === null ? undefined : isDay(until) ? start(dayAfter(until)) : iso(Date.parse(until)),
  }
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

function dayAfter(day: string): string {
  return iso(Date.parse(day) + 1440 * minuteMs).slice(0, 10)
}

/** The account's days: now, and the one before. */
export function daysOf(now: number, timeZone: string): { today: string; yesterday: string } {
  const today = wallClock(iso(now), timeZone).day
  return { today, yesterday: iso(Date.parse(today) - 1440 * minuteMs).slice(0, 10) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
