import { expect, test } from 'vitest'
import type { AccountSchema, CrmEvent } from '../../model/index.ts'
import { makeMention, namesShowing } from './erased.ts'

const schema: AccountSchema = {
  kinds: [],
  event_types: [],
  pipelines: [],
  users: [],
  fields: [
    {
      kind: 'lead',
      name: 'partner_id',
      title: 'Partner',
      type: 'link',
      choices: null,
      links: 'contact',
      origin: 'declared',
    },
    {
      kind: 'lead',
      name: 'manager_id',
      title: 'Manager',
      type: 'user',
      choices: null,
      links: null,
      origin: 'declared',
    },
  ],
}

function showing(related: CrmEvent['related']): string[] {
  const event = { record: { kind: 'lead', id: '1' }, related } as CrmEvent
  return namesShowing(event, { kind: 'contact', id: '88' }, schema)
}

test('a record is found under its kind and under every link to it', () => {
  expect(showing({ contact: { id: '88', name: 'Ann' } })).toEqual(['contact'])
  expect(showing({ partner: { id: '88' } })).toEqual(['partner'])
  expect(showing({ contact: { id: '88' }, partner: { id: '88' } })).toEqual(['contact', 'partner'])
  expect(showing({ contact: { id: '880' } })).toEqual([])
})

test('another thing with the same id is left alone', () => {
  expect(showing({ company: { id: '88' }, stage: { id: '88' }, old_stage: { id: '88' } })).toEqual([])
  expect(showing({ manager: { id: '88' }, owner: { id: '88' }, old_owner: { id: '88' } })).toEqual([])
})

test('under a field that is not declared any more it is taken for the record', () => {
  expect(showing({ referee: { id: '88' } })).toEqual(['referee'])
})

test('a company is found where only the contact leads to it', () => {
  const event = {
    record: { kind: 'lead', id: '1' },
    related: { company: { id: '5' } },
  } as unknown as CrmEvent
  expect(namesShowing(event, { kind: 'company', id: '5' }, schema)).toEqual(['company'])
})

test.each([
  ['88', 'leads[add][0][id]=88&x=1', true],
  ['88', '{"contact":{"id":88}}', true],
  ['88', '{"id":"1880","price":880}', false],
  ['88', 'дело88', false],
  ['a b/c', '/in/x?id=a%20b%2Fc', true],
  ['a"b', '{"id":"a\\"b"}', true],
  ['88', 'payload=%7B%22id%22%3A%2288%22%7D', true],
  ['a.b', '{"id":"axb"}', false],
  ['Анна', 'имя=Анна', true],
])('%s in %s: %s', (id, text, found) => {
  expect(makeMention(id)(text)).toBe(found)
})
