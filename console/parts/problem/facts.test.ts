import { describe, expect, test } from 'vitest'
import { factsOf, type ProblemFacts } from './facts.ts'

describe('what a sentence of the server names', () => {
  test.each<[message: string, path: string, facts: ProblemFacts]>([
    [
      'There is no field "current.prise". Did you mean "current.price"?',
      '',
      { value: 'current.prise', meant: 'current.price' },
    ],
    ['This must be from 1 to 100.', 'delivery.slots', { min: '1', max: '100' }],
    ['This must be from 1 to 2592000, or null.', 'delivery.expires_s', { min: '1 секунда', max: '30 дней' }],
    ['This must be at least 20.', 'x', { min: '20' }],
    ['This may have at most 200 characters.', 'name', { max: '200', ofCharacters: true }],
    ['This must be one of: GET, POST.', 'method', { known: 'GET, POST' }],
    ['"stage" must be one of a, b.', 'stage', { value: 'stage', known: 'a, b' }],
    ['There is no kind "lad". There are: lead, customer.', '', { value: 'lad', known: 'lead, customer' }],
    [
      'There is no "x" to fill. Known: record.kind, fields.<name>, fields.* for all members.',
      'options.map[0].to',
      { value: 'x', known: 'record.kind, fields.<name>, fields.*' },
    ],
    ['There is another parameter "id". Remove one of them.', '', { value: 'id' }],
    [
      '"price" must be a number, or {"amount": a number, "currency": three letters}.',
      '',
      { value: 'price', expected: 'money' },
    ],
    ['This must be true or false.', '', { expected: 'boolean' }],
    ['record.id: Nothing was found, or no text and no number.', 'data[1]', { place: 'record.id' }],
    [
      'A parameter\'s name has only Latin letters. Write for example "lead_id".',
      '',
      { value: 'lead_id', example: 'lead_id' },
    ],
  ])('%s', (message, path, facts) => {
    expect(factsOf({ path, message }, 'ru')).toEqual(facts)
  })

  test('a list that is too long to be read is left out', () => {
    const names = Array.from({ length: 60 }, (_, index) => `name_${index}`).join(', ')
    expect(factsOf({ path: '', message: `There are: ${names}.` }, 'pl')).toEqual({})
  })
})
