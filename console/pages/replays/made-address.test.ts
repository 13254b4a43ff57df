import { expect, test } from 'vitest'
import { noFilter, readHistoryFilter } from '../history/history-filter.ts'
import { madeAddress } from './made-address.ts'

const filterOf = (address: string) => readHistoryFilter(new URL(address, 'http://x').searchParams)

test('the deliveries of the replay, and nothing else', () => {
  expect(filterOf(madeAddress('rpl_1'))).toEqual({ ...noFilter, replay: 'rpl_1' })
})

test('those of some states', () => {
  expect(filterOf(madeAddress('rpl_1', ['dead']))).toEqual({ ...noFilter, replay: 'rpl_1', states: ['dead'] })
})
