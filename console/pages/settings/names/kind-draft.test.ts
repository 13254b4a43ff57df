import { expect, test } from 'vitest'
import { draftOf, inputOf } from './kind-draft.ts'

const kind = {
  name: 'subscription',
  title: 'Subscription',
  capabilities: ['lifecycle', 'owned'],
  fields: {
    plan: { title: 'Plan', type: 'choice' as const, choices: ['basic', 'pro'] },
    contact_id: { title: 'Contact', type: 'link' as const, links: 'contact' },
  },
}

test('what is not touched is sent as it was', () => {
  expect(inputOf(draftOf(kind))).toEqual(kind)
})

test('a new kind has a life cycle, and is called by its name until it has a title', () => {
  expect(inputOf({ ...draftOf(null), name: ' visit ' })).toEqual({
    name: 'visit',
    title: 'visit',
    capabilities: ['lifecycle'],
    fields: {},
  })
})

test('rows without a name are left out; those without a title are called by their name', () => {
  const row = {
    key: 'a',
    name: '',
    title: 'Nothing',
    shape: { type: 'text' as const, choices: [], links: null },
  }
  const draft = {
    ...draftOf(null),
    name: 'visit',
    fields: [row, { ...row, key: 'b', name: 'place', title: '' }],
  }
  expect(inputOf(draft).fields).toEqual({ place: { title: 'place', type: 'text' } })
})
