import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)
dayjs.extend(timezone)

/** `2026-11-20T09:00:00.000Z` → `2026-11-20T10:00`, as a clock in the zone shows it; '' for what is no moment. */
export function wallTimeOf(moment: string, timeZone: string): string {
  const at = dayjs(moment)
  return moment !== '' && at.isValid() ? at.tz(timeZone).format('YYYY-MM-DDTHH:mm') : ''
}

/** The other way round; null for ''. */
export function momentOf(wallTime: string, timeZone: string): string | null {
  return wallTime === '' ? null : dayjs.tz(wallTime, timeZone).toISOString()
}
