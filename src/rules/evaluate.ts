/**
 * Conditions, compiled once per version of a webhook and asked for every event.
 *
 * Which rows are to blame when a group does not hold: of `and` those that do not hold; of `or` all of them; of a negated group
 * those that made its inside hold (all of an `and`, the ones that hold of an `or`). An empty group asks nothing and holds.
 */
import { isGroup } from '../model/index.ts'
import type { CrmEvent, FailedRule, FieldType, Json, Rule, RuleGroup } from '../model/index.ts'
import { seenCharactersMax } from './limits.ts'
import { compileLook } from './look.ts'
import type { Operator, Seen } from './operator.ts'
import { findOperator } from './operators/index.ts'
import { asksForCurrency, compilePricedLook, currencyPathOf } from './priced.ts'
import { shortenValue } from './shorten.ts'
import { compileStagePlace, pipelineChanged } from './stage-place.ts'
import { noSurroundings } from './surroundings.ts'
import type { Surroundings } from './surroundings.ts'

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
  /** The same without the reasons. */
  holds(event: CrmEvent): boolean
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

/** What every row of a webhook is compiled with. */
interface Scene {
  fieldTypeOf: (path: string) => FieldType
  surroundings: Surroundings
}

/**
 * `fieldTypeOf` types the field of each row (`current.price` → `money`). The conditions must have passed `checkConditions`;
 * an operator that does not exist throws. Without `surroundings` days are those of UTC and stages have no order.
 */
export function compileConditions(
  conditions: RuleGroup,
  fieldTypeOf: (path: string) => FieldType,
  surroundings: Surroundings = noSurroundings,
): CompiledConditions {
  const root = compileGroup(conditions, '', { fieldTypeOf, surroundings })
  return {
    judge(event) {
      if (root.holds(event)) return allHold
      const failed: FailedRule[] = []
      root.blame(event, failed)
      return { holds: false, failed }
    },
    holds: (event) => root.holds(event),
    trace(event) {
      const rows: TraceRow[] = []
      return { holds: root.trace(event, rows), rows }
    },
  }
}

function compileGroup(group: RuleGroup, path: string, scene: Scene): Node {
  const nodes = group.rules.map((entry, index): Node => {
    const entryPath = `${path}${path && '.'}rules[${index}]`
    return isGroup(entry) ? compileGroup(entry, entryPath, scene) : compileRule(entry, entryPath, scene)
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

function compileRule(rule: Rule, path: string, { fieldTypeOf, surroundings }: Scene): Node {
  const operator = operatorOf(rule, path)
  const fieldType = fieldTypeOf(rule.field)
  const currencyPath = asksForCurrency(rule.value) ? currencyPathOf(rule.field, fieldType) : null
  const look = currencyPath === null ? compileLook(rule.field) : compilePricedLook(rule.field, currencyPath)
  const placeStage = compileStagePlace(rule.field, surroundings)
  const expected = shortenValue(rule.value, seenCharactersMax)

  // Set only while the operator looks, lest every row keep the last event alive.
  let asked: CrmEvent | null = null
  // Filled again for every event, so that asking a row allocates nothing. What few operators ask for is worked out only then.
  const seen: Seen = {
    current: undefined,
    changed: false,
    previous: undefined,
    value: rule.value ?? null,
    type: currencyPath === null ? fieldType : 'money',
    caseSensitive: rule.case_sensitive === true,
    timeZone: surroundings.timeZone,
    get now() {
      return asked ? Date.parse(asked.received_at) : Number.NaN
    },
    stagePosition: (stageId) => (asked ? placeStage(asked, stageId) : null),
    get pipelineChanged() {
      return asked !== null && pipelineChanged(asked)
    },
  }
  function holds(event: CrmEvent): boolean {
    look(event, seen)
    asked = event
    const answer = operator.test(seen)
    asked = null
    return answer
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
