import { describe, expect, test } from 'vitest'
import type { ScopeEntry } from '../../data/webhooks.ts'
import { addPlace, readScope, togglePipeline, toggleStage, writeScope } from './scope.ts'

const kept: [string, ScopeEntry[]][] = [
  ['everywhere', []],
  ['stages of several pipelines', [{ pipeline_id: '1', stage_ids: ['a', 'b'] }, { pipeline_id: '2', stage_ids: ['c'] }]],
  ['a whole pipeline', [{ pipeline_id: '1' }]],
  ['periods alone', [{ period_ids: ['p'] }]],
  ['periods of every place', [{ pipeline_id: '1', stage_ids: ['a'], period_ids: ['p'] }, { pipeline_id: '2', period_ids: ['p'] }]],
  ['periods of one place only', [{ pipeline_id: '2' }, { pipeline_id: '1', stage_ids: ['a'], period_ids: ['p'] }]],
  ['stages without a pipeline', [{ stage_ids: ['a'] }]],
  ['stages without a pipeline, in periods', [{ pipeline_id: '1', period_ids: ['p'] }, { stage_ids: ['a'], period_ids: ['p'] }]],
  ['a pipeline, or a period', [{ pipeline_id: '1' }, { period_ids: ['p'] }]],
] // prettier-ignore

test.each(kept)('%s: reading and writing changes nothing', (_name, scope) => {
  expect(writeScope(readScope(scope))).toEqual(scope)
})

test('entries of one pipeline are joined', () => {
  const twice = [
    { pipeline_id: '1', stage_ids: ['a'] },
    { pipeline_id: '1', stage_ids: ['b', 'a'] },
  ]
  expect(writeScope(readScope(twice))).toEqual([{ pipeline_id: '1', stage_ids: ['a', 'b'] }])
  expect(writeScope(readScope([...twice, { pipeline_id: '1' }]))).toEqual([{ pipeline_id: '1' }])
})

describe('picking', () => {
  const nothing = readScope([])

  test('a stage goes in and out', () => {
    const one = toggleStage(nothing, '1', 'a')
    expect(writeScope(one)).toEqual([{ pipeline_id: '1', stage_ids: ['a'] }])
    const two = toggleStage(toggleStage(one, '1', 'b'), '2', 'c')
    expect(writeScope(two)).toEqual([
      { pipeline_id: '1', stage_ids: ['a', 'b'] },
      { pipeline_id: '2', stage_ids: ['c'] },
    ])
    expect(writeScope(toggleStage(one, '1', 'a'))).toEqual([])
  })

  test('a pipeline as a whole, and narrowed to a stage', () => {
    const whole = togglePipeline(toggleStage(nothing, '1', 'a'), '1')
    expect(writeScope(whole)).toEqual([{ pipeline_id: '1' }])
    expect(writeScope(toggleStage(whole, '1', 'b'))).toEqual([{ pipeline_id: '1', stage_ids: ['b'] }])
    expect(writeScope(togglePipeline(whole, '1'))).toEqual([])
  })

  test('ids that are typed come beside those that are in', () => {
    const one = addPlace(nothing, '1', ['a'])
    expect(writeScope(addPlace(one, '1', ['a', 'b']))).toEqual([{ pipeline_id: '1', stage_ids: ['a', 'b'] }])
    expect(writeScope(addPlace(one, '1', []))).toEqual([{ pipeline_id: '1' }])
  })

  test('what cannot be picked stays', () => {
    const other = [{ stage_ids: ['x'] }]
    expect(writeScope(toggleStage(readScope(other), '1', 'a'))).toEqual([
      { pipeline_id: '1', stage_ids: ['a'] },
      { stage_ids: ['x'] },
    ])
  })
})
