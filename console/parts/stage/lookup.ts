import type { Pipeline, Stage } from '../../data/pipelines.ts'

export function findPipeline(pipelines: Pipeline[], kind: string, id: string): Pipeline | undefined {
  return pipelines.find((pipeline) => pipeline.kind === kind && pipeline.id === id)
}

/** A stage; without a pipeline's id the one pipeline of the kind that has it, as the server takes it, too. */
export function findStage(
  pipelines: Pipeline[],
  kind: string,
  pipelineId: string | null,
  stageId: string,
): Stage | undefined {
  const having = pipelines
    .filter((pipeline) => pipeline.kind === kind && (pipelineId === null || pipeline.id === pipelineId))
    .flatMap(({ stages }) => stages.filter(({ id }) => id === stageId))
  return having.length === 1 ? having[0] : undefined
}
