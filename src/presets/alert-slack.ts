import { alertText, systemEvents } from './alert-text.ts'
import { askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/** System events to a Slack channel, by an incoming webhook: `{"text": "…"}`. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export const alertSlack = definePreset({
  name: 'alert-slack',
  title: {
    en: 'Alert to Slack',
    ru: 'Оповещение в Slack',
    pl: 'Alert na Slacku',
    'pt-BR': 'Alerta no Slack',
  },
  description: {
    en: 'Writes to a Slack channel when a webhook keeps failing, is switched off, or a delivery is given up.',
    ru: 'Пишет в канал Slack, когда вебхук постоянно завершается ошибкой, отключён или доставка прекращена.',
    pl: 'Pisze na kanale Slacka, gdy webhook stale zawodzi, zostaje wyłączony albo dostarczanie zostaje porzucone.',
    'pt-BR':
      'Escreve em um canal do Slack quando um webhook falha repetidamente, é desativado ou uma entrega é abandonada.',
  },
  system: 'Slack',
  guide: 'alert',
  webhook: {
    events: systemEvents,
    request: {
      method: 'POST',
      format: 'template',
      options: {
        content_type: 'application/json',
        template: `${alertText}{"text": {{ text | json }}}`,
      },
    },
    delivery: { retry: { policy: 'schedule' } },
  },
  asks: [
    {
      ...askUrl,
      hint: {
        en: 'In Slack: your app, Incoming Webhooks, Add New Webhook. It begins with https://hooks.slack.com/services/.',
        ru: 'В Slack: ваше приложение, Incoming Webhooks, Add New Webhook. Начинается с https://hooks.slack.com/services/.',
        pl: 'W Slacku: Twoja aplikacja, Incoming Webhooks, Add New Webhook. Zaczyna się od https://hooks.slack.com/services/.',
        'pt-BR':
          'No Slack: seu aplicativo, Incoming Webhooks, Add New Webhook. Começa com https://hooks.slack.com/services/.',
      },
    },
  ],
  examples: [
    {
      title: 'A webhook is switched off',
      asked: { request: { url: 'https://hooks.slack.com/services/T000/B000/XXXX' } },
      event: {
        type: 'webhook.disabled',
        record: { kind: 'webhook', id: 'whk_02' },
        current: { name: 'To the "new" ERP' },
        previous: {},
        data: { reason: '410 Gone' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body: '{"text": "The webhook \\"To the \\"new\\" ERP\\" was switched off: 410 Gone."}',
        query: [],
      },
    },
    {
      title: 'A delivery is given up',
      asked: { request: { url: 'https://hooks.slack.com/services/T000/B000/XXXX' } },
      event: {
        type: 'delivery.dead',
        record: { kind: 'delivery', id: 'dlv_03' },
        current: {},
        previous: {},
        data: { webhook_name: 'To the ERP' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body: '{"text": "A delivery of the webhook \\"To the ERP\\" was given up."}',
        query: [],
      },
    },
  ],
})
