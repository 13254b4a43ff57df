import { createContext, use } from 'react'
import type { ConditionWords } from '../../../parts/condition/text.ts'
import type { AskableFields } from './scene.ts'

/** What every row of the builder needs to know. */
export interface ConditionScene {
  fields: AskableFields
  words: ConditionWords
  /** Those of the chosen events: they name the fields. */
  kinds: readonly string[]
  /** What the server found wrong at this place (`conditions.rules[0].value`), in words. */
  problemAt: (path: string) => string | null
  readOnly: boolean
  /** The row that was added last: it takes the focus. */
  addedId: string | null
}

export const ConditionSceneContext = createContext<ConditionScene | null>(null)

export function useConditionScene(): ConditionScene {
  const scene = use(ConditionSceneContext)
  if (!scene) throw new Error('There are no conditions around this.')
  return scene
}
