import { isWithin, valueAt } from './path.ts'

/** Mistakes that are also about other places than their own. */
const alsoAbout: Record<string, string[]> = {
  entering: ['scope', 'events'],
  fire: ['events', 'conditions'],
  'request.method': ['request.format'],
  'request.format': ['request.method', 'request.options', 'events'],
}

/** Whether what stood at a mistake's path, or what it depends on, is another now: what was said of it need no longer hold. */
export function mended(path: string, before: unknown, after: unknown): boolean {
  const places = [path, ...(alsoAbout[path] ?? [])]
  // What is said of a condition's field depends on the events.
  if (isWithin(path, 'conditions')) places.push('events')
  return places.some((place) => valueAt(before, place) !== valueAt(after, place))
}
