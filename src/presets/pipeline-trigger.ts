import { askConditions, askParams, askStage, askUrl } from './asks.ts'
import { definePreset } from './preset.ts'

/**
 * amoCRM's widget "Webhooks in the digital pipeline": a trigger on a stage, with GET or POST and parameters that are fields
 * or values. It fires also for a lead that is created in the stage.
 */
export const pipelineTrigger = definePreset({
  name: 'pipeline-trigger',
  title: {
    en: 'Trigger on a pipeline stage',
    ru: 'Триггер на этапе воронки',
    pl: 'Wyzwalacz na etapie lejka',
    'pt-BR': 'Gatilho em uma etapa do funil',
  },
  description: {
    en: 'When a lead comes to a stage, send parameters of your choice by POST or GET.',
    ru: 'Когда сделка попадает на этап, отправить выбранные параметры методом POST или GET.',
    pl: 'Gdy lead trafi na etap, wyślij wybrane parametry metodą POST lub GET.',
    'pt-BR': 'Quando um lead chega a uma etapa, enviar os parâmetros escolhidos por POST ou GET.',
  },
  system: 'amoCRM',
  guide: 'pipeline-trigger',
  webhook: {
    events: ['lead.stage_changed'],
    entering: 'moved_or_created',
    request: {
      method: 'POST',
      format: 'params',
      options: {
        // The widget's receivers are written for forms, as PHP reads them.
        encoding: 'form',
        params: [
          { name: 'lead_id', from: 'field', value: 'record.id' },
          { name: 'lead_name', from: 'field', value: 'current.name' },
          { name: 'price', from: 'field', value: 'current.price' },
          { name: 'pipeline_id', from: 'field', value: 'current.pipeline_id' },
          { name: 'status_id', from: 'field', value: 'current.stage_id' },
          { name: 'responsible_user_id', from: 'field', value: 'current.owner_id' },
        ],
      },
    },
  },
  // To enter a place there must be a place, so here the stage is required.
  asks: [{ ...askStage, required: true }, askConditions, askUrl, askParams],
  examples: [
    {
      title: 'A lead comes to the stage',
      asked: {
        scope: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
        request: { url: 'https://erp.example/hook' },
      },
      event: {
        type: 'lead.stage_changed',
        record: { kind: 'lead', id: '4831596' },
        current: {
          name: 'Deal with ACME',
          price: 12000,
          pipeline_id: '752662',
          stage_id: '16203337',
          owner_id: '7',
        },
        previous: { stage_id: '16203334' },
        data: {
          old_pipeline_id: '752662',
          pipeline_id: '752662',
          old_stage_id: '16203334',
          stage_id: '16203337',
        },
        related: {},
      },
      sent: {
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body: 'lead_id=4831596&lead_name=Deal+with+ACME&price=12000&pipeline_id=752662&status_id=16203337&responsible_user_id=7',
        query: [],
      },
    },
    {
      title: 'By GET, with parameters of its own',
      asked: {
        scope: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
        request: {
          url: 'https://erp.example/hook',
          method: 'GET',
          options: {
            encoding: 'form',
            params: [
              { name: 'deal_id', from: 'field', value: 'record.id' },
              { name: 'origin', from: 'value', value: 'amocrm' },
            ],
          },
        },
      },
      event: {
        type: 'lead.created',
        record: { kind: 'lead', id: '4831596' },
        current: { pipeline_id: '752662', stage_id: '16203337' },
        previous: {},
        data: {},
        related: {},
      },
      sent: {
        method: 'GET',
        contentType: null,
        body: null,
        query: [
          ['deal_id', '4831596'],
          ['origin', 'amocrm'],
        ],
      },
    },
  ],
})
