import { expect, test } from 'vitest'
import type { EventType } from '../../../data/catalogue.ts'
import { kindOf, atFirst, subjectOf } from './subject.ts'

const types = [
  { type: 'lead.updated', kind: 'lead' },
  { type: 'lead.stage_changed', kind: 'lead' },
  { type: 'customer.updated', kind: 'customer' },
] as EventType[]

test('the event to begin with, until another is chosen', () => {
  expect(subjectOf(atFirst, types, 'evt_2')).toEqual({ event_id: 'evt_2' })
  expect(subjectOf({ ...atFirst, eventId: 'evt_1' }, types, 'evt_2')).toEqual({ event_id: 'evt_1' })
})

test('a sample where nothing has happened yet', () => {
  expect(subjectOf(atFirst, types, null)).toEqual({ sample: true })
  expect(subjectOf(atFirst, types, undefined)).toBeNull()
})

test('a record needs to be chosen, and is tried as an event of its kind', () => {
  const record = { ...atFirst, from: 'record' as const }
  expect(subjectOf(record, types, 'evt_2')).toBeNull()
  expect(subjectOf({ ...record, recordId: '7' }, types, 'evt_2')).toEqual({
    record: { kind: 'lead', id: '7' },
  })
  expect(subjectOf({ ...record, recordId: '7', type: 'lead.stage_changed' }, types, 'evt_2')).toEqual({
    record: { kind: 'lead', id: '7' },
    type: 'lead.stage_changed',
  })
  expect(
    subjectOf({ ...record, kind: 'customer', recordId: '7', type: 'lead.stage_changed' }, types, 'evt_2'),
  ).toEqual({ record: { kind: 'customer', id: '7' } })
})

test('what the webhook no longer listens to is forgotten', () => {
  expect(kindOf({ ...atFirst, kind: 'quote' }, types)).toBe('lead')
  expect(kindOf(atFirst, [])).toBeNull()
  expect(subjectOf({ ...atFirst, from: 'sample', type: 'quote.created' }, types, 'evt_2')).toEqual({
    sample: true,
  })
  expect(subjectOf({ ...atFirst, from: 'sample', type: 'lead.updated' }, types, 'evt_2')).toEqual({
    sample: true,
    type: 'lead.updated',
  })
  expect(subjectOf(atFirst, [], 'evt_2')).toBeNull()
})
