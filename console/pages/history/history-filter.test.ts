import { describe, expect, test } from 'vitest'
import {
  noFilter,
  readHistoryFilter,
  toDeliveryFilter,
  toReplayWish,
  writeHistoryFilter,
} from './history-filter.ts'

const now = Date.parse('2026-11-20T09:30:00Z')
const read = (query: string) => readHistoryFilter(new URLSearchParams(query))

describe('the filter of the history', () => {
  test('stands in the address, there and back', () => {
    const query =
      'webhook_id=whk_1&event_type=lead.won&record_kind=lead&record_id=a%2Fb&state=waiting%2Cdead&status_code=500' +
      '&span=24h&search=acme&purpose=replay&replay_id=rpl_1&sent_again=false'
    expect(read(query)).toEqual({
      webhook: 'whk_1',
      event: 'lead.won',
      record: { kind: 'lead', id: 'a/b' },
      states: ['waiting', 'dead'],
      code: '500',
      span: { preset: '24h' },
      search: 'acme',
      purpose: 'replay',
      replay: 'rpl_1',
      sentAgain: false,
    })
    expect(String(writeHistoryFilter(read(query)))).toBe(query)
    expect(String(writeHistoryFilter(noFilter))).toBe('')
  })

  test('what makes no sense is passed over', () => {
    expect(
      read('state=lost&status_code=99&record_kind=lead&purpose=x&span=eternal&sent_again=maybe'),
    ).toEqual(noFilter)
  })

  test('an id of an event is told from a type', () => {
    expect(toDeliveryFilter(read('event_id=evt_1'), now, 'UTC')).toMatchObject({
      event_id: 'evt_1',
      event_type: undefined,
    })
    expect(toDeliveryFilter(read('event_type=lead.won'), now, 'UTC')).toMatchObject({
      event_id: undefined,
      event_type: 'lead.won',
    })
  })

  test('asks the API only for what is set', () => {
    const asked = toDeliveryFilter(read('search=%20&state=dead&span=1h'), now, 'UTC')
    expect(JSON.parse(JSON.stringify(asked))).toEqual({ state: 'dead', since: '2026-11-20T08:30:00.000Z' })
    expect(toDeliveryFilter(read('replay_id=rpl_1&sent_again=true'), now, 'UTC')).toMatchObject({
      replay_id: 'rpl_1',
      sent_again: 'true',
    })
  })
})

describe('all that the filter finds, sent again', () => {
  const wish = (query: string) => toReplayWish(read(query), { since: '2026-11-01T00:00:00.000Z' })

  test('takes over what replays can be asked for', () => {
    expect(
      wish(
        'webhook_id=whk_1&event_type=lead.won&record_kind=lead&record_id=7&status_code=503&state=dead' +
          '&replay_id=rpl_1&sent_again=false',
      ),
    ).toEqual({
      webhook_id: 'whk_1',
      filter: {
        event_type: 'lead.won',
        record: { kind: 'lead', id: '7' },
        states: ['dead'],
        status_code: 503,
        replay_id: 'rpl_1',
        sent_again: false,
        since: '2026-11-01T00:00:00.000Z',
      },
    })
  })

  test('without a state it is everything that is settled, never the default of the API', () => {
    expect(wish('')?.filter?.states).toEqual(['delivered', 'dead', 'canceled'])
    expect(wish('state=waiting,canceled')?.filter?.states).toEqual(['canceled'])
  })

  test('is refused where it would send more, or nothing', () => {
    expect(wish('search=acme')).toBeNull()
    expect(wish('event_id=evt_1')).toBeNull()
    expect(wish('purpose=replay')).toBeNull()
    expect(wish('state=pending,sending')).toBeNull()
  })
})
