/** Whether conditions can be kept: everything wrong with them, each with its path and what to do. */
import { nearestName } from '../crm/index.ts'
import type { FieldType, Json, ProblemDetail } from '../model/index.ts'
import { conditionRowsMax, conditionsDepthMax } from './limits.ts'
import type { Operator } from './operator.ts'
import { findOperator, operators } from './operators/index.ts'
import { asksForCurrency, currencyPathOf } from './priced.ts'
import { shortenText } from './shorten.ts'

/** The fields that the webhook's events have, by their path (`current.price`, `contact.email`). */
export interface ConditionFields {
  find(path: string): { type: FieldType; choices: readonly string[] | null } | null
  /** The existing path that a mistyped one most likely means. */
  nearest(path: string): string | null
}

export interface ConditionsContext {
  fields: ConditionFields
  /** False where none of the subscribed events changes fields, so that transitions could never hold. */
  canHavePrevious: boolean
}

const groupKeys = ['combinator', 'not', 'rules']
const ruleKeys = ['field', 'operator', 'value', 'case_sensitive']

/**
 * All problems of what a caller sent as `conditions`; [] where it is a RuleGroup that can be compiled. Paths begin with
 * `conditions`. Codes: `bad_shape` `unknown_key` `unknown_field` `unknown_operator` `operator_not_accepted`
 * `transition_not_possible` `bad_value` `too_deep` `too_many_rows`.
 */
export function checkConditions(conditions: unknown, context: ConditionsContext): ProblemDetail[] {
  const problems: ProblemDetail[] = []
  const counted = { rows: 0, groups: 0 }
  checkGroup(conditions, 'conditions', 1)
  return problems

  function add(path: string, code: string, message: string): void {
    problems.push({ path, code, message })
  }

  function checkGroup(group: unknown, path: string, depth: number): void {
    if (!isObject(group)) {
      return add(path, 'bad_shape', 'Write a group: {"combinator": "and" or "or", "rules": [...]}.')
    }
    if (depth > conditionsDepthMax) {
      return add(
        path,
        'too_deep',
        `Groups may stand in groups at most ${conditionsDepthMax} deep: flatten them.`,
      )
    }
    checkKeys(group, groupKeys, 'group', path)
    if (group.combinator !== 'and' && group.combinator !== 'or') {
      add(`${path}.combinator`, 'bad_shape', 'The combinator must be "and" or "or".')
    }
    if (group.not !== undefined && typeof group.not !== 'boolean') {
      add(`${path}.not`, 'bad_shape', '"not" must be true or false.')
    }
    if (!Array.isArray(group.rules)) {
      return add(
        `${path}.rules`,
        'bad_shape',
        'The rules must be a list of rules and groups; it may be empty.',
      )
    }
    for (const [index, entry] of group.rules.entries()) {
      const entryPath = `${path}.rules[${index}]`
      const entryIsGroup = isObject(entry) && ('combinator' in entry || 'rules' in entry)
      const count = entryIsGroup ? ++counted.groups : ++counted.rows
      if (count > conditionRowsMax) {
        // Only once, and the rest is not looked at: a list of a million rows is answered as fast as one of 201.
        if (count === conditionRowsMax + 1) {
          const what = entryIsGroup ? 'groups' : 'rows'
          add(
            entryPath,
            'too_many_rows',
            `Conditions may have at most ${conditionRowsMax} ${what}: split the webhook in two.`,
          )
        }
        return
      }
      if (entryIsGroup) checkGroup(entry, entryPath, depth + 1)
      else checkRule(entry, entryPath)
    }
  }

  function checkRule(rule: unknown, path: string): void {
    if (!isObject(rule)) {
      return add(path, 'bad_shape', 'Write a rule: {"field": ..., "operator": ..., "value": ...}.')
    }
    checkKeys(rule, ruleKeys, 'rule', path)
    if (rule.case_sensitive !== undefined && typeof rule.case_sensitive !== 'boolean') {
      add(`${path}.case_sensitive`, 'bad_shape', '"case_sensitive" must be true or false.')
    }
    const field = checkField(rule.field, `${path}.field`)
    const operator = checkOperator(rule.operator, field, `${path}.operator`)
    if (!operator) return
    if (operator.transition && !checkTransition(operator, rule.field, `${path}.operator`)) return
    if (!field) return
    if (!operator.accepts.includes(field.type)) {
      return add(
        `${path}.operator`,
        'operator_not_accepted',
        `"${operator.name}" cannot be asked of ${quote(rule.field)}, a field of type ${field.type}. ${offer(field.type)}`,
      )
    }
    const type = asksForMoney(rule, field.type) ? 'money' : field.type
    const wrong = operator.check(rule.value as Json | undefined, type, field.choices)
    if (wrong !== null) add(`${path}.value`, 'bad_value', `The value of "${operator.name}" ${wrong}.`)
  }

  /** True where the row names a currency and the price that it asks of has one beside it. */
  function asksForMoney(rule: Record<string, unknown>, type: FieldType): boolean {
    const currencyPath = asksForCurrency(rule.value) ? currencyPathOf(String(rule.field), type) : null
    return currencyPath !== null && context.fields.find(currencyPath) !== null
  }

  function checkField(field: unknown, path: string): ReturnType<ConditionFields['find']> {
    if (typeof field !== 'string' || field === '') {
      add(path, 'bad_shape', 'Name a field by its path, such as "current.price".')
      return null
    }
    const found = context.fields.find(field)
    if (found) return found
    const suggestion = context.fields.nearest(field)
    const hint =
      suggestion === null ? 'GET /v1/fields lists those that there are.' : `Did you mean "${suggestion}"?`
    add(path, 'unknown_field', `There is no field ${quote(field)}. ${hint}`)
    return null
  }

  function checkOperator(
    name: unknown,
    field: ReturnType<ConditionFields['find']>,
    path: string,
  ): Operator | null {
    if (typeof name !== 'string' || name === '') {
      add(path, 'bad_shape', `Name an operator, such as "=". ${field ? offer(field.type) : ''}`.trimEnd())
      return null
    }
    const found = findOperator(name)
    if (found) return found
    const suggestion = nearestName(
      name,
      operators.map((operator) => operator.name),
    )
    const hint =
      suggestion !== null
        ? `Did you mean "${suggestion}"?`
        : field
          ? offer(field.type)
          : 'GET /v1/catalogue lists them.'
    add(path, 'unknown_operator', `There is no operator ${quote(name)}. ${hint}`)
    return null
  }

  function checkTransition(operator: Operator, field: unknown, path: string): boolean {
    const code = 'transition_not_possible'
    if (typeof field === 'string' && !field.startsWith('current.')) {
      add(
        path,
        code,
        `"${operator.name}" compares a field before and after the change, which only fields of the record itself have: use one under "current.".`,
      )
      return false
    }
    if (!context.canHavePrevious) {
      add(
        path,
        code,
        `"${operator.name}" compares a field before and after the change, but none of the webhook's events changes fields: subscribe to one that does (such as updated or stage_changed), or use another operator.`,
      )
      return false
    }
    return true
  }

  function checkKeys(value: object, known: readonly string[], what: string, path: string): void {
    const unknown = Object.keys(value).find((key) => !known.includes(key))
    if (unknown === undefined) return
    const suggestion = nearestName(unknown, known)
    const hint = suggestion === null ? `It may have: ${known.join(', ')}.` : `Did you mean "${suggestion}"?`
    add(`${path}.${shortenText(unknown, 100)}`, 'unknown_key', `A ${what} has no ${quote(unknown)}. ${hint}`)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a field of this type can be asked, as a sentence. */
function offer(type: FieldType): string {
  const names = operators
    .filter((operator) => operator.accepts.includes(type))
    .map((operator) => operator.name)
  return `It accepts ${names.join(', ')}.`
}

function quote(text: unknown): string {
  return `"${shortenText(String(text), 100)}"`
}
