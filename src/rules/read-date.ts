/**
 * Days and moments. A day is a day of the account's time zone and lasts from its first moment to its last, which need not be
 * 24 hours apart; a moment is one wherever it is looked at.
 */
import type { Json } from '../model/index.ts'

/** The milliseconds that a date covers, both ends included: a whole day for `2026-11-20`, one moment otherwise. */
export interface DateSpan {
  readonly from: number
  readonly to: number
}

export const timeUnits = ['hours', 'days', 'weeks', 'months'] as const

/** How long, as a person says it: 7 days. */
export type TimeSpan = { amount: number; unit: (typeof timeUnits)[number] }

const isoDate = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** True for `2026-11-20`, which is a day; false for a moment. */
export function isBareDay(value: Json | undefined): boolean {
  return typeof value === 'string' && isoDate.test(value) && !value.includes('T')
}

/** `2026-11-20`, or a moment with its offset: `2026-11-20T09:00:00Z`. A time without an offset is nobody's: null. */
export function readDate(value: Json | undefined, timeZone: string): DateSpan | null {
  const parts = typeof value === 'string' ? isoDate.exec(value) : null
  if (!parts) return null
  const day = parts[1]!
  if (parts[2] === undefined) return spanOfDay(day, timeZone)
  const moment = existsDay(day) ? Date.parse(parts[0]) : Number.NaN
  return Number.isNaN(moment) ? null : { from: moment, to: moment }
}

/** Date takes the 30th of February for a day in March. */
function existsDay(day: string): boolean {
  const start = Date.parse(day)
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day)
}

/** The day that it is at `now` in the time zone. */
export function dayAt(now: number, timeZone: string): DateSpan {
  const last = lastDays.get(timeZone)
  if (last && now >= last.from && now <= last.to) return last
  const day = spanOfDay(zoned(now, timeZone).toPlainDate().toString(), timeZone)!
  keep(lastDays, timeZone, day)
  return day
}

/**
 * `now` moved by a span of time, back where `amount` is below zero. Hours are 60 minutes each; days, weeks and months go by the
 * calendar of the time zone: the clock shows the same time there, and a month before 31 March ends on the last of February.
 */
export function shiftTime(now: number, { amount, unit }: TimeSpan, timeZone: string): number {
  return zoned(now, timeZone).add({ [unit]: amount }).epochMilliseconds
}

/** null for a day that no calendar has. */
function spanOfDay(day: string, timeZone: string): DateSpan | null {
  const key = `${day} ${timeZone}`
  const known = daySpans.get(key)
  if (known) return known
  if (!existsDay(day)) return null
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds
  const date = Temporal.PlainDate.from(day)
  const span = { from: start(date), to: start(date.add({ days: 1 })) - 1 }
  keep(daySpans, key, span)
  return span
}

// Rows ask for the same few days again and again, and the calendar of a time zone takes microseconds to answer.
const daySpans = new Map<string, DateSpan>()
/** By time zone, the day that was asked for last: it is nearly always still the same. */
const lastDays = new Map<string, DateSpan>()
const keptMax = 1000

function keep(kept: Map<string, DateSpan>, key: string, span: DateSpan): void {
  if (kept.size >= keptMax) kept.clear()
  kept.set(key, span)
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
}
