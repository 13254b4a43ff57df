import { followable } from '../capabilities/followable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { tagged } from '../capabilities/tagged.ts'
import { defineKind } from '../kind.ts'
import { name } from './built-in-fields.ts'

/** A firm that contacts work for. */
export const company = defineKind({
  name: 'company',
  title: { en: 'Company', ru: 'Компания', pl: 'Firma', 'pt-BR': 'Empresa' },
  plural: { en: 'Companies', ru: 'Компании', pl: 'Firmy', 'pt-BR': 'Empresas' },
  capabilities: [lifecycle, owned, tagged, followable],
  fields: { name },
  aliases: {
    created: { amocrm: ['add_company'] },
    updated: { amocrm: ['update_company'] },
    deleted: { amocrm: ['delete_company'] },
    restored: { amocrm: ['restore_company'] },
    reassigned: { amocrm: ['responsible_company'] },
    note_added: { amocrm: ['note_company'] },
  },
  sample: { name: 'ACME', owner_id: '7' },
})
