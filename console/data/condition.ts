import type { Json } from './json.ts'

/** One comparison: `current.price > 10000`. */
export interface Rule {
  field: string
  operator: string
  value?: Json
  case_sensitive?: boolean
}

/** Rows and groups, joined by and/or; the shape that react-querybuilder edits. */
export interface Condition {
  combinator: 'and' | 'or'
  not?: boolean
  rules: (Rule | Condition)[]
}

export function isGroup(rule: Rule | Condition): rule is Condition {
  return 'combinator' in rule
}
