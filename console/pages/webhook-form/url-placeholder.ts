/** A placeholder that is being typed: `{{ rec` before the cursor, without its end. */
export interface OpenPlaceholder {
  typed: string
  /** Where it begins, and where what belongs to it ends. */
  start: number
  end: number
}

export function openPlaceholder(text: string, cursor: number): OpenPlaceholder | null {
  const before = text.slice(0, cursor)
  const start = before.lastIndexOf('{{')
  if (start < 0 || before.slice(start).includes('}}')) return null
  const typed = before.slice(start + 2).trim()
  // Another one begins, or the rest of the URL: neither is a path.
  if (/[^\w.]/.test(typed)) return null
  const rest = /^[\w.]*\s*(?:\}\}?)?/.exec(text.slice(cursor))?.[0] ?? ''
  return { typed, start, end: cursor + (rest.includes('}') ? rest.length : 0) }
}
