import type { Json } from './json.ts'

/** One comparison: `current.price > 10000`. The JSON shape is react-querybuilder's. */
export interface Rule {
  field: string
  operator: string
  value?: Json
  /** Text comparisons ignore case unless this is true. */
  case_sensitive?: boolean
}

export interface RuleGroup {
  combinator: 'and' | 'or'
  not?: boolean
  rules: (Rule | RuleGroup)[]
}

export function isGroup(rule: Rule | RuleGroup): rule is RuleGroup {
  return 'combinator' in rule
}
