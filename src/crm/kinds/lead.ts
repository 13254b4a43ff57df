import { archivable } from '../capabilities/archivable.ts'
import { conversational } from '../capabilities/conversational.ts'
import { followable } from '../capabilities/followable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { periodic } from '../capabilities/periodic.ts'
import { scored } from '../capabilities/scored.ts'
import { shareable } from '../capabilities/shareable.ts'
import { staged } from '../capabilities/staged.ts'
import { tagged } from '../capabilities/tagged.ts'
import { visited } from '../capabilities/visited.ts'
import { defineKind } from '../kind.ts'
import { companyId, contactId, currency, name, price } from './built-in-fields.ts'

/** A deal under way, in amoCRM's sense of the word. */
export const lead = defineKind({
  name: 'lead',
  title: { en: 'Lead', ru: 'Сделка', pl: 'Lead', 'pt-BR': 'Lead' },
  plural: { en: 'Leads', ru: 'Сделки', pl: 'Leady', 'pt-BR': 'Leads' },
  capabilities: [
    lifecycle,
    staged,
    owned,
    tagged,
    shareable,
    archivable,
    periodic,
    scored,
    followable,
    conversational,
    visited,
  ],
  fields: { name, price, currency, contact_id: contactId, company_id: companyId },
  aliases: {
    created: { amocrm: ['add_lead'] },
    updated: { amocrm: ['update_lead'] },
    deleted: { amocrm: ['delete_lead'] },
    restored: { amocrm: ['restore_lead'] },
    stage_changed: { amocrm: ['status_lead'] },
    reassigned: { amocrm: ['responsible_lead'] },
    note_added: { amocrm: ['note_lead'] },
  },
  sample: {
    name: 'Deal with ACME',
    price: 12000,
    currency: 'EUR',
    pipeline_id: '752662',
    stage_id: '16203334',
    owner_id: '7',
    contact_id: '88',
  },
})
