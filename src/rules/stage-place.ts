/** Which pipeline the stage in a field belongs to, so that it can be placed in that pipeline's order. */
import type { CrmEvent, Json } from '../model/index.ts'
import { idIn, readId } from './read-value.ts'
import type { Surroundings } from './surroundings.ts'

type PlaceStage = (event: CrmEvent, stageId: Json | undefined) => number | null

/**
 * A field that tells of the time before the write (`previous.stage_id`, `data.old_stage_id`) speaks of the pipeline of then,
 * one of a linked record (`customer.stage_id`) of that record's pipeline, all others of the pipeline that the record is in now.
 */
export function compileStagePlace(path: string, { stagePosition }: Surroundings): PlaceStage {
  const root = path.slice(0, path.indexOf('.'))
  if (root === 'current' || root === 'data' || root === 'previous') {
    const isOld = root === 'previous' || path.startsWith('data.old_')
    return (event, stageId) =>
      place(event.record.kind, isOld ? pipelineBefore(event) : pipelineNow(event), stageId)
  }
  // Linked records are related by the name of their kind.
  return (event, stageId) => {
    const linked = Object.hasOwn(event.related, root) ? event.related[root]! : {}
    return place(root, idIn(linked, 'pipeline_id'), stageId)
  }

  function place(kind: string, pipelineId: string | null, stageId: Json | undefined): number | null {
    const id = readId(stageId)
    return pipelineId === null || id === null ? null : stagePosition(kind, pipelineId, id)
  }
}

export function pipelineChanged(event: CrmEvent): boolean {
  return pipelineBefore(event) !== pipelineNow(event)
}

/** Events that were posted ready-made may tell their pipeline in the data only. */
function pipelineNow({ current, data }: CrmEvent): string | null {
  return idIn(current, 'pipeline_id') ?? idIn(data, 'pipeline_id')
}

function pipelineBefore(event: CrmEvent): string | null {
  if (Object.hasOwn(event.data, 'old_pipeline_id')) return idIn(event.data, 'old_pipeline_id')
  return Object.hasOwn(event.previous, 'pipeline_id')
    ? idIn(event.previous, 'pipeline_id')
    : pipelineNow(event)
}
