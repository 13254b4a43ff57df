import { systemEvents } from './alert-text.ts'
import { askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/** System events to any URL: a pager, a chat with its own gateway, a program. */
export const alert = definePreset({
  name: 'alert',
  title: {
    en: 'Alert to any URL',
    ru: 'Оповещение на любой URL',
    pl: 'Alert na dowolny adres URL',
    'pt-BR': 'Alerta para qualquer URL',
  },
  description: {
    en: 'Tells you when a webhook keeps failing, is switched off, or a delivery is given up.',
    ru: 'Сообщает, когда вебхук постоянно завершается ошибкой, отключён или доставка прекращена.',
    pl: 'Powiadamia, gdy webhook stale zawodzi, zostaje wyłączony albo dostarczanie zostaje porzucone.',
    'pt-BR': 'Avisa quando um webhook falha repetidamente, é desativado ou uma entrega é abandonada.',
  },
  system: null,
  guide: 'alert',
  webhook: {
    events: systemEvents,
    request: { method: 'POST', format: 'standard', options: {} },
    delivery: { retry: { policy: 'schedule' } },
  },
  asks: [askUrl],
  examples: [
    {
      title: 'A webhook is switched off',
      asked: { request: { url: 'https://pager.example/alerts' } },
      event: {
        type: 'webhook.disabled',
        record: { kind: 'webhook', id: 'whk_02' },
        current: { name: 'To the ERP' },
        previous: {},
        data: { reason: '410 Gone' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body:
          '{"type":"webhook.disabled","timestamp":"2026-11-20T09:00:00.000Z","data":{"id":"evt_01",' +
          '"type":"webhook.disabled","external_id":null,"occurred_at":"2026-11-20T09:00:00.000Z",' +
          '"received_at":"2026-11-20T09:00:00.120Z","sequence":7,"record":{"kind":"webhook","id":"whk_02"},' +
          '"current":{"name":"To the ERP"},"previous":{},"data":{"reason":"410 Gone"},' +
          '"related":{},"actor":{"kind":"user","id":"12"},"source":"api","bulk":false,' +
          '"correlation_id":"evt_01","caused_by":null}}',
        query: [],
      },
    },
  ],
})
