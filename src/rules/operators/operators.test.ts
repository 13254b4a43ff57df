import { describe, expect, it } from 'vitest'
import { fieldTypes, languages, sameJson } from '../../model/index.ts'
import type { FieldType, Json } from '../../model/index.ts'
import type { Operator, Seen } from '../operator.ts'
import { findOperator, operators } from './index.ts'

const noContext = {
  now: Date.parse('2026-11-20T12:00:00Z'),
  timeZone: 'UTC',
  stagePosition: () => null,
  pipelineChanged: false,
}

function seenOf(operator: Operator, example: Operator['examples'][number]): Seen {
  const previous = 'previous' in example ? example.previous : example.current
  const { now, stages = [] } = example
  return {
    current: example.current,
    previous,
    changed: !sameJson(example.current, previous),
    value: example.value ?? null,
    type: example.type ?? operator.accepts[0]!,
    caseSensitive: example.caseSensitive ?? false,
    now: now === undefined ? noContext.now : Date.parse(now),
    timeZone: example.timeZone ?? noContext.timeZone,
    stagePosition: (stageId) => (stages.includes(String(stageId)) ? stages.indexOf(String(stageId)) : null),
    pipelineChanged: example.pipelineChanged ?? false,
  }
}

/** A value that fits each type, twice where an order is asked for. */
const fitting: Partial<Record<FieldType, Json[]>> = {
  number: [1, 2],
  money: [1, 2],
  boolean: [true, false],
  date: ['2026-11-20', '2026-11-21'],
}
function fittingValue(operator: Operator, type: FieldType): Json | undefined {
  const [one, two] = fitting[type] ?? ['a', 'b']
  const span = { amount: 7, unit: 'days' }
  return { none: undefined, one, two: [one!, two!], many: [one!, two!], span }[operator.values]
}

describe.each(operators.map((operator) => [operator.name, operator] as const))('%s', (_name, operator) => {
  it.each(operator.examples)('$previous → $current asked for $value holds: $holds', (example) => {
    expect(operator.test(seenOf(operator, example))).toBe(example.holds)
  })

  it('has examples that hold, that do not, and one of a missing value', () => {
    expect(operator.examples.some((example) => example.holds)).toBe(true)
    expect(operator.examples.some((example) => !example.holds)).toBe(true)
    expect(
      operator.examples.some((example) => example.current === undefined || example.current === null),
    ).toBe(true)
  })

  it('has examples only of types that it accepts and values that it takes', () => {
    for (const { type = operator.accepts[0]!, value } of operator.examples) {
      expect(operator.accepts).toContain(type)
      expect(operator.check(value, type, null)).toBeNull()
    }
  })

  it('takes a fitting value of every type that it accepts, and refuses another shape', () => {
    for (const type of operator.accepts) {
      expect(operator.check(fittingValue(operator, type), type, null)).toBeNull()
      expect(operator.check({ strange: true }, type, null)).toMatch(/^(must|holds) /)
    }
  })

  it('is called something in every language', () => {
    for (const language of languages) expect(operator.title[language].trim()).not.toBe('')
  })

  it('says truly whether it holds for a missing value', () => {
    if (operator.transition) return expect(operator.holdsWhenMissing).toBeUndefined()
    for (const type of operator.accepts) {
      for (const current of [undefined, null]) {
        const value = fittingValue(operator, type) ?? null
        const place = { current, previous: current, changed: false }
        const seen = { ...noContext, ...place, value, type, caseSensitive: false }
        expect(operator.test(seen)).toBe(operator.holdsWhenMissing ?? false)
      }
    }
  })
})

describe('operators', () => {
  it('have names of their own', () => {
    expect(new Set(operators.map((operator) => operator.name)).size).toBe(operators.length)
    for (const operator of operators) expect(findOperator(operator.name)).toBe(operator)
    expect(findOperator('constructor')).toBeNull()
  })

  it('hold for a missing value only where they say that something is not there', () => {
    const names = operators.filter((operator) => operator.holdsWhenMissing).map((operator) => operator.name)
    expect(names.toSorted()).toEqual(['!=', 'doesNotContain', 'hasNone', 'notIn', 'null'])
  })

  const anyType = ['null', 'notNull', 'changed', 'notChanged', 'becameEmpty', 'becameSet']
  const ids = ['=', '!=', 'in', 'notIn', 'changedTo', 'changedFrom', ...anyType]
  const amounts = ['=', '!=', '<', '<=', '>', '>=', 'between', 'changedTo', 'changedFrom', 'increased', 'decreased', 'crossedAbove', 'crossedBelow', ...anyType] // prettier-ignore
  const lists = ['hasAny', 'hasAll', 'hasNone', ...anyType]
  const offered: Record<FieldType, string[]> = {
    text: [...ids, 'contains', 'doesNotContain', 'beginsWith', 'endsWith'],
    number: amounts,
    money: amounts,
    boolean: ['=', '!=', 'changedTo', 'changedFrom', ...anyType],
    date: ['before', 'after', 'between', 'today', 'withinLast', 'withinNext', ...anyType],
    choice: ids,
    tags: lists,
    list: lists,
    stage: [...ids, 'beforeStage', 'afterStage', 'movedForward', 'movedBackward'],
    pipeline: ids,
    period: ids,
    user: ids,
    link: ids,
    json: anyType,
  }
  it.each(fieldTypes)('offers a field of type %s what fits it', (type) => {
    const names = operators
      .filter((operator) => operator.accepts.includes(type))
      .map((operator) => operator.name)
    expect(names.toSorted()).toEqual(offered[type].toSorted())
  })
})
