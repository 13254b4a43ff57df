import type { JsonObject } from '../model/index.ts'
import { defineRetryPolicy } from './policy.ts'

/**
 * The schedule that the Standard Webhooks specification recommends: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
 * Ten attempts over about three days. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
const standardWaitsS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** Waits are stretched or shortened by up to this part, so that a recovered receiver is not hit by all at once. */
const jitter = 0.2

/** A list of waits: the first stands between the first attempt and the second. After the last wait there is one more attempt. */
export const schedule = defineRetryPolicy({
  name: 'schedule',
  title: {
    en: 'Retry on a schedule',
    ru: 'Повторять по расписанию',
    pl: 'Ponawiaj według harmonogramu',
    'pt-BR': 'Tentar de novo conforme um cronograma',
  },
  description: {
    en: 'Sent again after each wait in the list until the receiver accepts it. Waits vary by up to 20 %.',
    ru: 'Отправляется повторно после каждой паузы из списка, пока получатель не примет запрос. Паузы отклоняются не более чем на 20 %.',
    pl: 'Wysyłane ponownie po każdej przerwie z listy, aż odbiorca przyjmie żądanie. Przerwy różnią się najwyżej o 20%.',
    'pt-BR':
      'Enviado de novo após cada espera da lista, até que o destinatário aceite. As esperas variam em até 20%.',
  },
  options: [
    {
      name: 'waits_s',
      title: {
        en: 'Waits, in seconds',
        ru: 'Паузы, в секундах',
        pl: 'Przerwy, w sekundach',
        'pt-BR': 'Esperas, em segundos',
      },
      type: 'numbers',
      default: standardWaitsS,
      min: 0.01,
      max: 604_800,
      minItems: 1,
      maxItems: 50,
    },
  ],
  next: ({ attempts, options, random }) => {
    const waitS = waitsOf(options)[attempts - 1]
    return waitS === undefined ? null : Math.round(waitS * 1000 * (1 - jitter + 2 * jitter * random))
  },
  waitsS: waitsOf,
  examples: [
    { attempts: 1, options: { waits_s: standardWaitsS }, random: 0.5, next: 5000 },
    { attempts: 1, options: { waits_s: standardWaitsS }, random: 0, next: 4000 },
    { attempts: 1, options: { waits_s: standardWaitsS }, random: 0.75, next: 5500 },
    { attempts: 9, options: { waits_s: standardWaitsS }, random: 0.5, next: 86_400_000 },
    { attempts: 10, options: { waits_s: standardWaitsS }, random: 0.5, next: null },
    { attempts: 2, options: { waits_s: [0.01, 60] }, random: 0.25, next: 54_000 },
    { attempts: 3, options: { waits_s: [0.01, 60] }, random: 0.25, next: null },
  ],
})

function waitsOf(options: JsonObject): number[] {
  return options['waits_s'] as number[]
}
