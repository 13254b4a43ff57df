import { describe, expect, it } from 'vitest'
import type { CrmEvent, Fields, Json, Rule, RuleGroup } from '../model/index.ts'
import { compileConditions } from './evaluate.ts'
import { exampleEvent } from './example-event.ts'

const eventOf = (current: Fields, previous: Fields = {}) => exampleEvent({ current, previous })
const and = (rule: Rule): RuleGroup => ({ combinator: 'and', rules: [rule] })
const compile = (conditions: RuleGroup) =>
  compileConditions(conditions, (path) => (path === 'current.price' ? 'number' : 'text'))
const judge = (conditions: RuleGroup, event: CrmEvent) => compile(conditions).judge(event)

describe('a price with its currency beside it', () => {
  const asked = (operator: string, value?: Json): RuleGroup =>
    and(
      value === undefined
        ? { field: 'current.price', operator }
        : { field: 'current.price', operator, value },
    )
  const euro = (amount: number) => ({ amount, currency: 'EUR' })

  it('is a number to a row that asks for a number', () => {
    for (const currency of ['EUR', 'USD', null]) {
      expect(judge(asked('>', 10000), eventOf({ price: 12000, currency })).holds).toBe(true)
    }
  })

  it('is money to a row that asks for a currency', () => {
    expect(judge(asked('>', euro(10000)), eventOf({ price: 12000, currency: 'eur' })).holds).toBe(true)
    expect(judge(asked('>', euro(10000)), eventOf({ price: 9000, currency: 'EUR' })).holds).toBe(false)
    expect(judge(asked('>', euro(10000)), eventOf({ price: 12000 })).holds).toBe(false)
    expect(judge(asked('>', euro(10000)), eventOf({ currency: 'EUR' })).holds).toBe(false)
    expect(judge(asked('!=', euro(10000)), eventOf({ price: 10000, currency: 'USD' })).holds).toBe(true)
    expect(judge(asked('between', [euro(1), euro(9)]), eventOf({ price: 5, currency: 'EUR' })).holds).toBe(
      true,
    )
    expect(judge(asked('between', [euro(1), euro(9)]), eventOf({ price: 5, currency: 'PLN' })).holds).toBe(
      false,
    )
  })

  it('is shown as money to a reader of the reason', () => {
    const event = eventOf({ price: 12000, currency: 'USD' }, { price: 9000 })
    expect(compile(asked('>', euro(10000))).trace(event).rows).toEqual([
      {
        path: 'rules[0]',
        field: 'current.price',
        operator: '>',
        expected: euro(10000),
        seen: { amount: 12000, currency: 'USD' },
        previous: { amount: 9000, currency: 'USD' },
        holds: false,
      },
    ])
  })

  it('crosses a line only within one currency, and changes with its currency', () => {
    const reached = asked('crossedAbove', euro(100))
    expect(judge(reached, eventOf({ price: 150, currency: 'EUR' }, { price: 50 })).holds).toBe(true)
    expect(judge(reached, eventOf({ price: 150, currency: 'EUR' }, { name: 'Offer' })).holds).toBe(false)
    expect(judge(reached, eventOf({ price: 150, currency: 'USD' }, { price: 50 })).holds).toBe(false)
    const changedTo = asked('changedTo', euro(150))
    expect(judge(changedTo, eventOf({ price: 150, currency: 'EUR' }, { currency: 'USD' })).holds).toBe(true)
  })
})
