import { defineCapability } from '../capability.ts'

/** Can be done. */
export const completable = defineCapability({
  name: 'completable',
  title: { en: 'Completion', ru: 'Выполнение', pl: 'Wykonanie', 'pt-BR': 'Conclusão' },
  fields: {
    completed: {
      title: { en: 'Completed', ru: 'Выполнена', pl: 'Wykonane', 'pt-BR': 'Concluída' },
      type: 'boolean',
    },
  },
  events: {
    completed: {
      title: { en: 'Completed', ru: 'Выполнение', pl: 'Wykonanie', 'pt-BR': 'Conclusão' },
      description: {
        en: 'Marked as done.',
        ru: 'Появилась отметка о выполнении.',
        pl: 'Oznaczenie jako wykonane.',
        'pt-BR': 'Marcação como concluída.',
      },
      data: {},
      transition: true,
      sample: { data: {}, current: { completed: true }, previous: { completed: false } },
    },
    uncompleted: {
      title: {
        en: 'Completion undone',
        ru: 'Отмена выполнения',
        pl: 'Cofnięcie wykonania',
        'pt-BR': 'Conclusão desfeita',
      },
      description: {
        en: 'Was done, and is no longer marked so.',
        ru: 'Отметка о выполнении снята.',
        pl: 'Usunięcie oznaczenia jako wykonane.',
        'pt-BR': 'Remoção da marcação como concluída.',
      },
      data: {},
      transition: true,
      sample: { data: {}, current: { completed: false }, previous: { completed: true } },
    },
  },
  derive: (before, after) => {
    if (!before || !after) return []
    const was = before.completed === true
    const is = after.completed === true
    if (was === is) return []
    return [{ action: is ? 'completed' : 'uncompleted', data: {} }]
  },
  examples: [
    { before: { completed: false }, after: { completed: true }, events: ['completed'] },
    { before: {}, after: { completed: true }, events: ['completed'] },
    { before: { completed: true }, after: { completed: false }, events: ['uncompleted'] },
    { before: { completed: true }, after: { completed: null }, events: ['uncompleted'] },
    { before: {}, after: { completed: false }, events: [] },
    { before: { completed: true }, after: { completed: true }, events: [] },
    { before: null, after: { completed: true }, events: [] },
    { before: { completed: true }, after: null, events: [] },
  ],
})
