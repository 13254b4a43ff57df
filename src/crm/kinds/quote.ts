import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { defineKind } from '../kind.ts'
import { currency, name, opportunityId, total } from './built-in-fields.ts'

/** An offer with a price, made for an opportunity. */
export const quote = defineKind({
  name: 'quote',
  title: { en: 'Quote', ru: 'Коммерческое предложение', pl: 'Oferta', 'pt-BR': 'Cotação' },
  plural: { en: 'Quotes', ru: 'Коммерческие предложения', pl: 'Oferty', 'pt-BR': 'Cotações' },
  capabilities: [lifecycle, owned],
  fields: { name, total, currency, opportunity_id: opportunityId },
  // Upnify's page says "Citação", a quote from a book: its translator's slip.
  aliases: { created: { upnify: ['Citação criada'] } },
  sample: { name: 'Quote 2026-118', total: 45500, currency: 'BRL', owner_id: '7', opportunity_id: '514' },
})
