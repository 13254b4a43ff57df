import type { Json } from '../../model/index.ts'

/** A list field's entries as texts, each once. What is no list counts as empty; numbers are ids or tags like any other. */
export function membersOf(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return []
  return [...new Set(value.filter((entry) => entry !== null && typeof entry !== 'object').map(String))]
}

/** Who came and who went, each in the order of its own list; the order of the lists themselves means nothing. */
export function membersMoved(before: string[], after: string[]): { added: string[]; removed: string[] } {
  const old = new Set(before)
  const now = new Set(after)
  return {
    added: after.filter((entry) => !old.has(entry)),
    removed: before.filter((entry) => !now.has(entry)),
  }
}
