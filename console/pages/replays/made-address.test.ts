import { expect, test } from 'vitest'
import type { Replay } from '../../data/replays.ts'
import { readHistoryFilter } from '../history/history-filter.ts'
import { madeAddress } from './made-address.ts'

const replay: Replay = {
  id: 'rpl_1',
  state: 'done',
  webhook_id: 'whk_1',
  of: 'missed',
  filter: null,
  mode: 'render',
  pace_per_s: null,
  total: 3,
  done: 3,
  created: 3,
  skipped: 0,
  made_by: 'token tok_1',
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-20T09:00:02.500Z',
}
const filterOf = (address: string) => readHistoryFilter(new URL(address, 'http://x').searchParams)

test('replays of its webhook, from its start until a moment after its last step', () => {
  expect(filterOf(madeAddress(replay))).toMatchObject({
    webhook: 'whk_1',
    purpose: 'replay',
    span: { since: '2026-11-20T09:00:00.000Z', until: '2026-11-20T09:00:03.500Z' },
  })
})

test('one that runs goes on until now, and one of all webhooks names none', () => {
  const { webhook, span } = filterOf(madeAddress({ ...replay, state: 'running', webhook_id: null }))
  expect(webhook).toBeNull()
  expect(span).toEqual({ since: '2026-11-20T09:00:00.000Z', until: null })
})
