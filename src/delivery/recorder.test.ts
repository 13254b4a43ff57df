import { describe, expect, test } from 'vitest'
import type { AttemptRecord } from '../store/store.ts'
import { makeRecorder } from './recorder.ts'

function record(id: string): AttemptRecord {
  return {
    account_id: 'acc_1',
    webhook_id: 'whk_1',
    delivery_id: id,
    event_id: 'evt_1',
    event_type: 'lead.created',
    purpose: 'event',
    lease: 1,
    attempt: null,
    next: { state: 'delivered', reason: null },
    releases: null,
    lane_blocked_until: null,
  }
}

function recorderOn(recordAttempts: (records: AttemptRecord[]) => Promise<string[]>, gatherMs = 0) {
  const written: { ids: string[]; late: string[] }[] = []
  const failures: number[] = []
  const recorder = makeRecorder({
    record: recordAttempts,
    gatherMs,
    urgentMs: 0,
    batchMax: 3,
    retryMs: 0,
    onWritten: (records, late) =>
      written.push({ ids: records.map(({ delivery_id }) => delivery_id), late: [...late] }),
    onFailure: (_error, count) => failures.push(count),
  })
  return { recorder, written, failures }
}

describe('recorder', () => {
  test('writes in batches, in order, and says which were late', async () => {
    const { recorder, written } = recorderOn(async (records) =>
      records[0]!.delivery_id === 'a' ? ['b'] : [],
    )
    for (const id of ['a', 'b', 'c', 'd']) recorder.add(record(id))
    await recorder.flushed()
    expect(written).toEqual([
      { ids: ['a', 'b', 'c'], late: ['b'] },
      { ids: ['d'], late: [] },
    ])
  })

  test('a batch that the store refuses is written again, none lost', async () => {
    let refusals = 2
    const done = Promise.withResolvers<void>()
    const { recorder, written, failures } = recorderOn(async () => {
      if (refusals-- > 0) throw new Error('the database is away')
      done.resolve()
      return []
    })
    for (const id of ['a', 'b']) recorder.add(record(id))
    await done.promise
    await recorder.flushed()
    expect(failures).toEqual([2, 2])
    expect(written.flatMap(({ ids }) => ids)).toEqual(['a', 'b'])
  })

  test.each(['first', 'while others are gathered'])(
    'an outcome that others wait for is written soon: %s',
    async (when) => {
      const done = Promise.withResolvers<void>()
      const { recorder, written } = recorderOn(async () => {
        done.resolve()
        return []
      }, 3_600_000)
      if (when !== 'first') recorder.add(record('a'))
      recorder.add({ ...record('b'), releases: { kind: 'lead', id: '1' } })
      await done.promise
      await recorder.flushed()
      expect(written.flatMap(({ ids }) => ids)).toEqual(when === 'first' ? ['b'] : ['a', 'b'])
    },
  )
})
