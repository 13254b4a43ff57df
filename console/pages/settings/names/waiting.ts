import type { AccountField } from '../../../data/fields.ts'
import type { Pipeline, PipelineInput, Stage, StageType } from '../../../data/pipelines.ts'
import type { CrmUser } from '../../../data/users.ts'

/** What records named and people have not: a pipeline stands here for itself, its stages, or both. */
export interface Waiting {
  pipelines: { pipeline: Pipeline; itself: boolean; stages: Stage[] }[]
  fields: AccountField[]
  users: CrmUser[]
  count: number
}

/**
 * Whether people have not named it: a record brought it, or it was kept under its number when something beside it was named.
 */
export function isUnnamed({ id, name, origin }: Pick<Stage, 'id' | 'name' | 'origin'>): boolean {
  return origin === 'discovered' || (name === id && !/\p{L}/u.test(id))
}

export function waitingOf(pipelines: Pipeline[], fields: AccountField[], users: CrmUser[]): Waiting {
  const unnamed = pipelines
    .map((pipeline) => ({
      pipeline,
      itself: isUnnamed(pipeline),
      stages: pipeline.stages.filter(isUnnamed),
    }))
    .filter(({ itself, stages }) => itself || stages.length > 0)
  const found = {
    pipelines: unnamed,
    fields: fields.filter(({ origin }) => origin === 'discovered'),
    users: users.filter(({ origin }) => origin === 'discovered'),
  }
  const places = unnamed.reduce((sum, { itself, stages }) => sum + Number(itself) + stages.length, 0)
  return { ...found, count: places + found.fields.length + found.users.length }
}

/** What is said of a pipeline (`stageId` null) or of one of its stages. */
export interface Naming {
  stageId: string | null
  name: string
  type?: StageType
}

/** The whole pipeline with one more name. What nobody has named yet is sent without one. */
export function named({ kind, id, ...pipeline }: Pipeline, naming: Naming): PipelineInput {
  const name =
    naming.stageId === null ? naming.name : isUnnamed({ id, ...pipeline }) ? undefined : pipeline.name
  return {
    kind,
    id,
    ...(name === undefined ? {} : { name }),
    stages: pipeline.stages.map((stage) => {
      const { id: stageId, type, color } = stage
      if (stageId === naming.stageId)
        return { id: stageId, name: naming.name, type: naming.type ?? type, color }
      return { id: stageId, type, color, ...(isUnnamed(stage) ? {} : { name: stage.name }) }
    }),
  }
}
