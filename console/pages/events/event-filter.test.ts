import { expect, test } from 'vitest'
import { readEventsFilter, toEventFilter, writeEventsFilter } from './event-filter.ts'

const read = (query: string) => readEventsFilter(new URLSearchParams(query))

test('the filter stands in the address, there and back', () => {
  const query = 'type=lead.won&record_kind=lead&record_id=7&since=2026-11-01&until=2026-11-20'
  expect(String(writeEventsFilter(read(query)))).toBe(query)
  expect(read('record_id=7')).toEqual({ type: null, record: null, span: null })
})

test('the API is asked for days as moments', () => {
  expect(toEventFilter(read('type=lead.won&since=2026-11-20'), 0, 'Europe/Warsaw')).toEqual({
    type: 'lead.won',
    record_kind: undefined,
    record_id: undefined,
    since: '2026-11-19T23:00:00.000Z',
    until: undefined,
  })
})
