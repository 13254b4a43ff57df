import { askEvents, askStage, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/**
 * amoCRM's digital pipeline action "API: send webhook": exactly its keys, one try. Its receivers do not look at our
 * signature, and it does them no harm, so it stays on.
 */
export const amocrmPipeline = definePreset({
  name: 'amocrm-pipeline',
  title: {
    en: 'amoCRM digital pipeline: send webhook',
    ru: 'Цифровая воронка amoCRM: отправить вебхук',
    pl: 'Cyfrowy lejek amoCRM: wyślij webhook',
    'pt-BR': 'Funil digital do amoCRM: enviar webhook',
  },
  description: {
    en: 'The body that amoCRM sends from its digital pipeline, sent once, without a retry.',
    ru: 'Тело запроса, как из цифровой воронки amoCRM; отправляется один раз, без повторов.',
    pl: 'Treść taka, jaką amoCRM wysyła z cyfrowego lejka; wysyłana raz, bez ponawiania.',
    'pt-BR': 'O corpo que o amoCRM envia do funil digital, uma única vez, sem novas tentativas.',
  },
  system: 'amoCRM',
  guide: 'amocrm-pipeline',
  webhook: {
    events: [
      'lead.email_received',
      'lead.call_received',
      'lead.chat_message_received',
      'lead.site_visited',
      'lead.stage_changed',
    ],
    request: { method: 'POST', format: 'amocrm', options: { body: 'pipeline', encoding: 'form' } },
    delivery: { retry: { policy: 'once' }, timeout_s: 10, on_gone: 'retry' },
  },
  asks: [askEvents, askStage, askUrl],
  examples: [
    {
      title: 'A lead goes to the stage',
      asked: { events: ['lead.stage_changed'], request: { url: 'https://erp.example/amo.php' } },
      event: {
        type: 'lead.stage_changed',
        record: { kind: 'lead', id: '4831596' },
        current: { name: 'Deal with ACME', pipeline_id: '752662', stage_id: '16203337' },
        previous: { stage_id: '16203334' },
        data: {
          old_pipeline_id: '752662',
          pipeline_id: '752662',
          old_stage_id: '16203334',
          stage_id: '16203337',
        },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body:
          'leads%5Bstatus%5D%5B0%5D%5Bid%5D=4831596' +
          '&leads%5Bstatus%5D%5B0%5D%5Bold_pipeline_id%5D=752662' +
          '&leads%5Bstatus%5D%5B0%5D%5Bpipeline_id%5D=752662' +
          '&leads%5Bstatus%5D%5B0%5D%5Bold_status_id%5D=16203334' +
          '&leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=16203337',
        query: [],
      },
    },
    {
      title: "A customer's period changes, as JSON",
      asked: {
        events: ['customer.period_changed'],
        request: {
          url: 'https://erp.example/amo',
          options: { body: 'pipeline', encoding: 'json' },
        },
      },
      event: {
        type: 'customer.period_changed',
        record: { kind: 'customer', id: '4831596' },
        current: { name: 'ACME', period_id: '16203337' },
        previous: { period_id: '16203334' },
        data: { old_period_id: '16203334', period_id: '16203337' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body: '{"customers":{"period":[{"id":4831596,"old_period_id":16203334,"period_id":16203337}]}}',
        query: [],
      },
    },
  ],
})
