/** Spans of time as people say them: `300` seconds are 5 minutes. */

export const durationUnits = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const
export type DurationUnit = keyof typeof durationUnits

/** The largest unit of which the span is a whole number: 90 s stay seconds, 7200 s are 2 hours. */
export function unitOf(seconds: number): DurationUnit {
  const units: DurationUnit[] = ['day', 'hour', 'minute']
  return (
    units.find((unit) => seconds >= durationUnits[unit] && seconds % durationUnits[unit] === 0) ?? 'second'
  )
}

/** "5 minutes", "1 day 12 hours", "30 days"; at most two units, rounded to the smaller one. */
export function formatDuration(
  seconds: number,
  language: string,
  display: 'long' | 'short' = 'long',
): string {
  const order: DurationUnit[] = ['day', 'hour', 'minute', 'second']
  const first = order.findIndex((unit) => seconds >= durationUnits[unit])
  if (first < 0 || first === order.length - 1) return number(seconds, 'second', language, display)
  const [large, small] = [order[first]!, order[first + 1]!]
  const smalls = Math.round(seconds / durationUnits[small])
  const perLarge = durationUnits[large] / durationUnits[small]
  const [whole, rest] = [Math.floor(smalls / perLarge), smalls % perLarge]
  const said = number(whole, large, language, display)
  return rest === 0 ? said : `${said} ${number(rest, small, language, display)}`
}

function number(value: number, unit: DurationUnit, language: string, unitDisplay: 'long' | 'short'): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: 2,
  }).format(value)
}

/** What the unit is called beside this number: "minutes", «минуты». */
export function unitName(unit: DurationUnit, count: number, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  const name = format.formatToParts(count).find(({ type }) => type === 'unit')
  return name?.value.trim() ?? unit
}
