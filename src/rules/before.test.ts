import { describe, expect, it } from 'vitest'
import type { CrmEvent, Fields, Json, RuleGroup } from '../model/index.ts'
import { becomesTrue, eventBefore } from './before.ts'
import { compileConditions } from './evaluate.ts'
import { exampleEvent } from './example-event.ts'

const eventOf = (part: Partial<CrmEvent>) =>
  exampleEvent({ type: 'lead.updated', data: {}, related: {}, ...part })

const moved = eventOf({
  type: 'lead.stage_changed',
  current: { name: 'Deal', price: 12000, pipeline_id: '1', stage_id: 'won', owner_id: '9', contact_id: '88' },
  previous: { stage_id: 'offer', owner_id: '7', price: null },
  data: { old_pipeline_id: '1', pipeline_id: '1', old_stage_id: 'offer', stage_id: 'won' },
  related: {
    pipeline: { name: 'Sales' },
    old_pipeline: { name: 'Sales' },
    stage: { name: 'Won' },
    old_stage: { name: 'Offer' },
    owner: { name: 'Ana' },
    old_owner: { name: 'Jan' },
    contact: { email: 'ana@acme.example' },
    company: { name: 'ACME' },
  },
})

describe('eventBefore', () => {
  it('gives back what the write changed, and the names that go with it', () => {
    expect(eventBefore(moved)).toEqual({
      ...moved,
      current: {
        name: 'Deal',
        price: null,
        pipeline_id: '1',
        stage_id: 'offer',
        owner_id: '7',
        contact_id: '88',
      },
      previous: {},
      data: { old_pipeline_id: '1', pipeline_id: '1', old_stage_id: 'offer', stage_id: 'offer' },
      related: {
        pipeline: { name: 'Sales' },
        stage: { name: 'Offer' },
        owner: { name: 'Jan' },
        contact: { email: 'ana@acme.example' },
        company: { name: 'ACME' },
      },
    })
  })

  it('leaves the event itself as it is', () => {
    const text = JSON.stringify(moved)
    eventBefore(moved)
    expect(JSON.stringify(moved)).toBe(text)
  })

  it('knows nothing before a record was created', () => {
    expect(eventBefore(eventOf({ type: 'lead.created', current: { name: 'Deal' } }))).toBeNull()
  })

  it('has no owner where there was none', () => {
    const before = eventBefore(
      eventOf({
        current: { owner_id: '9' },
        previous: { owner_id: null },
        related: { owner: { name: 'Ana' } },
      }),
    )
    expect(before).toMatchObject({ current: { owner_id: null }, related: {} })
    expect(before!.related).toEqual({})
  })

  it('does not take the new contact, and the company that comes with it, for the old one', () => {
    const linked = (current: Fields) =>
      eventBefore(
        eventOf({
          current: { contact_id: '88', ...current },
          previous: { contact_id: '77' },
          related: { contact: { name: 'Ana' }, company: { name: 'ACME' } },
        }),
      )!.related
    expect(linked({})).toEqual({})
    expect(linked({ company_id: '5' })).toEqual({ company: { name: 'ACME' } })
  })

  it('tells in the data what the record had then', () => {
    const before = eventBefore(
      eventOf({
        current: { tags: ['vip', 'new'] },
        previous: { tags: ['new'] },
        data: { tag: 'vip', tags: ['vip', 'new'] },
      }),
    )
    expect(before!.data).toEqual({ tag: 'vip', tags: ['new'] })
  })
})

describe('becomesTrue', () => {
  const and = (field: string, operator: string, value?: Json): RuleGroup => ({
    combinator: 'and',
    rules: [value === undefined ? { field, operator } : { field, operator, value }],
  })
  const compile = (group: RuleGroup) =>
    compileConditions(group, (path) => (path === 'current.price' ? 'number' : 'text'))
  const expensive = compile(and('current.price', '>', 10000))
  const price = (now: number, then?: number | null) =>
    eventOf({ current: { price: now }, previous: then === undefined ? {} : { price: then } })

  it('is true where the conditions did not hold before', () => {
    expect(becomesTrue(expensive, price(12000, 9000), false)).toBe(true)
    expect(becomesTrue(expensive, price(12000, null), false)).toBe(true)
  })

  it('is false where they held before, or nothing that they ask of changed', () => {
    expect(becomesTrue(expensive, price(12000, 11000), false)).toBe(false)
    expect(becomesTrue(expensive, price(12000), false)).toBe(false)
  })

  it('is true for a record that was created so, and false for an activity', () => {
    const created = eventOf({ type: 'lead.created', current: { price: 12000 } })
    expect(becomesTrue(expensive, created, false)).toBe(true)
    expect(becomesTrue(compile({ combinator: 'and', rules: [] }), created, false)).toBe(true)
    const mail = eventOf({ type: 'lead.email_received', current: { price: 12000 }, previous: { price: 1 } })
    expect(becomesTrue(expensive, mail, true)).toBe(false)
  })

  it('is false where nothing is asked', () => {
    expect(becomesTrue(compile({ combinator: 'and', rules: [] }), price(12000, 9000), false)).toBe(false)
  })

  it('is true for names and data of a stage that was reached', () => {
    expect(becomesTrue(compile(and('stage.name', '=', 'Won')), moved, false)).toBe(true)
    expect(becomesTrue(compile(and('data.stage_id', '=', 'won')), moved, false)).toBe(true)
    expect(becomesTrue(compile(and('pipeline.name', '=', 'Sales')), moved, false)).toBe(false)
  })

  it('is true for every transition: before, nothing had changed', () => {
    expect(becomesTrue(compile(and('current.stage_id', 'changedTo', 'won')), moved, false)).toBe(true)
    expect(becomesTrue(compile(and('current.stage_id', 'changed')), moved, false)).toBe(true)
  })
})
