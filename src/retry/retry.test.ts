import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOptions, languages } from '../model/index.ts'
import { findRetryPolicy, retryPolicies } from './index.ts'

describe.each(retryPolicies.map((policy) => [policy.name, policy] as const))('%s', (name, policy) => {
  test('is found by its name', () => {
    expect(findRetryPolicy(name)).toBe(policy)
  })

  test('speaks all languages', () => {
    const texts = [policy.title, policy.description, ...policy.options.map((option) => option.title)]
    for (const text of texts) for (const language of languages) expect(text[language].trim()).not.toBe('')
  })

  test('does what its examples say', () => {
    expect(policy.examples.length).toBeGreaterThan(0)
    for (const { next, ...input } of policy.examples) {
      expect(checkOptions(policy.options, input.options, '').errors).toEqual([])
      expect(policy.next(input)).toBe(next)
    }
  })
})

test('there is no policy of an unknown name', () => {
  expect(findRetryPolicy('forever')).toBeUndefined()
  expect(findRetryPolicy('constructor')).toBeUndefined()
})

const schedule = findRetryPolicy('schedule')!

test('with nothing set, the schedule is that of Standard Webhooks', () => {
  const { options } = checkOptions(schedule.options, {}, '')
  const minute = 60
  const hour = 60 * minute
  const expected = [
    5,
    5 * minute,
    30 * minute,
    2 * hour,
    5 * hour,
    10 * hour,
    14 * hour,
    20 * hour,
    24 * hour,
  ]
  expect(schedule.waitsS(options)).toEqual(expected)
})

test.each([
  [[], 'delivery.retry.waits_s too_few'],
  [Array.from({ length: 51 }, () => 1), 'delivery.retry.waits_s too_many'],
  [[0.009], 'delivery.retry.waits_s[0] out_of_range'],
  [[1, 604_801], 'delivery.retry.waits_s[1] out_of_range'],
  [['5'], 'delivery.retry.waits_s[0] wrong_type'],
  [5, 'delivery.retry.waits_s wrong_type'],
])('waits_s %j is refused', (waits, expected) => {
  const { errors } = checkOptions(schedule.options, { waits_s: waits }, 'delivery.retry')
  expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([expected])
})

test('a wait is never more than 20 % away from what was asked, and there are as many as were asked', () => {
  const waits = fc.array(fc.double({ min: 0.01, max: 604_800, noNaN: true }), { minLength: 1, maxLength: 50 })
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(waits, random, (waits_s, random) => {
      for (const [index, waitS] of waits_s.entries()) {
        const next = schedule.next({ attempts: index + 1, options: { waits_s }, random })!
        expect(Number.isInteger(next)).toBe(true)
        expect(Math.abs(next - waitS * 1000)).toBeLessThanOrEqual(waitS * 200 + 1)
      }
      expect(schedule.next({ attempts: waits_s.length + 1, options: { waits_s }, random })).toBeNull()
    }),
  )
})
