import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { stageCounts } from './pipelines.ts'
import { findCached, fits, knownTags, movedCounts, placeRecord, type RecordPages } from './record-lists.ts'
import type { CrmRecord, RecordFilter } from './record.ts'
import { recordList } from './records.ts'

const lead = (id: string, fields: CrmRecord['fields'] = {}): CrmRecord => ({
  kind: 'lead',
  id,
  state: 'present',
  fields: { pipeline_id: 'sales', stage_id: 'new', ...fields },
  sequence: 1,
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-20T09:00:00.000Z',
})

const pages = (...items: CrmRecord[]): RecordPages => ({
  pages: [{ items, next_cursor: null }],
  pageParams: [null],
})

describe('which lists a record fits', () => {
  test.each<[RecordFilter, boolean | null]>([
    [{}, true],
    [{ pipeline_id: 'sales', stage_id: 'new' }, true],
    [{ stage_id: 'won' }, false],
    [{ state: 'active' }, true],
    [{ state: 'archived' }, false],
    [{ owner_id: '7' }, false],
    [{ tag: 'vip' }, true],
    [{ tag: 'cold' }, false],
    [{ search: 'acme' }, null],
    [{ search: 'acme', stage_id: 'won' }, false],
  ])('%j: %s', (filter, expected) => {
    expect(fits(lead('1', { tags: ['vip'] }), filter)).toBe(expected)
  })

  test('a deleted one fits none', () => {
    expect(fits({ ...lead('1'), state: 'deleted' }, {})).toBe(false)
  })
})

describe('placing a record', () => {
  const column = (stage_id: string): RecordFilter => ({ pipeline_id: 'sales', stage_id, order: 'updated' })

  function board() {
    const client = new QueryClient()
    client.setQueryData(recordList('lead', column('new')).queryKey, pages(lead('1'), lead('2')))
    client.setQueryData(recordList('lead', column('won')).queryKey, pages(lead('3', { stage_id: 'won' })))
    client.setQueryData(stageCounts('lead', 'sales').queryKey, [
      { stage_id: 'new', records: 20 },
      { stage_id: 'won', records: 5 },
    ])
    const ids = (filter: RecordFilter) =>
      client
        .getQueryData(recordList('lead', filter).queryKey)
        ?.pages.flatMap(({ items }) => items.map(({ id }) => id))
    const counts = () =>
      client.getQueryData(stageCounts('lead', 'sales').queryKey)?.map(({ records }) => records)
    return { client, ids, counts }
  }

  test('moves it to the top of its new column, with the counts', () => {
    const { client, ids, counts } = board()
    expect(placeRecord(client, lead('2', { stage_id: 'won' }))).toEqual([])
    expect(ids(column('new'))).toEqual(['1'])
    expect(ids(column('won'))).toEqual(['2', '3'])
    expect(counts()).toEqual([19, 6])
  })

  test('keeps its place when it stays in the column', () => {
    const { client, ids, counts } = board()
    placeRecord(client, lead('2', { name: 'ACME' }))
    expect(ids(column('new'))).toEqual(['1', '2'])
    expect(findCached(client, { kind: 'lead', id: '2' })?.fields.name).toBe('ACME')
    expect(counts()).toEqual([20, 5])
  })

  test('takes an archived one away', () => {
    const { client, ids, counts } = board()
    const active = { ...column('new'), state: 'active' }
    client.setQueryData(recordList('lead', active).queryKey, pages(lead('1'), lead('2')))
    placeRecord(client, lead('2', { state: 'archived' }))
    expect(ids(active)).toEqual(['1'])
    expect(counts()).toEqual([19, 5])
  })

  test('asks for the counts where it is not known where the record stood', () => {
    const { client, ids, counts } = board()
    expect(placeRecord(client, lead('99', { stage_id: 'won' }))).toEqual([['pipelines', 'counts', 'lead']])
    expect(ids(column('won'))).toEqual(['99', '3'])
    expect(counts()).toEqual([20, 5])
  })

  test('asks for lists that search, and for those in another order that it came into', () => {
    const { client } = board()
    const searching = recordList('lead', { search: 'acme' }).queryKey
    const byId = recordList('lead', { order: 'id', stage_id: 'won' }).queryKey
    client.setQueryData(searching, pages())
    client.setQueryData(byId, pages())
    expect(placeRecord(client, lead('2', { stage_id: 'won' }))).toEqual([searching, byId])
  })
})

test('what stands on no stage is not counted away', () => {
  const counts = [
    { stage_id: 'new', records: 0 },
    { stage_id: null, records: 2 },
  ]
  expect(movedCounts(counts, 'new', null)).toEqual(counts)
})

test('tags are known from lists of the kind and from the records that are given, each once', () => {
  const client = new QueryClient()
  client.setQueryData(recordList('lead').queryKey, pages(lead('1', { tags: ['vip', 'cold'] }), lead('2')))
  client.setQueryData(recordList('contact').queryKey, pages(lead('3', { tags: ['press'] })))
  expect(knownTags(client, 'lead')).toEqual(['cold', 'vip'])
  expect(knownTags(client, 'lead', [lead('4', { tags: ['autumn', 'vip'] })])).toEqual([
    'autumn',
    'cold',
    'vip',
  ])
})
