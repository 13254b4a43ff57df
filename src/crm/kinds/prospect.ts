import { archivable } from '../capabilities/archivable.ts'
import { conversational } from '../capabilities/conversational.ts'
import { followable } from '../capabilities/followable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { shareable } from '../capabilities/shareable.ts'
import { staged } from '../capabilities/staged.ts'
import { tagged } from '../capabilities/tagged.ts'
import { defineKind } from '../kind.ts'
import { companyId, email, personName, phone } from './built-in-fields.ts'

/**
 * Somebody who may become a customer. Upnify's page is a machine translation: *Conduz*, *Folheto* and *Brochura* all
 * mean this kind.
 */
export const prospect = defineKind({
  name: 'prospect',
  title: { en: 'Prospect', ru: 'Потенциальный клиент', pl: 'Potencjalny klient', 'pt-BR': 'Prospecto' },
  plural: { en: 'Prospects', ru: 'Потенциальные клиенты', pl: 'Potencjalni klienci', 'pt-BR': 'Prospectos' },
  capabilities: [lifecycle, staged, owned, tagged, shareable, archivable, followable, conversational],
  fields: { name: personName, email, phone, company_id: companyId },
  aliases: {
    created: { upnify: ['Novo folheto'] },
    updated: { upnify: ['Prospecto editado'] },
    stage_changed: { upnify: ['Conduz a mudança de fase'] },
    reassigned: { upnify: ['Prospecto reatribuído'] },
    tagged: { upnify: ['Prospecto etiquetado'] },
    shared: { upnify: ['Prospecto compartilhado'] },
    unshared: { upnify: ['Folheto não compartilhado'] },
    archived: { upnify: ['Prospecto Arquivado'] },
    discarded: { upnify: ['Prospecto descartado'] },
    reactivated: { upnify: ['Brochura reativada'] },
    follow_up_logged: { upnify: ['Seguimento para prospecção'] },
  },
  sample: { name: 'João Lima', email: 'joao@lima.example', phone: '+5511987654321', owner_id: '7' },
})
