import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { defineKind } from '../kind.ts'
import { currency, customerId, name, total } from './built-in-fields.ts'

/** A deal that was closed: what a point of sale or an ERP waits for. */
export const sale = defineKind({
  name: 'sale',
  title: { en: 'Sale', ru: 'Продажа', pl: 'Sprzedaż', 'pt-BR': 'Venda' },
  plural: { en: 'Sales', ru: 'Продажи', pl: 'Sprzedaże', 'pt-BR': 'Vendas' },
  capabilities: [lifecycle, owned],
  fields: { name, total, currency, customer_id: customerId },
  aliases: { created: { upnify: ['Nova venda'] } },
  sample: { name: 'Order 7741', total: 45500, currency: 'BRL', owner_id: '7', customer_id: '31' },
})
