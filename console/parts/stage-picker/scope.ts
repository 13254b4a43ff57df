/** A webhook's scope as people pick it: stages of pipelines, and periods that hold for all of them. */
import type { ScopeEntry } from '../../data/webhooks.ts'

/** One pipeline: some of its stages, or all of them, also those to come (`null`). */
export interface Place {
  pipeline_id: string
  stage_ids: string[] | null
}

export interface PickedScope {
  places: Place[]
  /** Asked for beside every place; alone where there is none. */
  periods: string[]
  /** What cannot be picked here (stages without a pipeline, periods of one place only): shown, and kept as it is. */
  other: ScopeEntry[]
}

/** Entries of one pipeline become one place: they are joined by OR. */
export function readScope(scope: readonly ScopeEntry[]): PickedScope {
  const [first] = scope
  const same = scope.every((entry) => sameIds(entry.period_ids, first?.period_ids))
  const periods = (same && first?.period_ids) || []
  const picked: PickedScope = { places: [], periods, other: [] }
  for (const entry of scope) {
    if (entry.pipeline_id === undefined) {
      if (entry.stage_ids || !same || scope.length > 1) picked.other.push(entry)
    } else if (!same && entry.period_ids) {
      picked.other.push(entry)
    } else {
      joinPlace(picked.places, { pipeline_id: entry.pipeline_id, stage_ids: entry.stage_ids ?? null })
    }
  }
  // Periods of a pipeline that also stands among the others would reach too far.
  return picked.other.length > 0 ? withoutPeriods(picked, scope) : picked
}

function withoutPeriods(picked: PickedScope, scope: readonly ScopeEntry[]): PickedScope {
  if (picked.periods.length === 0) return picked
  return { places: [], periods: [], other: [...scope] }
}

function joinPlace(places: Place[], { pipeline_id, stage_ids }: Place): void {
  const at = places.find((place) => place.pipeline_id === pipeline_id)
  if (!at) places.push({ pipeline_id, stage_ids: stage_ids && [...stage_ids] })
  else at.stage_ids = at.stage_ids && stage_ids && [...new Set([...at.stage_ids, ...stage_ids])]
}

export function writeScope({ places, periods, other }: PickedScope): ScopeEntry[] {
  const period = periods.length > 0 ? { period_ids: periods } : {}
  const entries = places.map(({ pipeline_id, stage_ids }) => ({
    pipeline_id,
    ...(stage_ids ? { stage_ids } : {}),
    ...period,
  }))
  if (entries.length === 0 && other.length === 0) return periods.length > 0 ? [period] : []
  return [...entries, ...other]
}

/** A stage in or out. One of a pipeline that was in as a whole narrows it to that stage. */
export function toggleStage(picked: PickedScope, pipelineId: string, stageId: string): PickedScope {
  const place = picked.places.find(({ pipeline_id }) => pipeline_id === pipelineId)
  const before = place?.stage_ids ?? []
  const stageIds = before.includes(stageId) ? before.filter((id) => id !== stageId) : [...before, stageId]
  return withPlace(picked, pipelineId, stageIds.length > 0 ? stageIds : undefined)
}

/** The whole pipeline in or out. */
export function togglePipeline(picked: PickedScope, pipelineId: string): PickedScope {
  const whole = picked.places.some((place) => place.pipeline_id === pipelineId && place.stage_ids === null)
  return withPlace(picked, pipelineId, whole ? undefined : null)
}

/** Stages beside those that are in; none of them: the whole pipeline. */
export function addPlace(picked: PickedScope, pipelineId: string, stageIds: string[]): PickedScope {
  const before = picked.places.find(({ pipeline_id }) => pipeline_id === pipelineId)?.stage_ids ?? []
  return withPlace(picked, pipelineId, stageIds.length > 0 ? [...new Set([...before, ...stageIds])] : null)
}

function withPlace(
  picked: PickedScope,
  pipelineId: string,
  stageIds: string[] | null | undefined,
): PickedScope {
  const known = picked.places.some(({ pipeline_id }) => pipeline_id === pipelineId)
  const fresh = stageIds === undefined ? [] : [{ pipeline_id: pipelineId, stage_ids: stageIds }]
  const places = known
    ? picked.places.flatMap((place) => (place.pipeline_id === pipelineId ? fresh : [place]))
    : [...picked.places, ...fresh]
  return { ...picked, places }
}

function sameIds(a: string[] | undefined, b: string[] | undefined): boolean {
  return JSON.stringify(a?.toSorted() ?? []) === JSON.stringify(b?.toSorted() ?? [])
}
