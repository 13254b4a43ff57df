/** Conditions as the server keeps them, and the same as react-querybuilder edits them: there every row and group has an id. */
import type { RuleGroupType, RuleType } from 'react-querybuilder'
import { type Condition, isGroup, type Rule } from '../../../data/condition.ts'
import type { Json } from '../../../data/json.ts'

/** A row in the making: its field and operator may be '' yet. */
export type QueryRule = RuleType & { case_sensitive?: boolean }
export type Query = Omit<RuleGroupType, 'rules'> & { rules: (QueryRule | Query)[] }

let made = 0

/** Lives as long as the page: react-querybuilder keys its rows by it. */
export function newId(): string {
  made += 1
  return `row-${made}`
}

export function toQuery(condition: Condition): Query {
  return {
    id: newId(),
    combinator: condition.combinator,
    ...(condition.not === undefined ? {} : { not: condition.not }),
    rules: condition.rules.map((rule) => (isGroup(rule) ? toQuery(rule) : toQueryRule(rule))),
  }
}

/** react-querybuilder keeps what it does not know of a row, so that nothing is lost on the way. */
function toQueryRule(rule: Rule): QueryRule {
  return { ...rule, id: newId(), value: rule.value as unknown }
}

export function fromQuery({ combinator, not, rules }: Query): Condition {
  return {
    combinator: combinator === 'or' ? 'or' : 'and',
    ...(not === undefined ? {} : { not }),
    rules: rules.map((rule) => (isQuery(rule) ? fromQuery(rule) : fromQueryRule(rule))),
  }
}

export function fromQueryRule({ field, operator, value, case_sensitive }: QueryRule): Rule {
  return {
    field,
    operator,
    ...(value === undefined ? {} : { value: value as Json }),
    ...(case_sensitive === undefined ? {} : { case_sensitive }),
  }
}

export function isQuery(rule: QueryRule | Query): rule is Query {
  return 'rules' in rule
}

/** The same with another row or group at the path. */
export function withRuleAt(
  query: Query,
  [index, ...rest]: readonly number[],
  rule: QueryRule | Query,
): Query {
  if (index === undefined) return rule as Query
  return {
    ...query,
    rules: query.rules.map((entry, at) =>
      at === index ? (isQuery(entry) && rest.length > 0 ? withRuleAt(entry, rest, rule) : rule) : entry,
    ),
  }
}

/** How the rows of the group at the path are joined. */
export function combinatorAt(query: Query, [index, ...rest]: readonly number[]): string {
  const inner = index === undefined ? undefined : query.rules[index]
  return inner && isQuery(inner) ? combinatorAt(inner, rest) : query.combinator
}

/** Where the server says that a row stands: `conditions.rules[0].rules[2]`. */
export function serverPath(path: readonly number[]): string {
  return ['conditions', ...path.map((index) => `rules[${index}]`)].join('.')
}
