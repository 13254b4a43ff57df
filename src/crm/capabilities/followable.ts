import { defineCapability } from '../capability.ts'

/** People log follow-ups and write notes on it. */
export const followable = defineCapability({
  name: 'followable',
  title: {
    en: 'Follow-ups and notes',
    ru: 'Контакты и примечания',
    pl: 'Działania i notatki',
    'pt-BR': 'Seguimentos e notas',
  },
  fields: {},
  events: {
    follow_up_logged: {
      title: {
        en: 'Follow-up logged',
        ru: 'Запись о работе с клиентом',
        pl: 'Odnotowanie działania',
        'pt-BR': 'Seguimento registrado',
      },
      description: {
        en: 'Somebody wrote down a call, a visit or another step with the customer.',
        ru: 'Кто-то записал звонок, встречу или другой шаг в работе с клиентом.',
        pl: 'Ktoś odnotował telefon, spotkanie lub inny krok w kontakcie z klientem.',
        'pt-BR': 'Alguém registrou uma ligação, uma visita ou outro passo com o cliente.',
      },
      data: { method: 'text', text: 'text', result: 'text', next_at: 'date', user_id: 'user' },
      transition: false,
      activity: true,
      sample: {
        data: {
          method: 'call',
          text: 'Went through the offer',
          result: 'Wants a discount',
          next_at: '2026-11-27T10:00:00.000Z',
          user_id: '7',
        },
      },
    },
    note_added: {
      title: { en: 'Note added', ru: 'Новое примечание', pl: 'Nowa notatka', 'pt-BR': 'Nota adicionada' },
      description: {
        en: 'Somebody wrote a note on the record.',
        ru: 'Кто-то добавил примечание к записи.',
        pl: 'Ktoś dodał notatkę do rekordu.',
        'pt-BR': 'Alguém escreveu uma nota no registro.',
      },
      data: { text: 'text', user_id: 'user' },
      transition: false,
      activity: true,
      aliases: { amocrm: ['note'] },
      sample: { data: { text: 'Decides in December', user_id: '7' } },
    },
  },
  derive: () => [],
  examples: [{ before: { name: 'ACME' }, after: { name: 'Acme' }, events: [] }],
})
