import type { DeclaredEventType, DeclaredKind } from './declared.ts'
import type { AccountField } from './field.ts'

export type StageType = 'open' | 'won' | 'lost'

/** A step of a pipeline. Ids are the caller's own text, unique within the pipeline. */
export interface Stage {
  id: string
  name: string
  type: StageType
  color: string | null
  origin: 'declared' | 'discovered'
}

/** Of one pipeline, declared and discovered together. */
export const stagesMax = 200

/** The ordered steps of one kind. Ids are unique per kind. */
export interface Pipeline {
  kind: string
  id: string
  name: string
  origin: 'declared' | 'discovered'
  /** In their order. */
  stages: Stage[]
}

/** A person that owns records. */
export interface CrmUser {
  id: string
  name: string
  email: string | null
  origin: 'declared' | 'discovered'
}

/** What an account calls its things: read whole, because it is small and asked for with every event. */
export interface AccountSchema {
  /** Beyond the built-in ones. */
  kinds: DeclaredKind[]
  event_types: DeclaredEventType[]
  fields: AccountField[]
  pipelines: Pipeline[]
  users: CrmUser[]
}
