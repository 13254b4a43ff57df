import { expect, test } from 'vitest'
import type { EventType } from '../../../data/catalogue.ts'
import type { CrmEvent } from '../../../data/events.ts'
import { kindOf, newest, subjectOf } from './subject.ts'

const types = [
  { type: 'lead.updated', kind: 'lead' },
  { type: 'lead.stage_changed', kind: 'lead' },
  { type: 'customer.updated', kind: 'customer' },
] as EventType[]
const past = [{ id: 'evt_2' }, { id: 'evt_1' }] as CrmEvent[]

test('the newest event, until another is chosen', () => {
  expect(subjectOf(newest, types, past)).toEqual({ event_id: 'evt_2' })
  expect(subjectOf({ ...newest, eventId: 'evt_1' }, types, past)).toEqual({ event_id: 'evt_1' })
})

test('a sample where nothing has happened yet', () => {
  expect(subjectOf(newest, types, [])).toEqual({ sample: true })
  expect(subjectOf(newest, types, null)).toBeNull()
})

test('a record needs to be chosen, and is tried as an event of its kind', () => {
  const record = { ...newest, from: 'record' as const }
  expect(subjectOf(record, types, past)).toBeNull()
  expect(subjectOf({ ...record, recordId: '7' }, types, past)).toEqual({ record: { kind: 'lead', id: '7' } })
  expect(subjectOf({ ...record, recordId: '7', type: 'lead.stage_changed' }, types, past)).toEqual({
    record: { kind: 'lead', id: '7' },
    type: 'lead.stage_changed',
  })
  expect(
    subjectOf({ ...record, kind: 'customer', recordId: '7', type: 'lead.stage_changed' }, types, past),
  ).toEqual({ record: { kind: 'customer', id: '7' } })
})

test('what the webhook no longer listens to is forgotten', () => {
  expect(kindOf({ ...newest, kind: 'quote' }, types)).toBe('lead')
  expect(kindOf(newest, [])).toBeNull()
  expect(subjectOf({ ...newest, from: 'sample', type: 'quote.created' }, types, past)).toEqual({
    sample: true,
  })
  expect(subjectOf({ ...newest, from: 'sample', type: 'lead.updated' }, types, past)).toEqual({
    sample: true,
    type: 'lead.updated',
  })
  expect(subjectOf(newest, [], past)).toBeNull()
})
