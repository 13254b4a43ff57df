import { expect, test } from 'vitest'
import type { KnownField } from '../../data/catalogue.ts'
import { ApiProblem } from '../../data/client.ts'
import { problemsOf, shownFields, withChange } from './record-draft.ts'

test('what is set back to what it was is no change', () => {
  const saved = { name: 'ACME', tags: ['vip'] }
  const changed = withChange({}, saved, { name: 'Acme', tags: [] })
  expect(changed).toEqual({ name: 'Acme', tags: [] })
  expect(withChange(changed, saved, { tags: ['vip'] })).toEqual({ name: 'Acme' })
  expect(withChange({}, saved, { price: null })).toEqual({})
})

test('problems stand at their fields; the others are told together', () => {
  const problem = new ApiProblem(
    422,
    'invalid',
    'The record was refused.',
    [
      { path: 'price', code: 'wrong_type', message: '"price" must be a number.' },
      { path: 'tags[2]', code: 'wrong_type', message: 'No.' },
      { path: 'stage', code: 'unknown_field', message: 'There is no such field.' },
    ],
    null,
  )
  const { byField, rest } = problemsOf(problem, ['price', 'tags', 'name'])
  expect(Object.fromEntries(byField)).toEqual({ price: '"price" must be a number.', tags: 'No.' })
  expect((rest as ApiProblem).errors.map(({ path }) => path)).toEqual(['stage'])
  const offline = new ApiProblem(0, 'offline', 'No answer.', [], null)
  expect(problemsOf(offline, ['price']).rest).toBe(offline)
  expect(problemsOf(null, ['price']).rest).toBeNull()
})

test('shows what the record brought beside what is known, and leaves the state to its own actions', () => {
  const field = (name: string): KnownField => ({
    name,
    title: name,
    type: 'text',
    choices: null,
    links: null,
    origin: 'built_in',
  })
  const shown = shownFields([field('name'), field('state')], {
    name: 'ACME',
    city: 'Łódź',
    visits: 3,
    address: {},
  })
  expect(shown.map(({ name, type, origin }) => [name, type, origin])).toEqual([
    ['name', 'text', 'built_in'],
    ['city', 'text', 'discovered'],
    ['visits', 'number', 'discovered'],
    ['address', 'json', 'discovered'],
  ])
})
