/** A moment as the clocks of a time zone show it, and back. */

export interface WallClock {
  /** `2026-11-20` */
  day: string
  /** `09:30` */
  time: string
}

const parts = new Map<string, Intl.DateTimeFormat>()

function clockOf(ms: number, timeZone: string): WallClock {
  let format = parts.get(timeZone)
  if (!format) {
    // Sweden writes dates as ISO does.
    format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone })
    parts.set(timeZone, format)
  }
  const [day = '', time = ''] = format.format(ms).split(' ')
  return { day, time }
}

export function wallClock(moment: string, timeZone: string): WallClock {
  return clockOf(Date.parse(moment), timeZone)
}

/** The moment at which the clocks show this, as ISO in UTC. Where they were put forward over it, the moment after. */
export function momentOf({ day, time }: WallClock, timeZone: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const offsetAt = (ms: number) => {
    const shown = clockOf(ms, timeZone)
    return Date.parse(`${shown.day}T${shown.time}:00Z`) - Math.floor(ms / 60_000) * 60_000
  }
  // The offset is looked up near the moment, then at it: a change of clocks may lie between.
  const near = asUtc - offsetAt(asUtc)
  return new Date(asUtc - offsetAt(near)).toISOString().replace('.000Z', 'Z')
}
