import { describe, expect, test } from 'vitest'
import type { CrmEvent } from '../model/index.ts'
import { amocrm } from './amocrm.ts'
import { exampleEvent } from './example-event.ts'
import { RenderError } from './render-error.ts'

const context = {
  webhook: { id: 'whk_1', name: '', description: '' },
  account: { id: 'acc_1', subdomain: '' },
}

function render(encoding: 'form' | 'json', changes: Partial<CrmEvent>): string {
  const options = { body: 'pipeline', encoding }
  return amocrm.render({ event: exampleEvent(changes), context, options, method: 'POST' }).body!
}

test('ids that are digits are numbers, beyond 2^53 too; all others are text', () => {
  const ids = ['0', '9007199254740993', '007', '', '-5', '1.5', '1e3', 'won', 'ż"\n', '12 ']
  const bodies = ids.map((id) =>
    render('json', { type: 'lead.email_received', record: { kind: 'lead', id }, data: {} }),
  )
  expect(bodies.map((body) => /"id":(.*),"pipeline_id"/s.exec(body)![1])).toEqual([
    '0',
    '9007199254740993',
    '"007"',
    'null',
    '"-5"',
    '"1.5"',
    '"1e3"',
    '"won"',
    '"ż\\"\\n"',
    '"12 "',
  ])
  for (const body of bodies) expect(() => JSON.parse(body)).not.toThrow()
})

test('ids that arrived as numbers are printed the same, and what is no id is missing', () => {
  const data = { old_pipeline_id: 752662, pipeline_id: true, old_stage_id: { id: 1 }, stage_id: 1e21 }
  expect(render('json', { data })).toBe(
    '{"leads":{"status":[{"id":4831596,"old_pipeline_id":752662,"pipeline_id":null,"old_status_id":null,"status_id":"1e+21"}]}}',
  )
})

test('a missing id is empty in a form', () => {
  const event = {
    type: 'customer.site_visited',
    record: { kind: 'customer', id: '88' },
    current: {},
    data: {},
  }
  expect(render('form', event)).toBe(
    'customers%5Bsite_visit%5D%5B0%5D%5Bid%5D=88&customers%5Bsite_visit%5D%5B0%5D%5Bperiod_id%5D=',
  )
})

test('a form encodes what PHP encodes', () => {
  const event = {
    type: 'lead.site_visited',
    record: { kind: 'lead', id: "a b+c&d=e~*'()!ż\ud800" },
    data: {},
  }
  expect(render('form', event).split('&')[0]).toBe(
    'leads%5Bsite_visit%5D%5B0%5D%5Bid%5D=a+b%2Bc%26d%3De%7E%2A%27%28%29%21%C5%BC%EF%BF%BD',
  )
})

describe('old ids', () => {
  const current = { pipeline_id: '1', stage_id: '12' }
  const old = (changes: Partial<CrmEvent>) => {
    const [lead] = JSON.parse(render('json', { current, ...changes })).leads.status
    return [lead.old_pipeline_id, lead.old_status_id]
  }

  test("are the event's own", () => {
    const data = { old_pipeline_id: '3', old_stage_id: null }
    expect(old({ data, previous: { stage_id: '11' } })).toEqual([3, null])
  })

  test('are the previous values where the event does not say; what the write left alone was the same', () => {
    expect(old({ data: {}, previous: { stage_id: '11' } })).toEqual([1, 11])
    expect(old({ data: {}, previous: { stage_id: null } })).toEqual([1, null])
  })

  test('are missing where nothing is known of before', () => {
    expect(old({ data: {}, previous: {} })).toEqual([null, null])
  })
})

test('the present ids are those of the event before those of the record', () => {
  const data = { pipeline_id: '5' }
  const current = { pipeline_id: '1', stage_id: '12' }
  expect(render('json', { type: 'lead.call_received', current, data })).toBe(
    '{"leads":{"call_in":[{"id":4831596,"pipeline_id":5,"status_id":12}]}}',
  )
})

test('names every event that amoCRM does not send from its pipeline', () => {
  const options = { body: 'pipeline', encoding: 'form' }
  const types = [
    'lead.stage_changed',
    'customer.stage_changed',
    'lead.period_changed',
    'customer.period_changed',
    'lead.created',
    'contact.email_received',
    'customer.call_received',
    'lead.chat_message_received',
    'constructor',
  ]
  const expected = [
    'customer.stage_changed',
    'lead.period_changed',
    'lead.created',
    'contact.email_received',
    'constructor',
  ]
  expect(amocrm.cannotExpress!(types, options)).toEqual(expected)
  for (const type of expected) {
    const event = exampleEvent({ type })
    expect(() => amocrm.render({ event, context, options, method: 'POST' })).toThrow(RenderError)
  }
})
