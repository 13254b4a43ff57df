import { describe, expect, test } from 'vitest'
import { ApiProblem } from '../../data/client.ts'
import { isShownAt, problemAt } from './problem-at.ts'

/** English: what the server says is shown. */
const t = () => 'en'

const message = 'This is not your present password.'
const refusal = new ApiProblem(
  422,
  'invalid',
  message,
  [{ path: 'password', code: 'wrong_password', message }],
  null,
)
const conflict = new ApiProblem(409, 'conflict', 'Webhooks name its events.', [], null)

describe('a mistake', () => {
  test('stands at its field', () => {
    expect(problemAt(refusal, 'password', t)).toBe(message)
  })

  test('and at no other', () => {
    expect(problemAt(refusal, 'new_password', t)).toBeUndefined()
    expect(problemAt(conflict, 'password', t)).toBeUndefined()
    expect(problemAt(null, 'password', t)).toBeUndefined()
  })
})

test('a form says above its fields only what stands at none of them', () => {
  expect(isShownAt(refusal, ['password', 'new_password'])).toBe(true)
  expect(isShownAt(refusal, ['name'])).toBe(false)
  expect(isShownAt(conflict, ['name'])).toBe(false)
  expect(isShownAt(null, ['name'])).toBe(false)
})
