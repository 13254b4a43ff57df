import { describe, expect, test } from 'vitest'
import type { Pipeline, Stage } from '../../../data/pipelines.ts'
import { isUnnamed, named, waitingOf } from './waiting.ts'

const stage = (id: string, rest: Partial<Stage> = {}): Stage => ({
  id,
  name: id,
  type: 'open',
  color: null,
  origin: 'declared',
  ...rest,
})
const pipeline = (rest: Partial<Pipeline>): Pipeline => ({
  kind: 'lead',
  id: '1',
  name: 'Sales',
  origin: 'declared',
  stages: [],
  ...rest,
})

test.each([
  [stage('142', { origin: 'discovered' }), true],
  [stage('won', { origin: 'discovered' }), true],
  [stage('142'), true],
  [stage('won'), false],
  [stage('142', { name: 'Won' }), false],
])('whether a stage has a name: %o', (one, unnamed) => {
  expect(isUnnamed(one)).toBe(unnamed)
})

test('pipelines, stages, fields and users that wait are counted one by one', () => {
  const waiting = waitingOf(
    [
      pipeline({ stages: [stage('5'), stage('6', { name: 'Offer' })] }),
      pipeline({ id: '2', name: '2', origin: 'discovered', stages: [stage('7', { origin: 'discovered' })] }),
      pipeline({ id: '3', name: 'Service' }),
    ],
    [
      {
        kind: 'lead',
        name: 'UF_1',
        title: 'UF_1',
        type: 'text',
        choices: null,
        links: null,
        origin: 'discovered',
      },
      {
        kind: 'lead',
        name: 'region',
        title: 'Region',
        type: 'text',
        choices: null,
        links: null,
        origin: 'declared',
      },
    ],
    [{ id: '9', name: '9', email: null, origin: 'discovered' }],
  )
  expect(
    waiting.pipelines.map(({ pipeline: { id }, itself, stages }) => [id, itself, stages.length]),
  ).toEqual([
    ['1', false, 1],
    ['2', true, 1],
  ])
  expect(waiting.fields.map(({ name }) => name)).toEqual(['UF_1'])
  expect(waiting.count).toBe(5)
})

describe('naming', () => {
  const whole = pipeline({
    id: '2',
    name: '2',
    origin: 'discovered',
    stages: [stage('7', { origin: 'discovered' }), stage('8', { name: 'Offer', color: '#fff' })],
  })

  test('the pipeline leaves its unnamed stages without a name', () => {
    expect(named(whole, { stageId: null, name: 'Service' })).toEqual({
      kind: 'lead',
      id: '2',
      name: 'Service',
      stages: [
        { id: '7', type: 'open', color: null },
        { id: '8', name: 'Offer', type: 'open', color: '#fff' },
      ],
    })
  })

  test('a stage may be told what it means, and leaves the pipeline unnamed', () => {
    expect(named(whole, { stageId: '7', name: 'Won', type: 'won' })).toEqual({
      kind: 'lead',
      id: '2',
      stages: [
        { id: '7', name: 'Won', type: 'won', color: null },
        { id: '8', name: 'Offer', type: 'open', color: '#fff' },
      ],
    })
  })
})
