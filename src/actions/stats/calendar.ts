/** Days as people in a time zone count them. */
export interface Calendar {
  /** `2026-11-20`. */
  dayOf(ms: number): string
  /** The days that lie in the span, also in part: each with its first moment and that of the next day, oldest first. */
  daysBetween(from: number, to: number): { date: string; start: number; end: number }[]
}

/** Every time zone's clock moves in steps of quarters of an hour, so days begin on one. */
const quarterMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000
const quartersKept = 20_000

export function makeCalendar(timeZone: string): Calendar {
  // The Swedish form is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const known = new Map<number, string>()

  function dayOf(ms: number): string {
    const quarter = Math.floor(ms / quarterMs)
    let day = known.get(quarter)
    if (day === undefined) {
      day = format.format(quarter * quarterMs)
      if (known.size >= quartersKept) known.clear()
      known.set(quarter, day)
    }
    return day
  }

  /** The first moment after `from`, and at most two days after it, that is in another day. */
  function nextDay(from: number): number {
    const day = dayOf(from)
    let low = Math.floor(from / quarterMs)
    let high = low + (2 * dayMs) / quarterMs
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (dayOf(middle * quarterMs) === day) low = middle
      else high = middle
    }
    return high * quarterMs
  }

  return {
    dayOf,
    daysBetween(from, to) {
      const days = []
      let start = nextDay(from - 2 * dayMs)
      // Behind the days before, of which one may have had 25 hours.
      while (nextDay(start) <= from) start = nextDay(start)
      while (start < to) {
        const end = nextDay(start)
        days.push({ date: dayOf(start), start, end })
        start = end
      }
      return days
    },
  }
}
