import type { CrmEvent } from '../model/index.ts'

/** A whole event to ask conditions about in tests: a lead goes to the next stage. Every call makes a new one. */
export function exampleEvent(changes: Partial<CrmEvent> = {}): CrmEvent {
  return {
    id: 'evt_1',
    type: 'lead.stage_changed',
    account_id: 'acc_1',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 7,
    record: { kind: 'lead', id: '4831596' },
    current: {},
    previous: {},
    data: { old_stage_id: '16203334', stage_id: '16203337' },
    related: { contact: { email: 'ana@acme.example' } },
    actor: { kind: 'user', id: '7' },
    source: 'ui',
    bulk: false,
    correlation_id: 'cor_1',
    caused_by: null,
    ...changes,
  }
}
