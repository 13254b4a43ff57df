import { askEvents, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/**
 * amoCRM's webhooks of the account (Settings, Integrations): all fields, an answer within 2 s, retried, and switched off after
 * 100 failures in a row. The waits are the ones that people repeat for amoCRM; its own page with them was not found.
 */
export const amocrmAccount = definePreset({
  name: 'amocrm-account',
  title: {
    en: 'amoCRM account webhook',
    ru: 'Вебхук аккаунта amoCRM',
    pl: 'Webhook konta amoCRM',
    'pt-BR': 'Webhook da conta amoCRM',
  },
  description: {
    en: 'The body that amoCRM sends from the account settings, with all fields; sent again when the receiver fails.',
    ru: 'Тело запроса, как из настроек аккаунта amoCRM, со всеми полями; при ошибке отправляется повторно.',
    pl: 'Treść taka, jaką amoCRM wysyła z ustawień konta, ze wszystkimi polami; ponawiana po błędzie.',
    'pt-BR':
      'O corpo que o amoCRM envia das configurações da conta, com todos os campos; reenviado em caso de falha.',
  },
  system: 'amoCRM',
  guide: 'amocrm-account',
  webhook: {
    events: [
      'lead.created',
      'lead.updated',
      'lead.stage_changed',
      'lead.reassigned',
      'lead.deleted',
      'lead.restored',
      'lead.note_added',
    ],
    request: { method: 'POST', format: 'amocrm', options: { body: 'account', encoding: 'form' } },
    delivery: {
      retry: { policy: 'schedule', waits_s: [300, 900, 900, 3600] },
      timeout_s: 2,
      on_gone: 'retry',
      disable_after_failures: 100,
    },
  },
  asks: [askEvents, askUrl],
  examples: [
    {
      title: 'The responsible person of a company changes',
      asked: { events: ['company.reassigned'], request: { url: 'https://erp.example/amo.php' } },
      event: {
        type: 'company.reassigned',
        record: { kind: 'company', id: '1110' },
        current: { name: 'ACME', owner_id: '938348' },
        previous: { owner_id: '102525' },
        data: { old_owner_id: '102525', owner_id: '938348' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body:
          'contacts%5Bresponsible%5D%5B0%5D%5Bid%5D=1110' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Bname%5D=ACME' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Bresponsible_user_id%5D=938348' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Bold_responsible_user_id%5D=102525' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Blast_modified%5D=1795165200' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Bmodified_user_id%5D=12' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Baccount_id%5D=acc_01' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Bupdated_at%5D=1795165200' +
          '&contacts%5Bresponsible%5D%5B0%5D%5Btype%5D=company' +
          '&account%5Bsubdomain%5D=acme&account%5Bid%5D=acc_01' +
          '&account%5B_links%5D%5Bself%5D=https%3A%2F%2Facme.amocrm.ru',
        query: [],
      },
    },
  ],
})
