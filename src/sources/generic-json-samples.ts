import type { JsonObject } from '../model/index.ts'
import type { Source } from './source.ts'

type Row = [to: string, from: 'path' | 'value' | 'header', value: string]

function settings(rows: Row[], more: JsonObject = {}): JsonObject {
  const map = rows.map(([to, from, value]) => ({ to, from, value }))
  return { items: '', map, kinds: [], events: [], ...more }
}

const contentType = 'application/json'

/** Invented senders, each with another habit: flat, with a list and an envelope, an event in a header. */
export const genericJsonSamples: Source['samples'] = [
  {
    title: 'One record, flat: a shop tells of an order',
    options: settings([
      ['record.kind', 'value', 'sale'],
      ['record.id', 'path', 'order_id'],
      ['event', 'value', 'created'],
      ['fields.name', 'path', 'customer.name'],
      ['fields.total', 'path', 'total'],
      ['fields.skus', 'path', 'lines[].sku'],
      ['fields.coupon', 'path', 'coupon.code'],
      ['occurred_at', 'path', 'paid_at'],
    ]),
    call: {
      contentType,
      body: '{"order_id":9007199254740993,"total":120.5,"customer":{"name":"Anna"},"lines":[{"sku":"A"},{"sku":"B"}],"paid_at":1456822527}',
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'sale', id: '9007199254740993' },
          fields: { name: 'Anna', total: 120.5, skus: ['A', 'B'] },
          old: {},
          created: true,
          occurred_at: '2016-03-01T08:55:27.000Z',
          as_of: null,
          actor_id: null,
          titles: {},
        },
      ],
      problems: [],
      ignored: [],
      answer: { status: 200, contentType, body: '{"taken":1,"problems":[],"ignored":[]}' },
    },
  },
  {
    title: 'A list in an envelope, with words of their own',
    options: settings(
      [
        ['record.kind', 'path', 'object'],
        ['record.id', 'path', 'id'],
        ['event', 'path', '$.event'],
        ['fields.*', 'path', 'attributes'],
        ['fields.source', 'value', 'partner'],
        ['old.stage_id', 'path', 'was.stage_id'],
        ['as_of', 'path', 'updated'],
        ['actor_id', 'path', '$.by'],
      ],
      {
        items: 'data',
        kinds: [{ name: 'Deal', means: 'lead' }],
        events: [{ name: 'deal.moved', means: 'updated' }],
      },
    ),
    call: {
      contentType,
      body: '{"event":"deal.moved","by":7,"data":[{"object":"Deal","id":"A-1","attributes":{"stage_id":"won","price":5},"was":{"stage_id":"offer"},"updated":"2026-11-20T09:00:00+01:00"},{"object":"Deal","attributes":{}}]}',
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'lead', id: 'A-1' },
          fields: { stage_id: 'won', price: 5, source: 'partner' },
          old: { stage_id: 'offer' },
          created: false,
          occurred_at: null,
          as_of: '2026-11-20T08:00:00.000Z',
          actor_id: '7',
          titles: {},
        },
      ],
      problems: [
        {
          path: 'data[1]',
          code: 'missing',
          message: 'record.id: Nothing was found, or no text and no number.',
        },
      ],
      ignored: [],
      answer: {
        status: 200,
        contentType,
        body: '{"taken":1,"problems":[{"path":"data[1]","code":"missing","message":"record.id: Nothing was found, or no text and no number."}],"ignored":[]}',
      },
    },
  },
  {
    title: 'An activity, with the event in a header',
    options: settings(
      [
        ['record.kind', 'value', 'contact'],
        ['record.id', 'path', 'contact["ext.id"]'],
        ['event', 'header', 'X-Topic'],
        ['data.from', 'path', 'from'],
        ['data.duration_s', 'path', 'seconds'],
        ['external_id', 'path', 'call_id'],
      ],
      { events: [{ name: 'calls/incoming', means: 'call_received' }] },
    ),
    call: {
      contentType,
      headers: [['x-topic', 'calls/incoming']],
      body: '{"call_id":"c-9","from":"+48123456789","seconds":42,"contact":{"ext.id":88}}',
    },
    reading: {
      items: [
        {
          do: 'activity',
          record: { kind: 'contact', id: '88' },
          type: 'call_received',
          data: { from: '+48123456789', duration_s: 42 },
          occurred_at: null,
          external_id: 'c-9',
        },
      ],
      problems: [],
      ignored: [],
      answer: { status: 200, contentType, body: '{"taken":1,"problems":[],"ignored":[]}' },
    },
  },
  {
    title: 'Something that is no JSON',
    options: settings([
      ['record.kind', 'value', 'lead'],
      ['record.id', 'path', 'id'],
    ]),
    call: { contentType: 'text/plain', body: 'id=5' },
    reading: {
      items: [],
      problems: [{ path: '', code: 'not_json', message: 'The body is not valid JSON.' }],
      ignored: [],
      answer: {
        status: 400,
        contentType,
        body: '{"taken":0,"problems":[{"path":"","code":"not_json","message":"The body is not valid JSON."}],"ignored":[]}',
      },
    },
  },
]
