import { nearestName } from '../crm/index.ts'
import type { ProblemDetail } from '../model/index.ts'
import { shortenText } from './shorten.ts'

const keys = ['days', 'from', 'to', 'time_zone', 'outside']
const clockTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/**
 * All problems of what a caller sent as `active_hours`; [] where it is an `ActiveHours`, or null for no such hours. Paths begin
 * with `active_hours`. Codes: `wrong_type` `unknown_key` `bad_days` `bad_time` `unknown_time_zone` `not_a_choice`.
 */
export function checkActiveHours(hours: unknown): ProblemDetail[] {
  if (hours === null) return []
  if (typeof hours !== 'object' || hours === undefined || Array.isArray(hours)) {
    const message =
      'Write the hours as {"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "18:00", "time_zone": "Europe/Warsaw", "outside": "hold"}, or null.'
    return [{ path: 'active_hours', code: 'wrong_type', message }]
  }
  const { days, from, to, time_zone: timeZone, outside } = hours as Record<string, unknown>
  const problems: ProblemDetail[] = []
  const check = (fits: boolean, key: string, code: string, message: string) => {
    if (!fits) problems.push({ path: `active_hours.${key}`, code, message })
  }

  const unknown = Object.keys(hours).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    const named = shortenText(unknown, 100)
    const near = nearestName(unknown, keys)
    const hint = near === null ? `Known here: ${keys.join(', ')}.` : `Did you mean "${near}"?`
    check(false, named, 'unknown_key', `There is no "${named}" here. ${hint}`)
  }
  check(
    areDays(days),
    'days',
    'bad_days',
    'Name the days on which it opens as numbers from 1 (Monday) to 7 (Sunday), each once.',
  )
  check(isClockTime(from), 'from', 'bad_time', 'Write the time of opening as HH:MM, from 00:00 to 23:59.')
  check(
    isClockTime(to) || to === '24:00',
    'to',
    'bad_time',
    'Write the time of closing as HH:MM, from 00:00 to 24:00; one that is not after "from" is on the next day.',
  )
  check(
    isTimeZone(timeZone),
    'time_zone',
    'unknown_time_zone',
    'Name a time zone such as "Europe/Warsaw" or "UTC".',
  )
  check(
    outside === 'hold' || outside === 'skip',
    'outside',
    'not_a_choice',
    'Write "hold" to send when it opens next, or "skip" not to send at all.',
  )
  return problems
}

function areDays(days: unknown): boolean {
  if (!Array.isArray(days) || days.length === 0 || days.length > 7) return false
  return (
    new Set(days).size === days.length && days.every((day) => [1, 2, 3, 4, 5, 6, 7].includes(day as number))
  )
}

function isClockTime(time: unknown): boolean {
  return typeof time === 'string' && clockTime.test(time)
}

/** An offset such as `+01:00` is none: it knows nothing of summer time. */
function isTimeZone(timeZone: unknown): boolean {
  if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
