import { askConditions, askEvents, askParams, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/** Upnify's webhooks: an event, a method, a URL, and rows of Key and Value. Its page's example is a new sale told to a till. */
export const keyValue = definePreset({
  name: 'key-value',
  title: { en: 'Key and value', ru: 'Ключ и значение', pl: 'Klucz i wartość', 'pt-BR': 'Chave e valor' },
  description: {
    en: 'An event, a method, a URL, and rows of key and value that you define.',
    ru: 'Событие, метод, URL и строки «ключ — значение», которые задаёте вы.',
    pl: 'Zdarzenie, metoda, adres URL oraz wiersze klucz–wartość, które określasz.',
    'pt-BR': 'Um evento, um método, uma URL e linhas de chave e valor que você define.',
  },
  system: 'Upnify',
  guide: 'key-value',
  webhook: {
    events: ['sale.created'],
    request: {
      method: 'POST',
      format: 'params',
      options: {
        encoding: 'json',
        params: [
          { name: 'event', from: 'field', value: 'event.type' },
          { name: 'id', from: 'field', value: 'record.id' },
          { name: 'name', from: 'field', value: 'current.name' },
          { name: 'time', from: 'field', value: 'event.occurred_at' },
        ],
      },
    },
  },
  asks: [askEvents, askConditions, askUrl, askParams],
  examples: [
    {
      title: 'A new sale, with the e-mail of its customer',
      asked: {
        name: 'venda',
        request: {
          url: 'https://pdv.example/webhook',
          options: {
            encoding: 'json',
            params: [
              { name: 'event', from: 'field', value: 'event.type' },
              { name: 'id', from: 'field', value: 'record.id' },
              { name: 'name', from: 'field', value: 'current.name' },
              { name: 'time', from: 'field', value: 'event.occurred_at' },
              { name: 'customer_email', from: 'field', value: 'customer.email' },
            ],
          },
        },
      },
      event: {
        type: 'sale.created',
        record: { kind: 'sale', id: '7741' },
        current: { name: 'Order 7741', total: 45500, currency: 'BRL', customer_id: '31' },
        previous: {},
        data: {},
        related: { customer: { id: '31', name: 'ACME', email: 'anna@acme.example' } },
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body: '{"event":"sale.created","id":"7741","name":"Order 7741","time":"2026-11-20T09:00:00.000Z","customer_email":"anna@acme.example"}',
        query: [],
      },
    },
  ],
})
