/**
 * How webhooks name event types: `lead.stage_changed`, every event of a kind (`lead.*`), one action of every kind
 * (`*.stage_changed`), or all (`*`). System events (`webhook.disabled`, `delivery.dead`) are meant only when they are named:
 * no pattern reaches them, or every webhook on `*` would be called about every other.
 */
import { nearestName } from '../crm/index.ts'
import type { ProblemDetail } from '../model/index.ts'
import { shortenText } from './shorten.ts'

/** The kinds of system events; no account can declare kinds of these names. */
export const systemKinds: readonly string[] = ['webhook', 'delivery']

export function isSystemType(type: string): boolean {
  return systemKinds.includes(type.slice(0, type.indexOf('.')))
}

/** All names and patterns that mean this event type; its own name comes first. */
export function patternsOf(type: string): string[] {
  if (isSystemType(type)) return [type]
  const dot = type.indexOf('.')
  return [type, `${type.slice(0, dot)}.*`, `*${type.slice(dot)}`, '*']
}

export function patternMatches(pattern: string, type: string): boolean {
  if (pattern === type) return true
  if (!pattern.includes('*') || isSystemType(type)) return false
  return patternsOf(type).includes(pattern)
}

/** The types that the patterns mean, each once, in the order of `allTypes`. */
export function resolvePatterns(patterns: readonly string[], allTypes: readonly string[]): string[] {
  const asked = new Set(patterns)
  return allTypes.filter((type) => patternsOf(type).some((pattern) => asked.has(pattern)))
}

/**
 * Problems of a webhook's `events`: a name or pattern that means no known type, code `unknown_event`, path `events[2]`.
 * `allTypes` are those of records and activities, `systemTypes` the ones that are matched only by name.
 */
export function checkPatterns(
  patterns: readonly string[],
  allTypes: readonly string[],
  systemTypes: readonly string[],
): ProblemDetail[] {
  const known = new Set([...allTypes.flatMap(patternsOf), ...systemTypes])
  return patterns.flatMap((pattern, index) => {
    if (known.has(pattern)) return []
    const path = `events[${index}]`
    const named = `"${shortenText(pattern, 100)}"`
    if (pattern.endsWith('.*') && isSystemType(pattern)) {
      const message = `System events are subscribed to one by one, not by ${named}: ${systemTypes.join(', ')}.`
      return [{ path, code: 'unknown_event', message }]
    }
    const suggestion = nearestName(pattern, known)
    const hint =
      suggestion === null ? 'GET /v1/catalogue lists those that there are.' : `Did you mean "${suggestion}"?`
    return [{ path, code: 'unknown_event', message: `No event is called ${named}. ${hint}` }]
  })
}
