import { defineCapability } from '../capability.ts'
import { sameJson } from '../../model/index.ts'

/** Has a person who is responsible for it. */
export const owned = defineCapability({
  name: 'owned',
  title: { en: 'Responsible person', ru: 'Ответственный', pl: 'Opiekun', 'pt-BR': 'Responsável' },
  fields: {
    owner_id: {
      title: { en: 'Responsible', ru: 'Ответственный', pl: 'Opiekun', 'pt-BR': 'Responsável' },
      type: 'user',
    },
  },
  events: {
    reassigned: {
      title: {
        en: 'Responsible changed',
        ru: 'Смена ответственного',
        pl: 'Zmiana opiekuna',
        'pt-BR': 'Mudança de responsável',
      },
      description: {
        en: 'Another person became responsible, or nobody is responsible any more.',
        ru: 'Ответственным стал другой человек, или ответственного больше нет.',
        pl: 'Opiekunem została inna osoba albo nie ma już żadnego opiekuna.',
        'pt-BR': 'Outra pessoa passou a ser responsável, ou não há mais ninguém responsável.',
      },
      data: { old_owner_id: 'user', owner_id: 'user' },
      transition: true,
      aliases: { amocrm: ['responsible'] },
      sample: {
        data: { old_owner_id: '7', owner_id: '9' },
        current: { owner_id: '9' },
        previous: { owner_id: '7' },
      },
    },
  },
  derive: (before, after) =>
    before && after && !sameJson(before.owner_id, after.owner_id)
      ? [
          {
            action: 'reassigned',
            data: { old_owner_id: before.owner_id ?? null, owner_id: after.owner_id ?? null },
          },
        ]
      : [],
  examples: [
    {
      before: { owner_id: '7' },
      after: { owner_id: '9' },
      events: ['reassigned'],
      data: [{ old_owner_id: '7', owner_id: '9' }],
    },
    { before: {}, after: { owner_id: '9' }, events: ['reassigned'] },
    {
      before: { owner_id: '7' },
      after: { owner_id: null },
      events: ['reassigned'],
      data: [{ old_owner_id: '7', owner_id: null }],
    },
    { before: {}, after: { owner_id: null }, events: [] },
    { before: null, after: { owner_id: '9' }, events: [] },
    { before: { owner_id: '9' }, after: null, events: [] },
  ],
})
