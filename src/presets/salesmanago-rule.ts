import { askBasic, askConditions, askEvents, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/** SALESmanago's rule action "send information about the fired rule": events by OR, conditions by AND, seven keys. */
export const salesmanagoRule = definePreset({
  name: 'salesmanago-rule',
  title: {
    en: 'SALESmanago rule: send information about the fired rule',
    ru: 'Правило SALESmanago: отправить данные о сработавшем правиле',
    pl: 'Reguła SALESmanago: wyślij informacje na temat uruchomionej reguły',
    'pt-BR': 'Regra do SALESmanago: enviar informações sobre a regra acionada',
  },
  description: {
    en: 'When one of the events happens and all conditions hold, send the rule and the contact as JSON.',
    ru: 'Когда происходит одно из событий и выполнены все условия, отправить правило и контакт в JSON.',
    pl: 'Gdy zajdzie jedno ze zdarzeń i spełnione są wszystkie warunki, wyślij regułę i kontakt jako JSON.',
    'pt-BR': 'Quando ocorre um dos eventos e todas as condições valem, enviar a regra e o contato em JSON.',
  },
  system: 'SALESmanago',
  guide: 'salesmanago-rule',
  webhook: {
    events: ['contact.created', 'contact.tagged'],
    conditions: { combinator: 'and', rules: [] },
    limits: { per: 'contact', per_record: null, min_interval_s: null },
    request: { method: 'POST', format: 'salesmanago', options: {} },
  },
  asks: [
    askEvents,
    askConditions,
    {
      path: 'limits',
      title: {
        en: 'Maximum of activations, and minimum interval',
        ru: 'Максимум срабатываний и минимальный интервал',
        pl: 'Maksymalna liczba uruchomień i minimalny odstęp',
        'pt-BR': 'Máximo de ativações e intervalo mínimo',
      },
      hint: {
        en: 'How often the rule may fire for one contact. Without limits it fires every time.',
        ru: 'Как часто правило может срабатывать для одного контакта. Без ограничений — каждый раз.',
        pl: 'Jak często reguła może uruchomić się dla jednego kontaktu. Bez limitów uruchamia się za każdym razem.',
        'pt-BR': 'Quantas vezes a regra pode ser acionada para um contato. Sem limites, é acionada sempre.',
      },
      required: false,
    },
    { ...askUrl, title: { en: 'Endpoint', ru: 'Endpoint', pl: 'Endpoint', 'pt-BR': 'Endpoint' } },
    askBasic,
  ],
  examples: [
    {
      title: 'A contact is tagged',
      asked: {
        name: 'VIP',
        description: 'Tell the CRM',
        events: ['contact.tagged', 'contact.score_changed'],
        request: {
          url: 'https://crm.example/salesmanago',
          auth: { type: 'basic', username: 'user', password: 'secret' },
        },
      },
      event: {
        type: 'contact.tagged',
        record: { kind: 'contact', id: '88' },
        current: { name: 'Anna Nowak', email: 'anna@acme.example', phone: '+48123456789', tags: ['vip'] },
        previous: { tags: [] },
        data: { tag: 'vip', tags: ['vip'] },
        related: { company: { id: '42', name: 'ACME' } },
      },
      sent: {
        method: 'POST',
        contentType: 'application/json',
        body:
          '{"id":"whk_01","name":"VIP","contactId":"88","description":"Tell the CRM",' +
          '"email":"anna@acme.example","phone":"+48123456789","company":"ACME"}',
        query: [],
      },
    },
  ],
})
