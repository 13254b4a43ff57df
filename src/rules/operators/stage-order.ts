/** Where a stage stands in its pipeline's order. A stage of another pipeline is neither before nor after. */
import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'

/** How many stages the field's stage is behind the one asked for; null where they have no order. */
function distance({ current, value, stagePosition }: Seen): number | null {
  const position = stagePosition(current)
  const asked = stagePosition(value)
  return position === null || asked === null ? null : position - asked
}

const stages = ['new', 'offer', 'won']

export const beforeStage = defineOperator({
  name: 'beforeStage',
  title: {
    en: 'is before the stage',
    ru: 'раньше этапа',
    pl: 'jest przed etapem',
    'pt-BR': 'está antes da etapa',
  },
  accepts: ['stage'],
  values: 'one',
  check: checkOne,
  test: (seen) => (distance(seen) ?? 0) < 0,
  examples: [
    { current: 'new', value: 'offer', stages, holds: true },
    { current: 'offer', value: 'offer', stages, holds: false },
    { current: 'won', value: 'offer', stages, holds: false },
    { current: 'archive', value: 'offer', stages, holds: false },
    { current: 'new', value: 'stage-of-another-pipeline', stages, holds: false },
    { current: null, value: 'offer', stages, holds: false },
  ],
})

export const afterStage = defineOperator({
  name: 'afterStage',
  title: {
    en: 'is after the stage',
    ru: 'позже этапа',
    pl: 'jest za etapem',
    'pt-BR': 'está depois da etapa',
  },
  accepts: ['stage'],
  values: 'one',
  check: checkOne,
  test: (seen) => (distance(seen) ?? 0) > 0,
  examples: [
    { current: 'won', value: 'offer', stages, holds: true },
    { current: 'offer', value: 'offer', stages, holds: false },
    { current: 'new', value: 'offer', stages, holds: false },
    { current: 'archive', value: 'offer', stages, holds: false },
    { current: 'won', value: 'stage-of-another-pipeline', stages, holds: false },
    { current: null, value: 'offer', stages, holds: false },
  ],
})
