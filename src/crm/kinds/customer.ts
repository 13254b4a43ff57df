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
import { companyId, contactId, email, name, phone } from './built-in-fields.ts'

/** Somebody who buys, and buys again. */
export const customer = defineKind({
  name: 'customer',
  title: { en: 'Customer', ru: 'Покупатель', pl: 'Klient', 'pt-BR': 'Cliente' },
  plural: { en: 'Customers', ru: 'Покупатели', pl: 'Klienci', 'pt-BR': 'Clientes' },
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
  fields: { name, email, phone, contact_id: contactId, company_id: companyId },
  aliases: {
    created: { amocrm: ['add_customer'], upnify: ['Novo cliente'] },
    updated: { amocrm: ['update_customer'], upnify: ['Cliente editado'] },
    deleted: { amocrm: ['delete_customer'] },
    stage_changed: { upnify: ['Mudança de fase do cliente'] },
    reassigned: { amocrm: ['responsible_customer'], upnify: ['Cliente reatribuído'] },
    tagged: { upnify: ['Cliente etiquetado'] },
    shared: { upnify: ['Cliente compartilhado'] },
    unshared: { upnify: ['Cliente não compartilhado'] },
    archived: { upnify: ['Cliente arquivado'] },
    discarded: { upnify: ['Cliente descartado'] },
    reactivated: { upnify: ['Cliente reativado'] },
    follow_up_logged: { upnify: ['Seguimento do cliente'] },
    note_added: { amocrm: ['note_customer'] },
  },
  sample: {
    name: 'ACME',
    email: 'anna@acme.example',
    phone: '+48123456789',
    owner_id: '7',
    period_id: '16203334',
  },
})
