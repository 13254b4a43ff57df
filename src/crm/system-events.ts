import type { EventTypeDescription } from './event-type.ts'

/**
 * What happens to webhooks themselves. Matched only by name, never by a pattern, never by the webhook that they are about,
 * and deliveries of them breed none.
 */
export const systemEventTypes: EventTypeDescription[] = [
  {
    type: 'webhook.disabled',
    kind: 'webhook',
    action: 'disabled',
    title: {
      en: 'Webhook: disabled',
      ru: 'Вебхук: отключён',
      pl: 'Webhook: wyłączony',
      'pt-BR': 'Webhook: desativado',
    },
    description: {
      en: 'The server switched a webhook off, because its receiver is gone or kept failing.',
      ru: 'Сервер отключил вебхук: получатель исчез или постоянно отвечал ошибкой.',
      pl: 'Serwer wyłączył webhook, bo odbiorca zniknął lub wciąż zwracał błędy.',
      'pt-BR': 'O servidor desativou um webhook, porque o destinatário sumiu ou continuou falhando.',
    },
    data: {
      webhook_id: 'text',
      webhook_name: 'text',
      url: 'text',
      reason: 'text',
      failures_in_a_row: 'number',
    },
    transition: false,
    activity: true,
    aliases: {},
    sample: {
      current: {},
      previous: {},
      data: {
        webhook_id: 'whk_01jd4xk8q2v5n7c9t3b6m0r1s4',
        webhook_name: 'Won deals to the ERP',
        url: 'https://erp.example',
        reason: 'the receiver answered 410 Gone',
        failures_in_a_row: 1,
      },
    },
  },
  {
    type: 'webhook.failing',
    kind: 'webhook',
    action: 'failing',
    title: {
      en: 'Webhook: failing',
      ru: 'Вебхук: сбои доставки',
      pl: 'Webhook: błędy dostarczania',
      'pt-BR': 'Webhook: falhando',
    },
    description: {
      en: 'Several attempts of a webhook failed in a row. Said once, until it succeeds again.',
      ru: 'Несколько попыток вебхука подряд не удались. Сообщается один раз, пока не будет успеха.',
      pl: 'Kilka kolejnych prób webhooka się nie powiodło. Zgłaszane raz, aż do następnego sukcesu.',
      'pt-BR':
        'Várias tentativas seguidas de um webhook falharam. Informado uma vez, até voltar a funcionar.',
    },
    data: {
      webhook_id: 'text',
      webhook_name: 'text',
      url: 'text',
      reason: 'text',
      failures_in_a_row: 'number',
    },
    transition: false,
    activity: true,
    aliases: {},
    sample: {
      current: {},
      previous: {},
      data: {
        webhook_id: 'whk_01jd4xk8q2v5n7c9t3b6m0r1s4',
        webhook_name: 'Won deals to the ERP',
        url: 'https://erp.example',
        reason: 'HTTP 500',
        failures_in_a_row: 5,
      },
    },
  },
  {
    type: 'delivery.dead',
    kind: 'delivery',
    action: 'dead',
    title: {
      en: 'Delivery: given up',
      ru: 'Доставка: прекращена',
      pl: 'Dostarczenie: zaniechane',
      'pt-BR': 'Entrega: abandonada',
    },
    description: {
      en: 'A delivery will not be tried again. It can be replayed.',
      ru: 'Доставка больше не будет повторяться. Её можно отправить заново.',
      pl: 'Dostarczenie nie będzie już ponawiane. Można wysłać je ponownie.',
      'pt-BR': 'Uma entrega não será mais tentada. Ela pode ser reenviada.',
    },
    data: {
      webhook_id: 'text',
      webhook_name: 'text',
      url: 'text',
      delivery_id: 'text',
      event_id: 'text',
      event_type: 'text',
      reason: 'text',
      status_code: 'number',
    },
    transition: false,
    activity: true,
    aliases: {},
    sample: {
      current: {},
      previous: {},
      data: {
        webhook_id: 'whk_01jd4xk8q2v5n7c9t3b6m0r1s4',
        webhook_name: 'Won deals to the ERP',
        url: 'https://erp.example',
        delivery_id: 'dlv_01jd4xk8q2v5n7c9t3b6m0r1s5',
        event_id: 'evt_01jd4xk8q2v5n7c9t3b6m0r1s6',
        event_type: 'lead.stage_changed',
        reason: 'out_of_attempts',
        status_code: 500,
      },
    },
  },
]

export const systemTypeNames: readonly string[] = systemEventTypes.map(({ type }) => type)
