import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { isGroup } from '../model/index.ts'
import type { CrmEvent, Fields, FieldType, Rule, RuleGroup } from '../model/index.ts'
import { compileConditions } from './evaluate.ts'
import { exampleEvent } from './example-event.ts'
import type { Surroundings } from './surroundings.ts'

const eventOf = (current: Fields, previous: Fields = {}) => exampleEvent({ current, previous })
const typeOf = (path: string): FieldType => (/price|score/.test(path) ? 'number' : 'text')
const compile = (group: RuleGroup) => compileConditions(group, typeOf)
const group = (combinator: 'and' | 'or', ...rules: RuleGroup['rules']): RuleGroup => ({ combinator, rules })
const not = (negated: RuleGroup): RuleGroup => ({ ...negated, not: true })
const is = (field: string, value: string): Rule => ({ field: `current.${field}`, operator: '=', value })

const judge = (conditions: RuleGroup, event: CrmEvent) => compile(conditions).judge(event)
const failedPaths = (conditions: RuleGroup, event: CrmEvent) =>
  judge(conditions, event).failed.map((row) => row.path)

describe('judge', () => {
  const event = eventOf({ a: 'yes', b: 'no', price: 12000 })
  const [yes, no] = [is('a', 'yes'), is('b', 'yes')]

  it('says nothing more where all holds', () => {
    const conditions = compile(group('and', yes, group('or', no, yes), not(group('and', no))))
    expect(conditions.judge(event)).toEqual({ holds: true, failed: [] })
    expect(conditions.judge(event)).toBe(conditions.judge(event))
  })

  it('names what was asked and what was there', () => {
    const row: Rule = { field: 'current.price', operator: '>', value: 20000 }
    expect(judge(group('and', yes, group('and', yes, row)), event)).toEqual({
      holds: false,
      failed: [
        { path: 'rules[1].rules[1]', field: 'current.price', operator: '>', expected: 20000, seen: 12000 },
      ],
    })
    expect(judge(group('and', { field: 'current.email', operator: 'notNull' }), event).failed).toEqual([
      { path: 'rules[0]', field: 'current.email', operator: 'notNull', expected: null, seen: null },
    ])
  })

  it.each<[string, RuleGroup, string[]]>([
    ['and: those that do not hold', group('and', no, yes, no), ['rules[0]', 'rules[2]']],
    ['or: all', group('or', no, no), ['rules[0]', 'rules[1]']],
    ['not and: all of its rows', not(group('and', yes, yes)), ['rules[0]', 'rules[1]']],
    ['not or: the rows that hold', not(group('or', no, yes)), ['rules[1]']],
    ['and of groups', group('and', group('or', no, no), group('or', no, yes), no),
      ['rules[0].rules[0]', 'rules[0].rules[1]', 'rules[2]']],
    ['or of groups', group('or', group('and', yes, no), no), ['rules[0].rules[1]', 'rules[1]']],
    ['and with a negated group', group('and', yes, not(group('and', yes))), ['rules[1].rules[0]']],
    ['not of not', not(group('and', not(group('or', no, no)))), ['rules[0].rules[0]', 'rules[0].rules[1]']],
  ])('blames of %s', (_name, conditions, paths) => {
    expect(judge(conditions, event).holds).toBe(false)
    expect(failedPaths(conditions, event)).toEqual(paths)
  }) // prettier-ignore

  it('lets an empty group hold, wherever it stands', () => {
    for (const empty of [group('and'), group('or'), not(group('and'))]) {
      expect(judge(empty, event).holds).toBe(true)
      expect(judge(group('and', yes, empty), event).holds).toBe(true)
    }
  })

  it('keeps no more than 200 characters of what it saw and asked', () => {
    const text = 'x'.repeat(199) + '😀'.repeat(100)
    const tags = Array<string>(100).fill('a tag')
    const conditions = group('and', is('long', 'y'.repeat(300)), {
      field: 'current.tags',
      operator: '=',
      value: 'b',
    })
    const [long, list] = judge(conditions, eventOf({ long: text, tags })).failed
    expect(long!.seen).toBe('x'.repeat(199) + '…')
    expect(long!.expected).toBe('y'.repeat(199) + '…')
    expect(list!.seen).toMatch(/^\["a tag","a tag",.*…$/)
    expect(list!.seen).toHaveLength(200)
  })

  it('refuses to be compiled with an operator that does not exist', () => {
    expect(() => compile(group('and', { field: 'current.a', operator: '~' }))).toThrow(
      'no operator "~" (rules[0])',
    )
  })
})

describe('what a row sees', () => {
  const row = (field: string, operator: string, value?: string | number): RuleGroup =>
    group('and', value === undefined ? { field, operator } : { field, operator, value })
  const holds = (conditions: RuleGroup, current: Fields, previous?: Fields) =>
    judge(conditions, eventOf(current, previous)).holds

  it('is the value before the write where the write changed the field, else the one there is', () => {
    const changedTo = row('current.stage_id', 'changedTo', '16203337')
    expect(holds(changedTo, { stage_id: '16203337' }, { stage_id: '16203334' })).toBe(true)
    expect(holds(changedTo, { stage_id: '16203337' }, { owner_id: '7' })).toBe(false)
    expect(holds(changedTo, { stage_id: '16203337' }, { stage_id: null })).toBe(true)
    expect(holds(row('current.a', 'notChanged'), { a: '1' }, {})).toBe(true)
    expect(holds(row('current.a', 'becameSet'), { a: '1' }, {})).toBe(false)
    expect(holds(row('current.a', 'becameSet'), { a: '1' }, { a: null })).toBe(true)
  })

  it('has not changed where the caller names the same value before and after', () => {
    expect(holds(row('current.stage_id', 'changed'), { stage_id: '1' }, { stage_id: '1' })).toBe(false)
    expect(holds(row('current.stage_id', 'changed'), {}, { stage_id: null })).toBe(false)
  })

  it('was cleared where it is gone', () => {
    expect(holds(row('current.a', 'becameEmpty'), {}, { a: '1' })).toBe(true)
    expect(holds(row('current.a', 'becameEmpty'), { a: null }, { a: '1' })).toBe(true)
  })

  it('knows fields with dots in their names, and keys within a field', () => {
    const changed = row('current.utm.source', 'changed')
    const changedFrom = row('current.utm.source', 'changedFrom', 'ad')
    expect(holds(changedFrom, { 'utm.source': 'mail' }, { 'utm.source': 'ad' })).toBe(true)
    expect(holds(changedFrom, { utm: { source: 'mail' } }, { utm: { source: 'ad' } })).toBe(true)
    expect(
      holds(changed, { utm: { source: 'mail', term: 'b' } }, { utm: { source: 'mail', term: 'a' } }),
    ).toBe(false)
    expect(holds(changed, { 'utm.source': 'mail', utm: 'b' }, { utm: 'a' })).toBe(false)
    expect(holds(changed, { 'utm.source': 'mail' }, {})).toBe(false)
    expect(holds(row('current.utm.source', 'becameEmpty'), { utm: null }, { utm: { source: 'ad' } })).toBe(
      true,
    )
  })

  it('is only what the event itself holds', () => {
    for (const path of ['current.constructor', 'current.toString', 'nobody.name', 'event.nothing']) {
      expect(holds(row(path, 'null'), {})).toBe(true)
    }
    expect(holds(row('current.constructor', 'changed'), {})).toBe(false)
  })

  it('may stand beside the record', () => {
    for (const [field, value] of [
      ['event.type', 'lead.stage_changed'],
      ['record.id', '4831596'],
      ['data.old_stage_id', '16203334'],
      ['previous.name', 'Offer'],
      ['actor.kind', 'user'],
      ['contact.email', 'ana@acme.example'],
    ] as const) {
      expect(holds(row(field, '=', value), { name: 'Won' }, { name: 'Offer' })).toBe(true)
      expect(holds(row(field, '=', 'other'), { name: 'Won' }, { name: 'Offer' })).toBe(false)
    }
  })

  it('ignores capitals unless they matter', () => {
    const rule: Rule = { field: 'current.name', operator: '=', value: 'acme' }
    expect(holds(group('and', rule), { name: 'ACME' })).toBe(true)
    expect(holds(group('and', { ...rule, case_sensitive: true }), { name: 'ACME' })).toBe(false)
  })

  it('does not linger from one event to the next', () => {
    const conditions = compile(row('current.score', 'increased'))
    expect(conditions.judge(eventOf({ score: 2 }, { score: 1 })).holds).toBe(true)
    expect(conditions.judge(eventOf({ score: 2 })).holds).toBe(false)
    expect(conditions.judge(eventOf({})).holds).toBe(false)
  })
})

it('dates are read in the time zone of the account, at the moment when the event was accepted', () => {
  const holdsAt = (rule: Rule, closeDate: string) => {
    const surroundings: Surroundings = { timeZone: 'Europe/Warsaw', stagePosition: () => null }
    const event = { ...eventOf({ close_date: closeDate }), received_at: '2026-11-20T23:30:00.000Z' }
    const compiled = compileConditions(group('and', rule), () => 'date', surroundings)
    expect(compiled.judge(event).holds).toBe(compiled.holds(event))
    return compiled.holds(event)
  }
  const isToday: Rule = { field: 'current.close_date', operator: 'today' }
  expect(holdsAt(isToday, '2026-11-21')).toBe(true)
  expect(holdsAt(isToday, '2026-11-20')).toBe(false)
  const lastHour: Rule = { ...isToday, operator: 'withinLast', value: { amount: 1, unit: 'hours' } }
  expect(holdsAt(lastHour, '2026-11-20T22:30:00Z')).toBe(true)
  expect(holdsAt(lastHour, '2026-11-20T22:29:59Z')).toBe(false)
})

describe('trace', () => {
  it('shows every row, also those that need not be asked, with what was there before', () => {
    const conditions = group(
      'and',
      { field: 'current.price', operator: '>', value: 20000 },
      group('or', is('name', 'Won'), { field: 'current.tags', operator: 'null' }),
    )
    expect(compile(conditions).trace(eventOf({ price: 12000, name: 'Won' }, { name: null }))).toEqual({
      holds: false,
      rows: [
        { path: 'rules[0]', field: 'current.price', operator: '>', expected: 20000, seen: 12000, holds: false },
        { path: 'rules[1].rules[0]', field: 'current.name', operator: '=', expected: 'Won', seen: 'Won', previous: null, holds: true },
        { path: 'rules[1].rules[1]', field: 'current.tags', operator: 'null', expected: null, seen: null, holds: true },
      ],
    }) // prettier-ignore
  })
})

describe('for any conditions', () => {
  const rule = fc.record({ field: fc.constantFrom('current.a', 'current.b'), operator: fc.constantFrom('=', '!='), value: fc.constantFrom('yes', 'no') }) // prettier-ignore
  const anyGroup = fc.letrec<{ group: RuleGroup }>((tie) => ({
    group: fc.record(
      {
        combinator: fc.constantFrom('and', 'or'),
        not: fc.boolean(),
        rules: fc.array(fc.oneof({ depthSize: 'small' }, rule, tie('group')), { maxLength: 3 }),
      },
      { requiredKeys: ['combinator', 'rules'] },
    ),
  })).group
  const anyEvent = fc
    .record({ a: fc.constantFrom('yes', 'no'), b: fc.constantFrom('yes', 'no', null) })
    .map((current) => eventOf(current))

  /** The meaning of a group, as plainly as it can be said. */
  function plainly(entry: Rule | RuleGroup, event: CrmEvent): boolean {
    if (!isGroup(entry)) {
      return (
        (event.current[entry.field.slice('current.'.length)] === entry.value) === (entry.operator === '=')
      )
    }
    if (entry.rules.length === 0) return true
    const answers = entry.rules.map((inner) => plainly(inner, event))
    return (
      (entry.combinator === 'or' ? answers.some(Boolean) : answers.every(Boolean)) !== (entry.not ?? false)
    )
  }

  it('the fast way, the full trace and the plain meaning agree, and a failure has its rows in the trace', () => {
    fc.assert(
      fc.property(anyGroup, anyEvent, (conditions, event) => {
        const compiled = compile(conditions)
        const judgement = compiled.judge(event)
        const trace = compiled.trace(event)
        expect(judgement.holds).toBe(plainly(conditions, event))
        expect(trace.holds).toBe(judgement.holds)
        const shown = trace.rows.map(({ holds: _holds, ...row }) => row)
        for (const row of judgement.failed) expect(shown).toContainEqual(row)
        if (judgement.holds) expect(judgement.failed).toEqual([])
      }),
    )
  })
})
