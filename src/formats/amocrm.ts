import { accountBody } from './amocrm-account.ts'
import type { Body } from './amocrm-body.ts'
import { pipelineBody } from './amocrm-pipeline.ts'
import { amocrmMeaning } from './amocrm-meanings.ts'
import { exampleEvent } from './example-event.ts'
import { defineFormat } from './format.ts'
import { RenderError } from './render-error.ts'

/** By the option `body`. */
const bodies = new Map<unknown, Body>([
  ['pipeline', pipelineBody],
  ['account', accountBody],
])

/** Events sent by amoCRM itself, so that receivers already written for it need no change. A form is what they read from `$_POST`. */
export const amocrm = defineFormat({
  name: 'amocrm',
  title: { en: 'amoCRM', ru: 'amoCRM', pl: 'amoCRM', 'pt-BR': 'amoCRM' },
  description: {
    en: 'The body that amoCRM sends: for receivers already written for it.',
    ru: 'Тело запроса, какое отправляет amoCRM: для получателей, которые уже написаны под неё.',
    pl: 'Treść, jaką wysyła amoCRM: dla odbiorców, którzy są już do niego przygotowani.',
    'pt-BR': 'O corpo que o amoCRM envia: para destinatários já programados para ele.',
  },
  methods: ['POST'],
  options: [
    {
      name: 'body',
      title: { en: 'Body', ru: 'Тело запроса', pl: 'Treść', 'pt-BR': 'Corpo' },
      type: 'choice',
      choices: [
        {
          value: 'pipeline',
          title: {
            en: 'As from the digital pipeline',
            ru: 'Как из цифровой воронки',
            pl: 'Jak z cyfrowego lejka',
            'pt-BR': 'Como do funil digital',
          },
        },
        {
          value: 'account',
          title: {
            en: 'As from the account settings, all fields',
            ru: 'Как из настроек аккаунта, со всеми полями',
            pl: 'Jak z ustawień konta, ze wszystkimi polami',
            'pt-BR': 'Como das configurações da conta, com todos os campos',
          },
        },
      ],
      default: 'pipeline',
    },
    {
      name: 'encoding',
      title: { en: 'Encoding', ru: 'Кодировка', pl: 'Kodowanie', 'pt-BR': 'Codificação' },
      type: 'choice',
      choices: [
        {
          value: 'form',
          title: {
            en: 'Form (read from $_POST)',
            ru: 'Форма (читается из $_POST)',
            pl: 'Formularz (odczyt z $_POST)',
            'pt-BR': 'Formulário (lido de $_POST)',
          },
        },
        { value: 'json', title: { en: 'JSON', ru: 'JSON', pl: 'JSON', 'pt-BR': 'JSON' } },
      ],
      default: 'form',
    },
  ],
  cannotExpress: (eventTypes, options) => {
    const body = bodies.get(options['body'])!
    return eventTypes.filter((type) => !body.expresses(type))
  },
  explain: amocrmMeaning,
  render: ({ event, context, options }) => {
    const body = bodies.get(options['body'])!
    if (!body.expresses(event.type)) {
      throw new RenderError(`${body.sentBy} sends no webhook for "${event.type}".`)
    }
    return options['encoding'] === 'json'
      ? { contentType: 'application/json', body: body.json({ event, context }), query: [] }
      : {
          contentType: 'application/x-www-form-urlencoded',
          body: body.form({ event, context }),
          query: [],
        }
  },
  examples: [
    {
      title: 'A lead goes to the next stage, as a form',
      input: { event: exampleEvent(), options: { body: 'pipeline', encoding: 'form' }, method: 'POST' },
      rendered: {
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
      title: 'A customer calls, as JSON; it has no period yet',
      input: {
        event: exampleEvent({
          type: 'customer.call_received',
          record: { kind: 'customer', id: '88' },
          current: { name: 'ACME' },
          previous: {},
          data: { from: '+15550100' },
        }),
        options: { body: 'pipeline', encoding: 'json' },
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body: '{"customers":{"call_in":[{"id":88,"period_id":null}]}}',
        query: [],
      },
    },
    {
      title: 'As from the account settings: the whole lead, and the account',
      input: { event: exampleEvent(), options: { body: 'account', encoding: 'json' }, method: 'POST' },
      rendered: {
        contentType: 'application/json',
        body:
          '{"leads":{"status":[{"id":4831596,"name":"Deal with ACME","status_id":16203337,"old_status_id":16203334,' +
          '"price":12000,"last_modified":1795165200,"modified_user_id":12,"pipeline_id":752662,"old_pipeline_id":752662,' +
          '"account_id":"acc_01","updated_at":1795165200,"main_contact_id":88,"tags":[{"name":"vip"},{"name":"ö & co"}]' +
          '}]},"account":{"subdomain":"acme","id":"acc_01","_links":{"self":"https://acme.amocrm.ru"}}}',
        query: [],
      },
    },
  ],
})
