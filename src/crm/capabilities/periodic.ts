import { defineCapability } from '../capability.ts'
import { sameJson } from '../../model/index.ts'

/** Moves through the periods of repeat purchase, as amoCRM's customers do. */
export const periodic = defineCapability({
  name: 'periodic',
  title: {
    en: 'Purchase periods',
    ru: 'Периоды покупки',
    pl: 'Okresy zakupowe',
    'pt-BR': 'Períodos de compra',
  },
  fields: {
    period_id: { title: { en: 'Period', ru: 'Период', pl: 'Okres', 'pt-BR': 'Período' }, type: 'period' },
  },
  events: {
    period_changed: {
      title: {
        en: 'Period changed',
        ru: 'Смена периода',
        pl: 'Zmiana okresu',
        'pt-BR': 'Mudança de período',
      },
      description: {
        en: 'The purchase period was set, changed or cleared.',
        ru: 'Период покупки задан, изменён или очищен.',
        pl: 'Okres zakupowy został ustawiony, zmieniony lub usunięty.',
        'pt-BR': 'O período de compra foi definido, alterado ou apagado.',
      },
      data: { old_period_id: 'period', period_id: 'period' },
      transition: true,
      aliases: { amocrm: ['period'] },
      sample: {
        data: { old_period_id: '16203334', period_id: '16203337' },
        current: { period_id: '16203337' },
        previous: { period_id: '16203334' },
      },
    },
  },
  derive: (before, after) =>
    before && after && !sameJson(before.period_id, after.period_id)
      ? [
          {
            action: 'period_changed',
            data: { old_period_id: before.period_id ?? null, period_id: after.period_id ?? null },
          },
        ]
      : [],
  examples: [
    {
      before: { period_id: '16203334' },
      after: { period_id: '16203337' },
      events: ['period_changed'],
      data: [{ old_period_id: '16203334', period_id: '16203337' }],
    },
    { before: {}, after: { period_id: '1' }, events: ['period_changed'] },
    { before: { period_id: '1' }, after: { period_id: '1' }, events: [] },
    { before: null, after: { period_id: '1' }, events: [] },
    { before: { period_id: '1' }, after: null, events: [] },
  ],
})
