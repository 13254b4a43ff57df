/**
 * When a webhook may send. On each of its days a window opens at `from` and closes at the next `to`, both by the clock of the
 * time zone: `22:00` to `06:00` lasts into the next morning, `24:00` is the day's end, and `09:00` to `09:00` a whole day.
 *
 * Where clocks are put forward, a time that is left out is the moment of the change. Where they are put back, a window opens
 * at the first and closes at the second of two equal times.
 */
import type { ActiveHours } from '../model/index.ts'

/** True where `ms` is within a window; its end is outside. The hours must have passed `checkActiveHours`. */
export function isOpen(hours: ActiveHours, ms: number): boolean {
  return opensAt(hours, ms) === ms
}

/**
 * The first moment from `ms` on at which it is open, in ms: `ms` itself where it is open then. The hours must have passed
 * `checkActiveHours`; hours that never open throw.
 */
export function opensAt(hours: ActiveHours, ms: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(hours.time_zone).toPlainDate()
  // Yesterday's window may still be open.
  for (let days = -1; days <= searchDaysMax; days++) {
    const day = today.add({ days })
    if (!hours.days.includes(day.dayOfWeek)) continue
    const { from, to } = windowOf(hours, day)
    if (from < to && ms < to) return Math.max(ms, from)
  }
  throw new Error(`Active hours were used unchecked: they never open (${JSON.stringify(hours)})`)
}

/** A window can fall into the hour that a change of clocks leaves out, or on a day that a country left out: then it is the next week's. */
const searchDaysMax = 21

/** The window that opens on a day, in ms; empty (`from` = `to`) where the clock never shows its times. */
function windowOf(hours: ActiveHours, day: Temporal.PlainDate): { from: number; to: number } {
  const { from, to, time_zone: timeZone } = hours
  const closes = to === '24:00' || to <= from ? day.add({ days: 1 }) : day
  return {
    from: momentOf(day, from, timeZone, 'earlier'),
    to: momentOf(closes, to === '24:00' ? '00:00' : to, timeZone, 'later'),
  }
}

function momentOf(
  day: Temporal.PlainDate,
  time: string,
  timeZone: string,
  ofTwo: 'earlier' | 'later',
): number {
  const shown = day.toPlainDateTime(time)
  const moment = shown.toZonedDateTime(timeZone, { disambiguation: ofTwo })
  if (moment.toPlainDateTime().equals(shown)) return moment.epochMilliseconds
  const beforeChange = shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return (beforeChange.getTimeZoneTransition('next') ?? moment).epochMilliseconds
}
