import { defineCapability } from '../capability.ts'
import type { DerivedEvent } from '../capability.ts'

/** Every record comes, changes, goes, and may come back. Reads no field of its own: it tells what nobody else tells. */
export const lifecycle = defineCapability({
  name: 'lifecycle',
  title: { en: 'Life cycle', ru: 'Жизненный цикл', pl: 'Cykl życia', 'pt-BR': 'Ciclo de vida' },
  fields: {},
  events: {
    created: {
      title: { en: 'Created', ru: 'Создание', pl: 'Utworzenie', 'pt-BR': 'Criação' },
      description: {
        en: 'A new record was created. Its first values give no events of their own.',
        ru: 'Создана новая запись. Её первые значения отдельных событий не дают.',
        pl: 'Utworzono nowy rekord. Jego pierwsze wartości nie dają osobnych zdarzeń.',
        'pt-BR': 'Um novo registro foi criado. Seus primeiros valores não geram eventos próprios.',
      },
      data: {},
      transition: false,
      aliases: { amocrm: ['add'] },
      sample: { data: {} },
    },
    updated: {
      title: { en: 'Updated', ru: 'Изменение', pl: 'Zmiana danych', 'pt-BR': 'Edição' },
      description: {
        en: 'Fields changed that have no event of their own.',
        ru: 'Изменились поля, для которых нет отдельного события.',
        pl: 'Zmieniły się pola, które nie mają własnego zdarzenia.',
        'pt-BR': 'Mudaram campos que não têm um evento próprio.',
      },
      data: { changed: 'list' },
      transition: true,
      aliases: { amocrm: ['update'] },
      sample: { data: { changed: ['name'] }, previous: { name: 'No name yet' } },
    },
    deleted: {
      title: { en: 'Deleted', ru: 'Удаление', pl: 'Usunięcie', 'pt-BR': 'Exclusão' },
      description: {
        en: 'The record was deleted. The event still shows its last fields.',
        ru: 'Запись удалена. В событии видны её последние поля.',
        pl: 'Rekord został usunięty. Zdarzenie pokazuje jeszcze jego ostatnie pola.',
        'pt-BR': 'O registro foi excluído. O evento ainda mostra seus últimos campos.',
      },
      data: {},
      transition: false,
      aliases: { amocrm: ['delete'] },
      sample: { data: {} },
    },
    restored: {
      title: { en: 'Restored', ru: 'Восстановление', pl: 'Przywrócenie', 'pt-BR': 'Restauração' },
      description: {
        en: 'A deleted record was written to again.',
        ru: 'В удалённую запись снова внесли данные.',
        pl: 'Usunięty rekord został ponownie zapisany.',
        'pt-BR': 'Um registro excluído voltou a receber dados.',
      },
      data: {},
      transition: true,
      aliases: { amocrm: ['restore'] },
      sample: { data: {} },
    },
  },
  derive: (before, after, { changedPlainFields, restored }) => {
    if (!before) return after ? [{ action: 'created', data: {} }] : []
    if (!after) return [{ action: 'deleted', data: {} }]
    const events: DerivedEvent[] = []
    if (restored) events.push({ action: 'restored', data: {} })
    if (changedPlainFields.length > 0) {
      events.push({ action: 'updated', data: { changed: changedPlainFields } })
    }
    return events
  },
  examples: [
    { before: null, after: { name: 'ACME' }, events: ['created'] },
    { before: { name: 'ACME' }, after: null, events: ['deleted'] },
    {
      before: { name: 'ACME', price: 1 },
      after: { name: 'ACME', price: 2 },
      events: ['updated'],
      data: [{ changed: ['price'] }],
    },
    { before: { name: 'ACME' }, after: { name: null }, events: ['updated'] },
    { before: { name: 'ACME' }, after: { name: 'ACME' }, events: [] },
    { before: { name: 'ACME' }, after: { name: 'ACME' }, restored: true, events: ['restored'] },
    { before: { name: 'ACME' }, after: { name: 'Acme' }, restored: true, events: ['restored', 'updated'] },
    { before: null, after: null, events: [] },
  ],
})
