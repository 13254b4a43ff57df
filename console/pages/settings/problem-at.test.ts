import { describe, expect, test } from 'vitest'
import { ApiProblem } from '../../data/client.ts'
import { isShownAt, problemAt, refusalText, type SettingsWords } from './problem-at.ts'

/** Words of a language, as their keys. */
const wordsOf = (language: string) =>
  ((key: string) => (key.endsWith('language') ? language : key)) as unknown as SettingsWords
const en = wordsOf('en')
const pl = wordsOf('pl')

const message = 'This is not your present password.'
const refusal = new ApiProblem(
  422,
  'invalid',
  message,
  [{ path: 'password', code: 'wrong_password', message }],
  null,
)
const conflict = new ApiProblem(409, 'conflict', 'Webhooks name its events.', [], null)

describe('a mistake stands at its field', () => {
  test('in the words of the server for English readers, in ours for others', () => {
    expect(problemAt(refusal, 'password', en)).toBe(message)
    expect(problemAt(refusal, 'password', pl)).toBe('problem.wrong_password')
  })

  test('and at no other', () => {
    expect(problemAt(refusal, 'new_password', en)).toBeUndefined()
    expect(problemAt(conflict, 'password', en)).toBeUndefined()
    expect(problemAt(null, 'password', en)).toBeUndefined()
  })
})

test('a form says above its fields only what stands at none of them', () => {
  expect(isShownAt(refusal, ['password', 'new_password'])).toBe(true)
  expect(isShownAt(refusal, ['name'])).toBe(false)
  expect(isShownAt(conflict, ['name'])).toBe(false)
  expect(isShownAt(null, ['name'])).toBe(false)
})

test('a refusal without details is said in its own sentence', () => {
  expect(refusalText(conflict, pl)).toBe('Webhooks name its events.')
  expect(refusalText(refusal, pl)).toBe('problem.wrong_password')
})
