import { expect, test } from 'vitest'
import { shapeInput, shapeOf } from './field-shape.ts'

test('choices and links stay while another type is tried, and are sent with their own type only', () => {
  const shape = { ...shapeOf({ type: 'choice', choices: ['north'] }), links: 'contact' }
  expect(shapeInput(shape)).toEqual({ type: 'choice', choices: ['north'] })
  expect(shapeInput({ ...shape, type: 'link' })).toEqual({ type: 'link', links: 'contact' })
  expect(shapeInput({ ...shape, type: 'text' })).toEqual({ type: 'text' })
})

test('a link that names no kind yet is sent without one, so that the server says what is missing', () => {
  expect(shapeInput({ type: 'link', choices: [], links: null })).toEqual({ type: 'link' })
})
