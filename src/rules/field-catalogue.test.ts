import { describe, expect, it } from 'vitest'
import type { Json, Rule, RuleGroup } from '../model/index.ts'
import { checkConditions } from './check-conditions.ts'
import { compileConditions } from './evaluate.ts'
import { exampleEvent } from './example-event.ts'
import { fieldCatalogue } from './field-catalogue.ts'

const and = (rule: Rule): RuleGroup => ({ combinator: 'and', rules: [rule] })

describe('what every event has', () => {
  const event = exampleEvent({
    source: 'amocrm',
    bulk: true,
    actor: { kind: 'automation', id: 'bot' },
  })
  const catalogue = fieldCatalogue({ kinds: [], event_types: [], fields: [], pipelines: [], users: [] }, [
    'lead.updated',
  ])

  it.each<[string, Rule['operator'], Json, boolean]>([
    ['event.source', '=', 'amocrm', true],
    ['event.source', 'notIn', ['amocrm', 'import'], false],
    ['event.bulk', '=', true, true],
    ['event.bulk', '=', false, false],
    ['actor.kind', '=', 'automation', true],
    ['actor.kind', 'in', ['user', 'api'], false],
    ['actor.id', '!=', 'bot', false],
    ['actor.id', 'beginsWith', 'b', true],
  ])('can be asked for: %s %s %j holds: %s', (field, operator, value, expected) => {
    const conditions = and({ field, operator, value })
    expect(checkConditions(conditions, { fields: catalogue, canHavePrevious: false })).toEqual([])
    const compiled = compileConditions(conditions, (path) => catalogue.find(path)!.type)
    expect(compiled.judge(event).holds).toBe(expected)
    expect(compiled.holds(event)).toBe(expected)
  })

  it('has nobody where nobody did it', () => {
    const byNobody = compileConditions(and({ field: 'actor.id', operator: 'null' }), () => 'text')
    expect(byNobody.holds(exampleEvent({ actor: { kind: 'system', id: null } }))).toBe(true)
    expect(byNobody.holds(event)).toBe(false)
  })
})
