import { askConditions, askEvents, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/** For receivers that are written for this server: the whole event, signed and retried by the Standard Webhooks specification. */
export const standard = definePreset({
  name: 'standard',
  title: {
    en: 'Standard webhook',
    ru: 'Стандартный вебхук',
    pl: 'Standardowy webhook',
    'pt-BR': 'Webhook padrão',
  },
  description: {
    en: 'The whole event as JSON, signed, and sent again until the receiver accepts it.',
    ru: 'Событие целиком в JSON, с подписью; отправляется повторно, пока получатель его не примет.',
    pl: 'Całe zdarzenie jako JSON, podpisane i ponawiane, aż odbiorca je przyjmie.',
    'pt-BR': 'O evento inteiro em JSON, assinado e reenviado até o destinatário aceitar.',
  },
  system: null,
  guide: 'standard',
  webhook: {
    events: ['lead.stage_changed'],
    request: { method: 'POST', format: 'standard', options: {} },
    delivery: { retry: { policy: 'schedule' }, signing: 'standard' },
  },
  asks: [askEvents, askConditions, askUrl],
  examples: [
    {
      title: 'A task is done',
      asked: { events: ['task.completed'], request: { url: 'https://app.example/hooks' } },
      event: {
        type: 'task.completed',
        record: { kind: 'task', id: '5' },
        current: { name: 'Call Anna back', completed: true },
        previous: { completed: false },
        data: {},
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body:
          '{"type":"task.completed","timestamp":"2026-11-20T09:00:00.000Z","data":{"id":"evt_01",' +
          '"type":"task.completed","external_id":null,"occurred_at":"2026-11-20T09:00:00.000Z",' +
          '"received_at":"2026-11-20T09:00:00.120Z","sequence":7,"record":{"kind":"task","id":"5"},' +
          '"current":{"name":"Call Anna back","completed":true},"previous":{"completed":false},"data":{},' +
          '"related":{},"actor":{"kind":"user","id":"12"},"source":"api","bulk":false,' +
          '"correlation_id":"evt_01","caused_by":null}}',
        query: [],
      },
    },
  ],
})
