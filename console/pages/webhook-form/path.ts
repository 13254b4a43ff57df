/** Places in a webhook's settings, in the server's own words: `request.headers[0].value`. */

type Key = string | number

/** `scope[0].stage_ids` → `['scope', 0, 'stage_ids']`. */
export function keysOf(path: string): Key[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([text, index]) =>
    index === undefined ? text : Number(index),
  )
}

/** What stands at the path; undefined where nothing does. */
export function valueAt(whole: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<Key, unknown>)[key]
        : undefined,
    whole,
  )
}

/** The same with another value at the path; what is not on the way there stays the very same objects. */
export function withValueAt<T>(whole: T, path: string, value: unknown): T {
  return replace(whole, keysOf(path), value) as T
}

function replace(whole: unknown, [key, ...rest]: Key[], value: unknown): unknown {
  if (key === undefined) return value
  if (typeof key === 'number') {
    const list: unknown[] = Array.isArray(whole) ? [...(whole as unknown[])] : []
    list[key] = replace(list[key], rest, value)
    return list
  }
  const object = (typeof whole === 'object' && whole !== null ? whole : {}) as Record<string, unknown>
  return { ...object, [key]: replace(object[key], rest, value) }
}

/** Whether `path` is `place` or inside it. */
export function isWithin(path: string, place: string): boolean {
  if (place === '' || path === place) return true
  return path.startsWith(place) && (path[place.length] === '.' || path[place.length] === '[')
}
