import type { KnownField } from '../../data/catalogue.ts'
import { ApiProblem } from '../../data/client.ts'
import type { Json, JsonObject } from '../../data/json.ts'

/** What was changed and is not saved yet, by field; what is set back to what it was is no change. */
export function withChange(draft: JsonObject, saved: JsonObject, changes: JsonObject): JsonObject {
  const next = { ...draft }
  for (const [name, value] of Object.entries(changes)) {
    if (same(saved[name] ?? null, value)) delete next[name]
    else next[name] = value
  }
  return next
}

function same(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** The problems of a refused write that belong to these fields, and those that belong nowhere. */
export function problemsOf(
  problem: Error | null,
  fields: string[],
): { byField: Map<string, string>; rest: Error | null } {
  const byField = new Map<string, string>()
  if (!(problem instanceof ApiProblem) || problem.errors.length === 0) return { byField, rest: problem }
  const rest = problem.errors.filter(({ path, message }) => {
    // `tags[3]` stands at `tags`.
    const name = fields.find(
      (field) => path === field || path.startsWith(`${field}[`) || path.startsWith(`${field}.`),
    )
    if (name !== undefined && !byField.has(name)) byField.set(name, message)
    return name === undefined
  })
  const { status, code, message, retryAfterS } = problem
  return {
    byField,
    rest: rest.length === 0 ? null : new ApiProblem(status, code, message, rest, retryAfterS),
  }
}

/** Said by the record's own actions, not by a control among the fields. */
const saidElsewhere = new Set(['state', 'state_reason'])

/** The fields to show: those of the kind, then those that only this record has. */
export function shownFields(known: KnownField[], values: JsonObject): KnownField[] {
  const named = new Set(known.map(({ name }) => name))
  const brought = Object.entries(values)
    .filter(([name]) => !named.has(name))
    .map(([name, value]): KnownField => ({
      name,
      title: name,
      type: typeOf(value),
      choices: null,
      links: null,
      origin: 'discovered',
    }))
  return [...known, ...brought].filter(({ name }) => !saidElsewhere.has(name))
}

function typeOf(value: Json): KnownField['type'] {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'object' && value !== null ? 'json' : 'text'
}
