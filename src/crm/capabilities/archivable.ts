import { defineCapability } from '../capability.ts'
import type { FieldType, Json } from '../../model/index.ts'

const stateData: Record<string, FieldType> = { old_state: 'choice', state: 'choice', reason: 'text' }

/** The event of each state, by the state that was reached. */
const arrivals = new Map<Json, string>([
  ['archived', 'archived'],
  ['discarded', 'discarded'],
  ['active', 'reactivated'],
])

/** Can be put away (archived), given up (discarded), and taken up again. A record without a state is active. */
export const archivable = defineCapability({
  name: 'archivable',
  title: { en: 'Archive', ru: 'Архив', pl: 'Archiwum', 'pt-BR': 'Arquivo' },
  fields: {
    state: {
      title: { en: 'State', ru: 'Состояние', pl: 'Stan', 'pt-BR': 'Situação' },
      type: 'choice',
      choices: ['active', 'archived', 'discarded'],
    },
    state_reason: {
      title: {
        en: 'Reason of the state',
        ru: 'Причина состояния',
        pl: 'Powód stanu',
        'pt-BR': 'Motivo da situação',
      },
      type: 'text',
    },
  },
  explains: { state_reason: 'state' },
  events: {
    archived: {
      title: { en: 'Archived', ru: 'Перенос в архив', pl: 'Archiwizacja', 'pt-BR': 'Arquivamento' },
      description: {
        en: 'Put away into the archive. The event names the reason, if one was given.',
        ru: 'Перенос в архив. Событие называет причину, если она указана.',
        pl: 'Przeniesienie do archiwum. Zdarzenie podaje powód, jeśli go wpisano.',
        'pt-BR': 'Passagem para o arquivo. O evento cita o motivo, se foi informado.',
      },
      data: stateData,
      transition: true,
      sample: {
        data: { old_state: 'active', state: 'archived', reason: 'No need this year' },
        current: { state: 'archived', state_reason: 'No need this year' },
        previous: { state: 'active', state_reason: null },
      },
    },
    discarded: {
      title: { en: 'Discarded', ru: 'Отбраковка', pl: 'Odrzucenie', 'pt-BR': 'Descarte' },
      description: {
        en: 'Given up as not worth pursuing. The event names the reason, if one was given.',
        ru: 'Отказ от дальнейшей работы. Событие называет причину, если она указана.',
        pl: 'Rezygnacja z dalszej pracy. Zdarzenie podaje powód, jeśli go wpisano.',
        'pt-BR': 'Desistência de continuar o trabalho. O evento cita o motivo, se foi informado.',
      },
      data: stateData,
      transition: true,
      sample: {
        data: { old_state: 'active', state: 'discarded', reason: 'Wrong number' },
        current: { state: 'discarded', state_reason: 'Wrong number' },
        previous: { state: 'active', state_reason: null },
      },
    },
    reactivated: {
      title: { en: 'Reactivated', ru: 'Возобновление', pl: 'Ponowna aktywacja', 'pt-BR': 'Reativação' },
      description: {
        en: 'Came back to active from being archived or discarded.',
        ru: 'Возврат в работу из архива или после отбраковки.',
        pl: 'Powrót do aktywnych z archiwum lub po odrzuceniu.',
        'pt-BR': 'Volta à atividade depois de arquivado ou descartado.',
      },
      data: stateData,
      transition: true,
      sample: {
        data: { old_state: 'archived', state: 'active', reason: 'Asked for a new offer' },
        current: { state: 'active', state_reason: 'Asked for a new offer' },
        previous: { state: 'archived', state_reason: 'No need this year' },
      },
    },
  },
  derive: (before, after) => {
    if (!before || !after) return []
    const oldState = before.state ?? 'active'
    const state = after.state ?? 'active'
    const action = state === oldState ? undefined : arrivals.get(state)
    return action
      ? [{ action, data: { old_state: oldState, state, reason: after.state_reason ?? null } }]
      : []
  },
  examples: [
    {
      before: {},
      after: { state: 'archived', state_reason: 'No need this year' },
      events: ['archived'],
      data: [{ old_state: 'active', state: 'archived', reason: 'No need this year' }],
    },
    {
      before: { state: 'archived' },
      after: { state: 'discarded' },
      events: ['discarded'],
      data: [{ old_state: 'archived', state: 'discarded', reason: null }],
    },
    { before: { state: 'discarded' }, after: { state: 'active' }, events: ['reactivated'] },
    { before: { state: 'archived' }, after: { state: null }, events: ['reactivated'] },
    { before: {}, after: { state: 'active' }, events: [] },
    { before: { state: 'archived' }, after: { state: 'archived', state_reason: 'Moved' }, events: [] },
    { before: null, after: { state: 'archived' }, events: [] },
    { before: { state: 'archived' }, after: null, events: [] },
  ],
})
