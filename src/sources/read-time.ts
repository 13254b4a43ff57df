import type { Json } from '../model/index.ts'

/** Below this a count since 1970 is in seconds, from here on in milliseconds. */
const secondsEnd = 1e11

const isoForm = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)? ?(?:Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * The time that a system wrote, as ISO 8601 in UTC with milliseconds; null where it is none. Reads seconds and milliseconds
 * since 1970 as a number or as text, and ISO text; without a zone it is UTC. 0 and less is what systems write for "never".
 */
export function readTime(value: Json | undefined): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = String(value).trim()
  if (/^\d{1,14}(?:\.\d+)?$/.test(text)) {
    const count = Number(text)
    return count > 0 ? isoOf(count < secondsEnd ? count * 1000 : count) : null
  }
  if (!isoForm.test(text)) return null
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) || text.length === 10
  return isoOf(Date.parse(`${text.replace(' ', 'T').replace(' ', '')}${zoned ? '' : 'Z'}`))
}

function isoOf(ms: number): string | null {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  // Years outside 0000–9999 are written with a sign.
  return /^\d{4}-/.test(text) ? text : null
}
