/** Which way a stage change went. Between two pipelines there is no way forward or back, so neither holds. */
import { checkNone } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'

/** How many stages further on the record is than before the write; 0 where it cannot be said. */
function stepsMoved({ previous, current, stagePosition, pipelineChanged }: Seen): number {
  if (pipelineChanged) return 0
  const then = stagePosition(previous)
  const now = stagePosition(current)
  return then === null || now === null ? 0 : now - then
}

const stages = ['new', 'offer', 'won']

export const movedForward = defineOperator({
  name: 'movedForward',
  title: {
    en: 'has moved forward',
    ru: 'продвинулось вперёд',
    pl: 'przesunęło się do przodu',
    'pt-BR': 'avançou',
  },
  accepts: ['stage'],
  transition: true,
  values: 'none',
  check: checkNone,
  test: (seen) => stepsMoved(seen) > 0,
  examples: [
    { previous: 'new', current: 'won', stages, holds: true },
    { previous: 'won', current: 'offer', stages, holds: false },
    { current: 'won', stages, holds: false },
    { previous: 'new', current: 'won', stages, pipelineChanged: true, holds: false },
    { previous: 'archive', current: 'won', stages, holds: false },
    { previous: null, current: 'won', stages, holds: false },
    { previous: 'won', current: null, stages, holds: false },
  ],
})

export const movedBackward = defineOperator({
  name: 'movedBackward',
  title: { en: 'has moved backward', ru: 'вернулось назад', pl: 'cofnęło się', 'pt-BR': 'retrocedeu' },
  accepts: ['stage'],
  transition: true,
  values: 'none',
  check: checkNone,
  test: (seen) => stepsMoved(seen) < 0,
  examples: [
    { previous: 'won', current: 'offer', stages, holds: true },
    { previous: 'new', current: 'won', stages, holds: false },
    { current: 'new', stages, holds: false },
    { previous: 'won', current: 'new', stages, pipelineChanged: true, holds: false },
    { previous: 'won', current: 'archive', stages, holds: false },
    { previous: 'won', current: null, stages, holds: false },
  ],
})
