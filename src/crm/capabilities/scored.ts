import { defineCapability } from '../capability.ts'
import { sameJson } from '../../model/index.ts'

/** Has a score. "Scoring reached 150" is its event with the condition `crossedAbove 150`. */
export const scored = defineCapability({
  name: 'scored',
  title: { en: 'Scoring', ru: 'Скоринг', pl: 'Scoring', 'pt-BR': 'Pontuação' },
  fields: {
    score: { title: { en: 'Score', ru: 'Баллы', pl: 'Punkty', 'pt-BR': 'Pontuação' }, type: 'number' },
  },
  events: {
    score_changed: {
      title: {
        en: 'Score changed',
        ru: 'Изменение баллов',
        pl: 'Zmiana scoringu',
        'pt-BR': 'Mudança de pontuação',
      },
      description: {
        en: 'The score was set, went up or down, or was cleared. To wait for a threshold, add a condition.',
        ru: 'Баллы заданы, выросли, снизились или очищены. Чтобы ждать определённого порога, добавьте условие.',
        pl: 'Scoring został ustawiony, wzrósł, spadł lub został usunięty. Aby czekać na próg, dodaj warunek.',
        'pt-BR':
          'A pontuação foi definida, subiu, caiu ou foi apagada. Para esperar um limite, adicione uma condição.',
      },
      data: { old_score: 'number', score: 'number' },
      transition: true,
      sample: {
        data: { old_score: 140, score: 155 },
        current: { score: 155 },
        previous: { score: 140 },
      },
    },
  },
  derive: (before, after) =>
    before && after && !sameJson(before.score, after.score)
      ? [{ action: 'score_changed', data: { old_score: before.score ?? null, score: after.score ?? null } }]
      : [],
  examples: [
    {
      before: { score: 140 },
      after: { score: 155 },
      events: ['score_changed'],
      data: [{ old_score: 140, score: 155 }],
    },
    { before: {}, after: { score: 0 }, events: ['score_changed'], data: [{ old_score: null, score: 0 }] },
    { before: { score: 5 }, after: { score: 5 }, events: [] },
    { before: null, after: { score: 5 }, events: [] },
    { before: { score: 5 }, after: null, events: [] },
  ],
})
