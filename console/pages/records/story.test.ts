import { expect, test } from 'vitest'
import type { KnownField } from '../../data/catalogue.ts'
import type { Delivery } from '../../data/deliveries.ts'
import type { CrmEvent } from '../../data/events.ts'
import { changesOf, chaptersOf, deliveriesOf } from './story.ts'

const event = (id: string, write: string, more: Partial<CrmEvent> = {}): CrmEvent => ({
  id,
  type: 'lead.updated',
  account_id: 'acc_1',
  external_id: null,
  occurred_at: '2026-11-20T09:00:00.000Z',
  received_at: '2026-11-20T09:00:00.000Z',
  sequence: 1,
  record: { kind: 'lead', id: '1' },
  current: {},
  previous: {},
  data: {},
  related: {},
  actor: { kind: 'api', id: null },
  source: 'api',
  bulk: false,
  correlation_id: write,
  caused_by: null,
  ...more,
})

test('events of one write stand together, in their order, the newest write first', () => {
  const chapters = chaptersOf([event('e4', 'w2'), event('e3', 'w1'), event('e2', 'w1'), event('e1', 'w0')])
  expect(chapters.map(({ events }) => events.map(({ id }) => id))).toEqual([['e4'], ['e2', 'e3'], ['e1']])
})

test('says what a write changed, with the pipeline that old and new stage belong to', () => {
  const stage = { name: 'stage_id', title: 'Stage', type: 'stage', links: null } as KnownField
  const [chapter] = chaptersOf([
    event('e1', 'w1', {
      current: { pipeline_id: 'b', stage_id: 'won', city: 'Łódź' },
      previous: { pipeline_id: 'a', stage_id: 'new', city: null },
    }),
  ])
  expect(changesOf(chapter!, [stage])).toEqual([
    {
      field: { name: 'pipeline_id', title: 'pipeline_id', type: 'text', links: null },
      before: 'a',
      after: 'b',
      pipelineBefore: 'a',
      pipelineAfter: 'b',
    },
    { field: stage, before: 'new', after: 'won', pipelineBefore: 'a', pipelineAfter: 'b' },
    {
      field: { name: 'city', title: 'city', type: 'text', links: null },
      before: null,
      after: 'Łódź',
      pipelineBefore: 'a',
      pipelineAfter: 'b',
    },
  ])
})

test('finds the deliveries of all its events, the first one first', () => {
  const delivery = (id: string, event_id: string, created_at: string) =>
    ({ id, event_id, created_at }) as Delivery
  const [chapter] = chaptersOf([event('e2', 'w1'), event('e1', 'w1')])
  const found = deliveriesOf(chapter!, [
    delivery('d3', 'e2', '2026-11-20T09:00:02.000Z'),
    delivery('d2', 'e9', '2026-11-20T09:00:01.000Z'),
    delivery('d1', 'e1', '2026-11-20T09:00:01.000Z'),
  ])
  expect(found.map(({ id }) => id)).toEqual(['d1', 'd3'])
})
