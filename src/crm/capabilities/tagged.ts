import { defineCapability } from '../capability.ts'
import { membersMoved, membersOf } from './members.ts'

/** Carries tags. One event per tag, so that a webhook can wait for exactly one of them. */
export const tagged = defineCapability({
  name: 'tagged',
  title: { en: 'Tags', ru: 'Теги', pl: 'Tagi', 'pt-BR': 'Etiquetas' },
  fields: {
    tags: { title: { en: 'Tags', ru: 'Теги', pl: 'Tagi', 'pt-BR': 'Etiquetas' }, type: 'tags' },
  },
  events: {
    tagged: {
      title: { en: 'Tag added', ru: 'Добавление тега', pl: 'Dodanie tagu', 'pt-BR': 'Etiqueta adicionada' },
      description: {
        en: 'A tag was added. Several tags added at once give one event each.',
        ru: 'Добавлен тег. Если добавлено сразу несколько тегов, для каждого будет своё событие.',
        pl: 'Dodano tag. Kilka tagów dodanych naraz daje po jednym zdarzeniu na każdy.',
        'pt-BR':
          'Uma etiqueta foi adicionada. Várias etiquetas adicionadas de uma vez geram um evento para cada uma.',
      },
      data: { tag: 'text', tags: 'tags' },
      transition: true,
      sample: {
        data: { tag: 'vip', tags: ['vip'] },
        current: { tags: ['vip'] },
        previous: { tags: [] },
      },
    },
    untagged: {
      title: { en: 'Tag removed', ru: 'Снятие тега', pl: 'Usunięcie tagu', 'pt-BR': 'Etiqueta removida' },
      description: {
        en: 'A tag was removed. Several tags removed at once give one event each.',
        ru: 'Снят тег. Если снято сразу несколько тегов, для каждого будет своё событие.',
        pl: 'Usunięto tag. Kilka tagów usuniętych naraz daje po jednym zdarzeniu na każdy.',
        'pt-BR':
          'Uma etiqueta foi removida. Várias etiquetas removidas de uma vez geram um evento para cada uma.',
      },
      data: { tag: 'text', tags: 'tags' },
      transition: true,
      sample: {
        data: { tag: 'cold', tags: ['vip'] },
        current: { tags: ['vip'] },
        previous: { tags: ['vip', 'cold'] },
      },
    },
  },
  derive: (before, after) => {
    if (!before || !after) return []
    const tags = membersOf(after.tags)
    const { added, removed } = membersMoved(membersOf(before.tags), tags)
    return [
      ...added.map((tag) => ({ action: 'tagged', data: { tag, tags } })),
      ...removed.map((tag) => ({ action: 'untagged', data: { tag, tags } })),
    ]
  },
  examples: [
    {
      before: { tags: ['vip'] },
      after: { tags: ['vip', 'b2b'] },
      events: ['tagged'],
      data: [{ tag: 'b2b', tags: ['vip', 'b2b'] }],
    },
    { before: {}, after: { tags: ['a', 'b'] }, events: ['tagged', 'tagged'] },
    {
      before: { tags: ['a', 'b'] },
      after: { tags: ['c', 'b'] },
      events: ['tagged', 'untagged'],
      data: [
        { tag: 'c', tags: ['c', 'b'] },
        { tag: 'a', tags: ['c', 'b'] },
      ],
    },
    { before: { tags: ['a'] }, after: { tags: null }, events: ['untagged'], data: [{ tag: 'a', tags: [] }] },
    { before: { tags: ['a', 'b'] }, after: { tags: ['b', 'a'] }, events: [] },
    { before: {}, after: { tags: [] }, events: [] },
    { before: null, after: { tags: ['a'] }, events: [] },
    { before: { tags: ['a'] }, after: null, events: [] },
  ],
})
