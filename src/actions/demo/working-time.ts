import { makeCalendar } from '../stats/calendar.ts'
import type { Random } from './random.ts'

/** When people work: mornings and afternoons of weekdays, a little in the evening and on Saturdays. */
export interface WorkingTime {
  /** A moment between the two at which somebody works; any moment where nobody does. */
  between(from: number, to: number): number
  /** A moment of the n-th weekday before today (1 is the last one), in ms after its midnight. */
  weekday(back: number, ms: number): number
}

export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

/** How much happens in each hour from 7 to 20. */
const hours = [1, 4, 9, 11, 10, 5, 6, 10, 10, 8, 4, 2, 1, 1]
const firstHour = 7
const momentsPerDay = { weekday: 240, saturday: 24, sunday: 8 }

export function makeWorkingTime(
  { from, now, timeZone }: { from: number; now: number; timeZone: string },
  random: Random,
): WorkingTime {
  const days = makeCalendar(timeZone)
    .daysBetween(from, now)
    .map(({ date, start }) => ({ start, weekday: new Date(date).getUTCDay() }))
  const byHour = hours.flatMap((weight, index) => Array.from({ length: weight }, () => firstHour + index))
  const moments = days
    .flatMap(({ start, weekday }) => {
      const length = weekday === 0 ? momentsPerDay.sunday : weekday === 6 ? momentsPerDay.saturday : momentsPerDay.weekday // prettier-ignore
      return Array.from({ length }, () => start + Math.floor((random.pick(byHour) + random.next()) * hourMs))
    })
    .sort((a, b) => a - b)
  const past = days.slice(0, -1).filter(({ weekday }) => weekday !== 0 && weekday !== 6)

  return {
    between(first, last) {
      const some = moments.filter((moment) => moment >= first && moment <= last)
      return some.length > 0 ? random.pick(some) : Math.floor(first + random.next() * (last - first))
    },
    weekday: (back, ms) => past[past.length - back]!.start + ms,
  }
}
