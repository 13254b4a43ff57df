import { archivable } from '../capabilities/archivable.ts'
import { conversational } from '../capabilities/conversational.ts'
import { followable } from '../capabilities/followable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { shareable } from '../capabilities/shareable.ts'
import { staged } from '../capabilities/staged.ts'
import { tagged } from '../capabilities/tagged.ts'
import { defineKind } from '../kind.ts'
import { companyId, contactId, currency, customerId, name, price } from './built-in-fields.ts'

/** A sale that may come about. */
export const opportunity = defineKind({
  name: 'opportunity',
  title: { en: 'Opportunity', ru: 'Возможность', pl: 'Szansa sprzedaży', 'pt-BR': 'Oportunidade' },
  plural: { en: 'Opportunities', ru: 'Возможности', pl: 'Szanse sprzedaży', 'pt-BR': 'Oportunidades' },
  capabilities: [lifecycle, staged, owned, tagged, shareable, archivable, followable, conversational],
  fields: {
    name,
    price,
    currency,
    contact_id: contactId,
    company_id: companyId,
    customer_id: customerId,
  },
  aliases: {
    created: { upnify: ['Novas oportunidades de vendas'] },
    updated: { upnify: ['Oportunidade de vendas editadas'] },
    stage_changed: { upnify: ['Mudança de fase das oportunidades'] },
    reassigned: { upnify: ['Oportunidade de vendas reatribuídas'] },
    reactivated: { upnify: ['Oportunidade de vendas reativada'] },
    follow_up_logged: { upnify: ['Seguimento das oportunidades'] },
  },
  sample: {
    name: 'New warehouse for ACME',
    price: 48000,
    currency: 'BRL',
    owner_id: '7',
    customer_id: '31',
  },
})
