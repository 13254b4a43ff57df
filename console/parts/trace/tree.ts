import { type Condition, isGroup } from '../../data/condition.ts'
import type { TraceRow } from '../../data/preview.ts'

/** A group of conditions with what became of it. */
export interface TraceGroup {
  path: string
  /** How its rows are joined: all, any; `notAll` and `notAny` where it is turned round. */
  joined: 'all' | 'any' | 'notAll' | 'notAny'
  holds: boolean
  entries: (TraceGroup | TraceRow)[]
}

export function isTraceGroup(entry: TraceGroup | TraceRow): entry is TraceGroup {
  return 'entries' in entry
}

/**
 * The rows of a trace in the groups of the conditions that were asked. Rows that the trace does not have are left out: the
 * conditions may have been changed since.
 */
export function traceTree(condition: Condition, rows: readonly TraceRow[], path = ''): TraceGroup {
  const entries = condition.rules.flatMap((rule, index): (TraceGroup | TraceRow)[] => {
    const at = `${path}${path && '.'}rules[${index}]`
    if (isGroup(rule)) return [traceTree(rule, rows, at)]
    const row = rows.find((one) => one.path === at)
    return row ? [row] : []
  })
  const or = condition.combinator === 'or'
  const not = condition.not === true
  const inside = or ? entries.some(({ holds }) => holds) : entries.every(({ holds }) => holds)
  const joined = or ? (not ? 'notAny' : 'any') : not ? 'notAll' : 'all'
  // An empty group asks nothing: it holds, turned round or not.
  return { path, joined, holds: entries.length === 0 || inside !== not, entries }
}
