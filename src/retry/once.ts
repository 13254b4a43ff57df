import { defineRetryPolicy } from './policy.ts'

/**
 * One judged attempt, whatever the answer (429 and 503 too): amoCRM's digital pipeline sends its webhooks so,
 * "webhook is sent only once, for the event that occurred. No retry attempts".
 */
export const once = defineRetryPolicy({
  name: 'once',
  title: {
    en: 'Once, no retry',
    ru: 'Один раз, без повторов',
    pl: 'Raz, bez ponawiania',
    'pt-BR': 'Uma vez, sem novas tentativas',
  },
  description: {
    en: 'Sent one time. Whatever the receiver answers, it is not sent again.',
    ru: 'Отправляется один раз. Что бы ни ответил получатель, повторной отправки не будет.',
    pl: 'Wysyłane jeden raz. Niezależnie od odpowiedzi odbiorcy nie będzie ponowienia.',
    'pt-BR': 'Enviado uma única vez. Seja qual for a resposta do destinatário, não é enviado de novo.',
  },
  options: [],
  next: () => null,
  waitsS: () => [],
  examples: [
    { attempts: 1, options: {}, random: 0.5, next: null },
    { attempts: 2, options: {}, random: 0, next: null },
  ],
})
