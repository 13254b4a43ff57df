import type { CrmEvent } from '../model/index.ts'

/** A whole event to show and to test formats with: the lead of amoCRM's page goes to the next stage. Every call makes a new one. */
export function exampleEvent(changes: Partial<CrmEvent> = {}): CrmEvent {
  return {
    id: 'evt_01',
    type: 'lead.stage_changed',
    account_id: 'acc_01',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 7,
    record: { kind: 'lead', id: '4831596' },
    current: {
      name: 'Deal with ACME',
      price: 12000,
      tags: ['vip', 'ö & co'],
      pipeline_id: '752662',
      stage_id: '16203337',
      contact_id: '88',
    },
    previous: { stage_id: '16203334' },
    data: {
      old_pipeline_id: '752662',
      pipeline_id: '752662',
      old_stage_id: '16203334',
      stage_id: '16203337',
    },
    related: { stage: { name: 'Won' }, old_stage: { name: 'Offer' }, contact: { email: 'ann@acme.example' } },
    actor: { kind: 'user', id: '12' },
    source: 'api',
    bulk: false,
    correlation_id: 'evt_01',
    caused_by: null,
    ...changes,
  }
}
