import type { ActionSample, DerivedEvent } from '../capability.ts'
import { defineCapability } from '../capability.ts'
import { sameJson } from '../../model/index.ts'
import type { FieldType, StageType } from '../../model/index.ts'

/** All four, always, also where old and new are equal: receivers of amoCRM's webhooks count on it. */
const moveData: Record<string, FieldType> = {
  old_pipeline_id: 'pipeline',
  pipeline_id: 'pipeline',
  old_stage_id: 'stage',
  stage_id: 'stage',
}

function moveSample(oldStageId: string, stageId: string): ActionSample {
  const pipelineId = '752662'
  return {
    data: {
      old_pipeline_id: pipelineId,
      pipeline_id: pipelineId,
      old_stage_id: oldStageId,
      stage_id: stageId,
    },
    current: { pipeline_id: pipelineId, stage_id: stageId },
    previous: { stage_id: oldStageId },
  }
}

/** What it means to come to a stage of this type from one of another type. */
const arrivals: Record<StageType, string> = { won: 'won', lost: 'lost', open: 'reopened' }

/** Stands on a stage of a pipeline. */
export const staged = defineCapability({
  name: 'staged',
  title: { en: 'Pipeline stages', ru: 'Этапы воронки', pl: 'Etapy lejka', 'pt-BR': 'Etapas do funil' },
  fields: {
    pipeline_id: {
      title: { en: 'Pipeline', ru: 'Воронка', pl: 'Lejek', 'pt-BR': 'Funil' },
      type: 'pipeline',
    },
    stage_id: { title: { en: 'Stage', ru: 'Этап', pl: 'Etap', 'pt-BR': 'Etapa' }, type: 'stage' },
  },
  events: {
    stage_changed: {
      title: { en: 'Stage changed', ru: 'Смена этапа', pl: 'Zmiana etapu', 'pt-BR': 'Mudança de etapa' },
      description: {
        en: 'Moved to another stage or to another pipeline.',
        ru: 'Переход на другой этап или в другую воронку.',
        pl: 'Przejście na inny etap lub do innego lejka.',
        'pt-BR': 'Passagem para outra etapa ou para outro funil.',
      },
      data: moveData,
      transition: true,
      aliases: { amocrm: ['status'] },
      sample: moveSample('16203334', '16203337'),
    },
    won: {
      title: { en: 'Won', ru: 'Успешное завершение', pl: 'Wygrana', 'pt-BR': 'Ganho' },
      description: {
        en: 'Came to a stage that means success.',
        ru: 'Переход на этап, означающий успех.',
        pl: 'Przejście na etap oznaczający sukces.',
        'pt-BR': 'Chegada a uma etapa que significa sucesso.',
      },
      data: moveData,
      transition: true,
      sample: moveSample('16203334', '142'),
    },
    lost: {
      title: { en: 'Lost', ru: 'Проигрыш', pl: 'Przegrana', 'pt-BR': 'Perda' },
      description: {
        en: 'Came to a stage that means failure.',
        ru: 'Переход на этап, означающий неудачу.',
        pl: 'Przejście na etap oznaczający porażkę.',
        'pt-BR': 'Chegada a uma etapa que significa fracasso.',
      },
      data: moveData,
      transition: true,
      sample: moveSample('16203334', '143'),
    },
    reopened: {
      title: { en: 'Reopened', ru: 'Возврат в работу', pl: 'Ponowne otwarcie', 'pt-BR': 'Reabertura' },
      description: {
        en: 'Came back from a won or lost stage to an open one.',
        ru: 'Возврат с завершающего этапа на рабочий.',
        pl: 'Powrót z etapu końcowego na otwarty.',
        'pt-BR': 'Volta de uma etapa final para uma em aberto.',
      },
      data: moveData,
      transition: true,
      sample: moveSample('143', '16203334'),
    },
  },
  derive: (before, after, { stageType }) => {
    if (!before || !after) return []
    if (sameJson(before.stage_id, after.stage_id) && sameJson(before.pipeline_id, after.pipeline_id))
      return []
    const data = {
      old_pipeline_id: before.pipeline_id ?? null,
      pipeline_id: after.pipeline_id ?? null,
      old_stage_id: before.stage_id ?? null,
      stage_id: after.stage_id ?? null,
    }
    const events: DerivedEvent[] = [{ action: 'stage_changed', data }]
    const oldType = stageType(before.pipeline_id, before.stage_id)
    const type = stageType(after.pipeline_id, after.stage_id)
    if (type !== oldType) events.push({ action: arrivals[type], data: { ...data } })
    return events
  },
  examples: [
    {
      before: { pipeline_id: '752662', stage_id: '16203334' },
      after: { pipeline_id: '752662', stage_id: '16203337' },
      events: ['stage_changed'],
      data: [
        {
          old_pipeline_id: '752662',
          pipeline_id: '752662',
          old_stage_id: '16203334',
          stage_id: '16203337',
        },
      ],
    },
    {
      before: { pipeline_id: '1', stage_id: 'offer' },
      after: { pipeline_id: '1', stage_id: 'won' },
      stages: { won: 'won' },
      events: ['stage_changed', 'won'],
    },
    {
      before: { pipeline_id: '1', stage_id: 'won' },
      after: { pipeline_id: '1', stage_id: 'lost' },
      stages: { won: 'won', lost: 'lost' },
      events: ['stage_changed', 'lost'],
    },
    {
      before: { pipeline_id: '1', stage_id: 'lost' },
      after: { pipeline_id: '1', stage_id: 'offer' },
      stages: { lost: 'lost' },
      events: ['stage_changed', 'reopened'],
    },
    {
      // Won stays won: from one pipeline's last stage to another's nothing was won anew.
      before: { pipeline_id: '1', stage_id: 'won' },
      after: { pipeline_id: '2', stage_id: 'signed' },
      stages: { won: 'won', signed: 'won' },
      events: ['stage_changed'],
    },
    {
      before: { pipeline_id: '1', stage_id: 'offer' },
      after: { pipeline_id: '2', stage_id: 'offer' },
      events: ['stage_changed'],
    },
    {
      before: {},
      after: { stage_id: 'offer' },
      events: ['stage_changed'],
      data: [{ old_pipeline_id: null, pipeline_id: null, old_stage_id: null, stage_id: 'offer' }],
    },
    { before: null, after: { stage_id: 'won' }, stages: { won: 'won' }, events: [] },
    { before: { stage_id: 'won' }, after: null, stages: { won: 'won' }, events: [] },
    { before: { stage_id: 'offer' }, after: { stage_id: 'offer', name: 'ACME' }, events: [] },
  ],
})
