import { invalid, type Problem } from '../model/index.ts'

/** A time in ms as answers write it: ISO 8601, UTC, with milliseconds. */
export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}

const form = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?$/
// Years that the text form of a Date and the ids' 48 bits can hold.
const latestMs = Date.UTC(9999, 11, 31)

/** Reads a caller's time to ms. A date alone means its first moment in UTC. Throws a Problem `invalid` with the path. */
export function readTime(text: string | undefined, path: string): number | undefined {
  if (text === undefined) return undefined
  const ms = form.test(text) ? Date.parse(text) : Number.NaN
  if (ms >= 0 && ms <= latestMs) return ms
  throw badTime(path)
}

function badTime(path: string): Problem {
  const message = `"${path}" must be a time such as 2026-11-20T09:00:00Z.`
  return invalid([{ path, code: 'bad_time', message }])
}
