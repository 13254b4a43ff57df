/**
 * Days and moments. A day is a day of the account's time zone and lasts from its first moment to its last, which need not be
 * 24 hours apart; a moment is one wherever it is looked at.
 */
import type { Json } from '../model/index.ts'

/** The milliseconds that a date covers, both ends included: a whole day for `2026-11-20`, one moment otherwise. */
export interface DateSpan {
  from: number
  to: number
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
  const day = Date.parse(parts[1]!)
  // The 30th of February parses as a day in March.
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(parts[1]!)) return null
  if (parts[2] === undefined) return spanOfDay(Temporal.PlainDate.from(parts[1]!), timeZone)
  const moment = Date.parse(parts[0])
  return Number.isNaN(moment) ? null : { from: moment, to: moment }
}

/** The day that it is at `now` in the time zone. */
export function dayAt(now: number, timeZone: string): DateSpan {
  return spanOfDay(zoned(now, timeZone).toPlainDate(), timeZone)
}

/**
 * `now` moved by a span of time, back where `amount` is below zero. Hours are 60 minutes each; days, weeks and months go by the
 * calendar of the time zone: the clock shows the same time there, and a month before 31 March ends on the last of February.
 */
export function shiftTime(now: number, { amount, unit }: TimeSpan, timeZone: string): number {
  return zoned(now, timeZone).add({ [unit]: amount }).epochMilliseconds
}

function spanOfDay(day: Temporal.PlainDate, timeZone: string): DateSpan {
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds
  return { from: start(day), to: start(day.add({ days: 1 })) - 1 }
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
}
