import type { Json } from '../../src/model/index.ts'

/**
 * What the receivers of the main job must get, typed in by hand: the lead of amoCRM's page moves from stage 16203334 to
 * 16203337. The amoCRM bodies themselves stand in amocrm-pipeline.ts.
 */

/** Rows as a user sets them; dots in names nest. */
export const paramRows = [
  { name: 'deal_id', from: 'field', value: 'record.id' },
  { name: 'deal.price', from: 'field', value: 'current.price' },
  { name: 'deal.stage.name', from: 'field', value: 'stage.name' },
  { name: 'deal.tags', from: 'field', value: 'current.tags' },
  { name: 'phone', from: 'field', value: 'contact.phone' },
  { name: 'origin', from: 'value', value: 'amo & co' },
]

/** As JSON: numbers and lists stay what they are, what is missing is null. */
export const paramsJson =
  '{"deal_id":"4831596","deal":{"price":12000,"stage":{"name":"Won"},"tags":["vip","zł"]},"phone":null,"origin":"amo & co"}'

/** As a form: nested names in brackets, as PHP reads them; what is missing is empty. */
export const paramsForm =
  'deal_id=4831596&deal%5Bprice%5D=12000&deal%5Bstage%5D%5Bname%5D=Won' +
  '&deal%5Btags%5D%5B0%5D=vip&deal%5Btags%5D%5B1%5D=z%C5%82&phone=&origin=amo+%26+co'

/** In a query, behind what the URL has already. */
export const paramsQuery: [name: string, value: string][] = [
  ['shop', '7'],
  ['deal_id', '4831596'],
  ['deal[price]', '12000'],
  ['deal[stage][name]', 'Won'],
  ['deal[tags][0]', 'vip'],
  ['deal[tags][1]', 'zł'],
  ['phone', ''],
  ['origin', 'amo & co'],
]

/** The standard body. What only the run knows comes in: ids and times of the event, and the token that wrote. */
export function standardBody(run: {
  eventId: string
  occurredAt: string
  receivedAt: string
  actorId: string | null
}): Record<string, Json> {
  return {
    type: 'lead.stage_changed',
    timestamp: run.occurredAt,
    data: {
      id: run.eventId,
      type: 'lead.stage_changed',
      external_id: null,
      occurred_at: run.occurredAt,
      received_at: run.receivedAt,
      sequence: 2,
      record: { kind: 'lead', id: '4831596' },
      current: { name: 'Deal with ACME', price: 12000, pipeline_id: '752662', stage_id: '16203337' },
      previous: { stage_id: '16203334' },
      data: {
        old_pipeline_id: '752662',
        pipeline_id: '752662',
        old_stage_id: '16203334',
        stage_id: '16203337',
      },
      related: {
        stage: { id: '16203337', name: 'Won', type: 'won' },
        old_stage: { id: '16203334', name: 'Offer', type: 'open' },
        pipeline: { id: '752662', name: 'Sales' },
        old_pipeline: { id: '752662', name: 'Sales' },
      },
      actor: { kind: 'api', id: run.actorId },
      source: 'api',
      bulk: false,
      correlation_id: run.eventId,
      caused_by: null,
    },
  }
}
