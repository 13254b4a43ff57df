import { defineCapability } from '../capability.ts'
import type { DerivedEvent } from '../capability.ts'
import { membersMoved, membersOf } from './members.ts'

/** Can be shared with people beside the one responsible. One event names all who came, one all who went. */
export const shareable = defineCapability({
  name: 'shareable',
  title: { en: 'Sharing', ru: 'Общий доступ', pl: 'Udostępnianie', 'pt-BR': 'Compartilhamento' },
  fields: {
    shared_with: {
      title: { en: 'Shared with', ru: 'Доступ открыт', pl: 'Udostępniono', 'pt-BR': 'Compartilhado com' },
      type: 'list',
    },
  },
  events: {
    shared: {
      title: { en: 'Shared', ru: 'Открытие доступа', pl: 'Udostępnienie', 'pt-BR': 'Compartilhamento' },
      description: {
        en: 'More people were given access. One event names all who were added at once.',
        ru: 'Доступ открыт новым людям. Одно событие называет всех, кого добавили одновременно.',
        pl: 'Dostęp otrzymały kolejne osoby. Jedno zdarzenie wymienia wszystkich dodanych naraz.',
        'pt-BR':
          'Mais pessoas receberam acesso. Um só evento cita todas as que foram adicionadas de uma vez.',
      },
      data: { user_ids: 'list' },
      transition: true,
      sample: {
        data: { user_ids: ['9'] },
        current: { shared_with: ['7', '9'] },
        previous: { shared_with: ['7'] },
      },
    },
    unshared: {
      title: {
        en: 'No longer shared',
        ru: 'Закрытие доступа',
        pl: 'Cofnięcie udostępnienia',
        'pt-BR': 'Fim do compartilhamento',
      },
      description: {
        en: 'People lost their access. One event names all who were removed at once.',
        ru: 'Кому-то закрыли доступ. Одно событие называет всех, кого убрали одновременно.',
        pl: 'Komuś odebrano dostęp. Jedno zdarzenie wymienia wszystkich usuniętych naraz.',
        'pt-BR': 'Pessoas perderam o acesso. Um só evento cita todas as que foram removidas de uma vez.',
      },
      data: { user_ids: 'list' },
      transition: true,
      sample: {
        data: { user_ids: ['9'] },
        current: { shared_with: ['7'] },
        previous: { shared_with: ['7', '9'] },
      },
    },
  },
  derive: (before, after) => {
    if (!before || !after) return []
    const { added, removed } = membersMoved(membersOf(before.shared_with), membersOf(after.shared_with))
    const events: DerivedEvent[] = []
    if (added.length > 0) events.push({ action: 'shared', data: { user_ids: added } })
    if (removed.length > 0) events.push({ action: 'unshared', data: { user_ids: removed } })
    return events
  },
  examples: [
    {
      before: {},
      after: { shared_with: ['7', '9'] },
      events: ['shared'],
      data: [{ user_ids: ['7', '9'] }],
    },
    {
      before: { shared_with: ['7', '8'] },
      after: { shared_with: ['8', '9'] },
      events: ['shared', 'unshared'],
      data: [{ user_ids: ['9'] }, { user_ids: ['7'] }],
    },
    { before: { shared_with: ['7'] }, after: { shared_with: null }, events: ['unshared'] },
    { before: { shared_with: [7] }, after: { shared_with: ['7'] }, events: [] },
    { before: { shared_with: ['7', '8'] }, after: { shared_with: ['8', '7'] }, events: [] },
    { before: null, after: { shared_with: ['7'] }, events: [] },
    { before: { shared_with: ['7'] }, after: null, events: [] },
  ],
})
