import { describe, expect, it } from 'vitest'
import type { CrmEvent, Rule, RuleGroup } from '../model/index.ts'
import { compileConditions } from './evaluate.ts'
import { exampleEvent } from './example-event.ts'
import type { Surroundings } from './surroundings.ts'

const and = (rule: Rule): RuleGroup => ({ combinator: 'and', rules: [rule] })

describe('the order of stages', () => {
  const order: Record<string, string[]> = {
    'lead 1': ['new', 'offer', 'won'],
    'lead 2': ['won', 'offer', 'new'],
    'customer 1': ['won', 'new'],
  }
  const surroundings: Surroundings = {
    timeZone: 'UTC',
    stagePosition(kind, pipelineId, stageId) {
      const position = order[`${kind} ${pipelineId}`]?.indexOf(stageId) ?? -1
      return position < 0 ? null : position
    },
  }
  function holdsFor(rule: Rule, part: Partial<CrmEvent>): boolean {
    return compileConditions(and(rule), () => 'stage', surroundings).holds(
      exampleEvent({ data: {}, ...part }),
    )
  }
  const beforeOffer = (field: string): Rule => ({ field, operator: 'beforeStage', value: 'offer' })
  const forward: Rule = { field: 'current.stage_id', operator: 'movedForward' }

  it('stages are in the order of the pipeline that the record is in', () => {
    const row = beforeOffer('current.stage_id')
    expect(holdsFor(row, { current: { pipeline_id: '1', stage_id: 'new' } })).toBe(true)
    expect(holdsFor(row, { current: { pipeline_id: '2', stage_id: 'new' } })).toBe(false)
    expect(holdsFor(row, { current: { pipeline_id: 2, stage_id: 'won' } })).toBe(true)
    expect(holdsFor(row, { current: { pipeline_id: '3', stage_id: 'new' } })).toBe(false)
    expect(holdsFor(row, { current: { stage_id: 'new' } })).toBe(false)
    expect(holdsFor(row, { current: { stage_id: 'new' }, data: { pipeline_id: '1' } })).toBe(true)
  })

  it('old stages are in the order of the pipeline that the record was in', () => {
    const current = { pipeline_id: '2', stage_id: 'won' }
    const previous = { pipeline_id: '1', stage_id: 'new' }
    expect(holdsFor(beforeOffer('previous.stage_id'), { current, previous })).toBe(true)
    expect(holdsFor(beforeOffer('previous.stage_id'), { current, previous: { stage_id: 'new' } })).toBe(false)
    const data = { old_pipeline_id: '1', old_stage_id: 'new', pipeline_id: '2', stage_id: 'new' }
    expect(holdsFor(beforeOffer('data.old_stage_id'), { current, data })).toBe(true)
    expect(holdsFor(beforeOffer('data.stage_id'), { current, data })).toBe(false)
  })

  it('stages of a linked record are in the order of its own pipeline', () => {
    const row: Rule = { field: 'customer.stage_id', operator: 'afterStage', value: 'won' }
    const current = { pipeline_id: '1', stage_id: 'new' }
    const customer = { pipeline_id: '1', stage_id: 'new' }
    expect(holdsFor(row, { current, related: { customer } })).toBe(true)
    expect(holdsFor(row, { current, related: { customer: { ...customer, pipeline_id: '2' } } })).toBe(false)
    expect(holdsFor(row, { current })).toBe(false)
  })

  it('moves are forward or backward only within one pipeline', () => {
    const current = { pipeline_id: '1', stage_id: 'won' }
    expect(holdsFor(forward, { current, previous: { stage_id: 'new' } })).toBe(true)
    expect(holdsFor(forward, { current, previous: { stage_id: 'new', pipeline_id: '1' } })).toBe(true)
    expect(holdsFor(forward, { current, previous: { stage_id: 'new', pipeline_id: '2' } })).toBe(false)
    expect(holdsFor(forward, { current, previous: { stage_id: 'new', pipeline_id: null } })).toBe(false)
    expect(
      holdsFor(forward, { current, previous: { stage_id: 'new' }, data: { old_pipeline_id: '2' } }),
    ).toBe(false)
    expect(holdsFor(forward, { current })).toBe(false)
    const backward: Rule = { ...forward, operator: 'movedBackward' }
    expect(
      holdsFor(backward, { current: { ...current, stage_id: 'new' }, previous: { stage_id: 'won' } }),
    ).toBe(true)
    expect(holdsFor(backward, { current, previous: { stage_id: 'new' } })).toBe(false)
  })

  it('is not known where nothing is known of the account', () => {
    const event = exampleEvent({
      current: { pipeline_id: '1', stage_id: 'won' },
      previous: { stage_id: 'new' },
      data: {},
    })
    expect(compileConditions(and(forward), () => 'stage').holds(event)).toBe(false)
  })
})
