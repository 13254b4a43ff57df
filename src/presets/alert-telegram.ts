import { alertText, systemEvents } from './alert-text.ts'
import { askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/**
 * System events to a Telegram chat, by a bot's `sendMessage`: the chat stands in the URL's query, the text in a form.
 * https://core.telegram.org/bots/api#making-requests
 */
export const alertTelegram = definePreset({
  name: 'alert-telegram',
  title: {
    en: 'Alert to Telegram',
    ru: 'Оповещение в Telegram',
    pl: 'Alert w Telegramie',
    'pt-BR': 'Alerta no Telegram',
  },
  description: {
    en: 'Writes to a Telegram chat when a webhook keeps failing, is switched off, or a delivery is given up.',
    ru: 'Пишет в чат Telegram, когда вебхук постоянно завершается ошибкой, отключён или доставка прекращена.',
    pl: 'Pisze na czacie Telegrama, gdy webhook stale zawodzi, zostaje wyłączony albo dostarczanie zostaje porzucone.',
    'pt-BR':
      'Escreve em um chat do Telegram quando um webhook falha repetidamente, é desativado ou uma entrega é abandonada.',
  },
  system: 'Telegram',
  guide: 'alert',
  webhook: {
    events: systemEvents,
    request: {
      method: 'POST',
      format: 'template',
      options: {
        content_type: 'application/x-www-form-urlencoded',
        template: `${alertText}text={{ text | url_encode }}`,
      },
    },
    delivery: { retry: { policy: 'schedule' } },
  },
  asks: [
    {
      ...askUrl,
      hint: {
        en: 'https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat>: the token is from @BotFather, and the bot must be in the chat.',
        ru: 'https://api.telegram.org/bot<токен>/sendMessage?chat_id=<чат>: токен выдаёт @BotFather, бот должен состоять в чате.',
        pl: 'https://api.telegram.org/bot<token>/sendMessage?chat_id=<czat>: token daje @BotFather, a bot musi być na czacie.',
        'pt-BR':
          'https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat>: o token vem do @BotFather, e o bot precisa estar no chat.',
      },
    },
  ],
  examples: [
    {
      title: 'A webhook keeps failing',
      asked: { request: { url: 'https://api.telegram.org/bot123:AAH/sendMessage?chat_id=-100200' } },
      event: {
        type: 'webhook.failing',
        record: { kind: 'webhook', id: 'whk_02' },
        current: { name: 'To the ERP' },
        previous: {},
        data: { reason: 'status 500 & more' },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body: 'text=The+webhook+%22To+the+ERP%22+keeps+failing%3A+status+500+%26+more.',
        query: [],
      },
    },
  ],
})
