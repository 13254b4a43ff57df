import type { Condition, Rule } from '../../../data/condition.ts'
import { isGroup } from '../../../data/condition.ts'
import type { AskableFields } from './scene.ts'

/** What people ask most, in the order of how often; each is offered where the events have the field. */
const common: Rule[] = [
  { field: 'current.price', operator: '>' },
  { field: 'current.total', operator: '>' },
  { field: 'data.subject', operator: 'contains' },
  { field: 'data.url', operator: 'contains' },
  { field: 'data.duration_s', operator: '>=' },
  { field: 'data.tag', operator: '=' },
  { field: 'current.owner_id', operator: '=' },
  { field: 'current.tags', operator: 'hasAny', value: [] },
  { field: 'current.score', operator: 'crossedAbove' },
  { field: 'contact.email', operator: 'notNull' },
  { field: 'current.email', operator: 'notNull' },
  { field: 'event.bulk', operator: '=', value: false },
]

const offeredMax = 5

/** A few rows to start from; none that is asked already. */
export function suggestedRules(fields: AskableFields, condition: Condition): Rule[] {
  const asked = fieldsIn(condition)
  return common
    .filter(({ field: path, operator }) => {
      const field = fields.find(path)
      if (!field || asked.has(path)) return false
      return fields.operatorsFor(field).some(({ name }) => name === operator)
    })
    .slice(0, offeredMax)
}

/** The paths that conditions name. */
export function fieldsIn({ rules }: Condition): Set<string> {
  return new Set(rules.flatMap((rule) => (isGroup(rule) ? [...fieldsIn(rule)] : [rule.field])))
}
