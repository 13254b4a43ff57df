import { expect, it } from 'vitest'
import type { Pipeline } from '../model/index.ts'
import { surroundingsOf } from './surroundings.ts'

function pipeline(kind: string, id: string, ...stageIds: string[]): Pipeline {
  const stages = stageIds.map((stageId) => ({
    id: stageId,
    name: stageId,
    type: 'open' as const,
    color: null,
    origin: 'declared' as const,
  }))
  return { kind, id, name: id, origin: 'declared', stages }
}

it('places stages in the order of their own pipeline', () => {
  const pipelines = [
    pipeline('lead', '1', 'new', 'offer', 'won'),
    pipeline('lead', '2', 'won', 'new'),
    pipeline('customer', '1', 'offer'),
  ]
  const { timeZone, stagePosition } = surroundingsOf({ time_zone: 'Europe/Warsaw' }, { pipelines })
  expect(timeZone).toBe('Europe/Warsaw')
  expect(['new', 'offer', 'won'].map((stage) => stagePosition('lead', '1', stage))).toEqual([0, 1, 2])
  expect(stagePosition('lead', '2', 'new')).toBe(1)
  expect(stagePosition('customer', '1', 'offer')).toBe(0)
  for (const [kind, id, stage] of [
    ['lead', '1', 'archive'],
    ['lead', '3', 'new'],
    ['quote', '1', 'new'],
    ['customer', '1', 'new'],
  ] as const) {
    expect(stagePosition(kind, id, stage)).toBeNull()
  }
})
