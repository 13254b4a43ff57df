import { archivable } from '../capabilities/archivable.ts'
import { conversational } from '../capabilities/conversational.ts'
import { followable } from '../capabilities/followable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { scored } from '../capabilities/scored.ts'
import { shareable } from '../capabilities/shareable.ts'
import { staged } from '../capabilities/staged.ts'
import { tagged } from '../capabilities/tagged.ts'
import { visited } from '../capabilities/visited.ts'
import { defineKind } from '../kind.ts'
import { companyId, email, personName, phone } from './built-in-fields.ts'

/** A person. SALESmanago's rules are about these; its names are those of its help pages. */
export const contact = defineKind({
  name: 'contact',
  title: { en: 'Contact', ru: 'Контакт', pl: 'Kontakt', 'pt-BR': 'Contato' },
  plural: { en: 'Contacts', ru: 'Контакты', pl: 'Kontakty', 'pt-BR': 'Contatos' },
  capabilities: [
    lifecycle,
    staged,
    owned,
    tagged,
    shareable,
    archivable,
    scored,
    followable,
    conversational,
    visited,
  ],
  fields: { name: personName, email, phone, company_id: companyId },
  aliases: {
    created: { amocrm: ['add_contact'], salesmanago: ['Dodanie kontaktu do systemu'] },
    updated: { amocrm: ['update_contact'] },
    deleted: { amocrm: ['delete_contact'] },
    restored: { amocrm: ['restore_contact'] },
    stage_changed: { salesmanago: ['Zmiany na etapach w lejkach sprzedażowych'] },
    reassigned: { amocrm: ['responsible_contact'] },
    tagged: {
      salesmanago: ['Przypisano tag do kontaktu', 'Kontakt został otagowany', 'Dodanie tagu (segmentu)'],
    },
    score_changed: {
      salesmanago: ['Scoring kontaktu osiągnął', 'Scoring kontaktu przekroczył', 'Osiągnięcie scoringu'],
    },
    note_added: { amocrm: ['note_contact'] },
    email_sent: { salesmanago: ['Wysłanie automatycznej wiadomości'] },
    email_opened: { salesmanago: ['Kontakt otworzył e-mail', 'Otwarcie wiadomości e-mail'] },
    link_clicked: { salesmanago: ['Kontakt kliknął link w e-mailu'] },
  },
  sample: {
    name: 'Anna Nowak',
    email: 'anna@acme.example',
    phone: '+48123456789',
    company_id: '42',
    owner_id: '7',
  },
})
