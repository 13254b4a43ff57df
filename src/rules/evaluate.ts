/**
 * Conditions, compiled once per version of a webhook and asked for every event.
 *
 * Which rows are to blame when a group does not hold: of `and` those that do not hold; of `or` all of them; of a negated group
 * those that made its inside hold (all of an `and`, the ones that hold of an `or`). An empty group asks nothing and holds.
 */
import { compilePath, isGroup, sameJson } from '../model/index.ts'
import type { CrmEvent, FailedRule, FieldType, Fields, Json, Rule, RuleGroup } from '../model/index.ts'
import { seenCharactersMax } from './limits.ts'
import type { Operator, Seen } from './operator.ts'
import { findOperator } from './operators/index.ts'
import { shortenValue } from './shorten.ts'

/** One row as a preview shows it. `expected`, `seen` and `previous` are cut to `seenCharactersMax` where they are long. */
export interface TraceRow extends FailedRule {
  /** The value before the write; absent where the write did not change the field. */
  previous?: Json
  /** Whether this very row holds, whatever its group makes of it. */
  holds: boolean
}

/** All rows, in their order, with what each saw. */
export interface Trace {
  holds: boolean
  rows: TraceRow[]
}

/** Whether an event may pass and, if not, the rows that kept it back. */
export interface Judgement {
  holds: boolean
  failed: FailedRule[]
}

export interface CompiledConditions {
  /** For the hot path: stops at the first row that decides, and allocates nothing of its own where all holds. */
  judge(event: CrmEvent): Judgement
  /** For preview and test: every row is asked. */
  trace(event: CrmEvent): Trace
}

/** A row or a group, ready to be asked. */
interface Node {
  holds(event: CrmEvent): boolean
  /** Adds the rows because of which `holds` answered as it did. */
  blame(event: CrmEvent, failed: FailedRule[]): void
  trace(event: CrmEvent, rows: TraceRow[]): boolean
}

/** One for all events, so that nothing is allocated; frozen, so that nobody adds to it. */
const allHold: Judgement = Object.freeze({
  holds: true,
  failed: Object.freeze([]) as unknown as FailedRule[],
})

/**
 * `fieldTypeOf` types the field of each row (`current.price` → `money`). The conditions must have passed `checkConditions`;
 * an operator that does not exist throws.
 */
export function compileConditions(
  conditions: RuleGroup,
  fieldTypeOf: (path: string) => FieldType,
): CompiledConditions {
  const root = compileGroup(conditions, '', fieldTypeOf)
  return {
    judge(event) {
      if (root.holds(event)) return allHold
      const failed: FailedRule[] = []
      root.blame(event, failed)
      return { holds: false, failed }
    },
    trace(event) {
      const rows: TraceRow[] = []
      return { holds: root.trace(event, rows), rows }
    },
  }
}

function compileGroup(group: RuleGroup, path: string, fieldTypeOf: (path: string) => FieldType): Node {
  const nodes = group.rules.map((entry, index): Node => {
    const entryPath = `${path}${path && '.'}rules[${index}]`
    return isGroup(entry)
      ? compileGroup(entry, entryPath, fieldTypeOf)
      : compileRule(entry, entryPath, fieldTypeOf(entry.field))
  })
  if (nodes.length === 0) return { holds: () => true, blame: () => {}, trace: () => true }
  const isOr = group.combinator === 'or'
  const negated = group.not === true

  /** `or` is decided by the first that holds, `and` by the first that does not. */
  function insideHolds(event: CrmEvent): boolean {
    for (const node of nodes) if (node.holds(event) === isOr) return isOr
    return !isOr
  }
  return {
    holds: (event) => insideHolds(event) !== negated,
    blame(event, failed) {
      const decided = insideHolds(event)
      for (const node of nodes) if (node.holds(event) === decided) node.blame(event, failed)
    },
    trace(event, rows) {
      const answers = nodes.map((node) => node.trace(event, rows))
      return (isOr ? answers.includes(true) : !answers.includes(false)) !== negated
    },
  }
}

function compileRule(rule: Rule, path: string, type: FieldType): Node {
  const operator = operatorOf(rule, path)
  const look = compileLook(rule.field)
  const expected = shortenValue(rule.value, seenCharactersMax)
  // Filled again for every event, so that asking a row allocates nothing.
  const seen: Seen = {
    current: undefined,
    changed: false,
    previous: undefined,
    value: rule.value ?? null,
    type,
    caseSensitive: rule.case_sensitive === true,
  }
  function holds(event: CrmEvent): boolean {
    look(event, seen)
    return operator.test(seen)
  }
  /** What `seen` holds after `holds`, or after `look`. */
  const describe = (): FailedRule => ({
    path,
    field: rule.field,
    operator: rule.operator,
    expected,
    seen: shortenValue(seen.current, seenCharactersMax),
  })
  return {
    holds,
    blame(event, failed) {
      look(event, seen)
      failed.push(describe())
    },
    trace(event, rows) {
      const answer = holds(event)
      const row: TraceRow = { ...describe(), holds: answer }
      if (seen.changed) row.previous = shortenValue(seen.previous, seenCharactersMax)
      rows.push(row)
      return answer
    },
  }
}

function operatorOf(rule: Rule, path: string): Operator {
  const operator = findOperator(rule.operator)
  if (!operator)
    throw new Error(`Conditions were compiled unchecked: no operator "${rule.operator}" (${path})`)
  return operator
}

/** Fills in what a row sees of an event. */
type Look = (event: CrmEvent, seen: Seen) => void

const currentRoot = 'current.'

function compileLook(path: string): Look {
  if (!path.startsWith(currentRoot)) {
    const read = compilePath(path)
    return (event, seen) => {
      seen.current = seen.previous = read(event)
    }
  }
  const name = path.slice(currentRoot.length)
  return name.includes('.') ? compileDeepLook(name) : compileFieldLook(name)
}

/** A field by its name, which nearly all rows ask for: straight, without the general reader. */
function compileFieldLook(name: string): Look {
  return (event, seen) => {
    seen.current = Object.hasOwn(event.current, name) ? event.current[name] : undefined
    fillPrevious(seen, Object.hasOwn(event.previous, name), event.previous[name])
  }
}

/** `utm.source` is a field of that name, or a key within the field `utm`; `previous` knows changes by the field's name. */
function compileDeepLook(name: string): Look {
  const readCurrent = compilePath(`current.${name}`)
  const readPrevious = compilePath(`previous.${name}`)
  const field = name.slice(0, name.indexOf('.'))
  const touched = (current: Fields, previous: Fields) =>
    Object.hasOwn(previous, name) || (Object.hasOwn(previous, field) && !Object.hasOwn(current, name))
  return (event, seen) => {
    seen.current = readCurrent(event)
    fillPrevious(seen, touched(event.current, event.previous), readPrevious(event))
  }
}

/** Systems that send their own events name fields in `previous` that kept their value, too: those have not changed. */
function fillPrevious(seen: Seen, touched: boolean, previous: Json | undefined): void {
  seen.changed = touched && !sameJson(seen.current, previous)
  seen.previous = seen.changed ? previous : seen.current
}
