import { expect, test } from 'vitest'
import type { AccountField, CrmUser, Pipeline } from '../../model/index.ts'
import { indexNames } from '../../record-events/index.ts'
import { learnable } from './learnable.ts'

const field = (name: string): AccountField => ({
  kind: 'lead', name, title: name, type: 'text', choices: null, links: null, origin: 'discovered',
}) // prettier-ignore
const user = (id: string): CrmUser => ({ id, name: id, email: null, origin: 'discovered' })
const pipeline = (id: string, stages = 1): Pipeline => ({
  kind: 'lead',
  id,
  name: id,
  origin: 'discovered',
  stages: many(stages, (id) => ({ id, name: id, type: 'open', color: null, origin: 'discovered' })),
})
function many<T>(count: number, make: (id: string) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(String(index)))
}

const names = (fields: number, pipelines: number, users: number) =>
  indexNames({
    kinds: [],
    event_types: [],
    fields: many(fields, field),
    pipelines: many(pipelines, pipeline),
    users: many(users, user),
  })

test('names are learned while there is room', () => {
  const found = { fields: [field('new')], pipelines: [pipeline('new')], users: [user('new')] }
  expect(learnable(found, names(1999, 199, 4999))).toEqual(found)
  expect(learnable(found, names(2000, 200, 5000))).toEqual({ fields: [], pipelines: [], users: [] })
})

test('what is known can be known better where there is no more room', () => {
  const found = { fields: [field('0')], pipelines: [pipeline('0', 200)], users: [] }
  expect(learnable(found, names(2000, 200, 5000))).toEqual(found)
  expect(learnable({ ...found, pipelines: [pipeline('0', 201)] }, names(0, 1, 0)).pipelines).toEqual([])
})

test('a kind with many fields takes no room from another', () => {
  const found = { fields: [{ ...field('new'), kind: 'contact' }], pipelines: [], users: [] }
  expect(learnable(found, names(2000, 0, 0))).toEqual(found)
})
