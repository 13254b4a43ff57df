import { completable } from '../capabilities/completable.ts'
import { lifecycle } from '../capabilities/lifecycle.ts'
import { owned } from '../capabilities/owned.ts'
import { defineKind } from '../kind.ts'
import { name } from './built-in-fields.ts'

/** Something that somebody has to do. */
export const task = defineKind({
  name: 'task',
  title: { en: 'Task', ru: 'Задача', pl: 'Zadanie', 'pt-BR': 'Tarefa' },
  plural: { en: 'Tasks', ru: 'Задачи', pl: 'Zadania', 'pt-BR': 'Tarefas' },
  capabilities: [lifecycle, owned, completable],
  fields: { name },
  aliases: {
    created: { amocrm: ['add_task'] },
    updated: { amocrm: ['update_task'] },
    deleted: { amocrm: ['delete_task'] },
    reassigned: { amocrm: ['responsible_task'] },
  },
  sample: { name: 'Call Anna back', owner_id: '7', completed: false },
})
