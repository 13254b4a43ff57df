import type { Pipeline } from '../../data/pipelines.ts'

const key = 'hookline.pipeline'

/** The board that was open last; else the first one of leads, which most look for; else the first one. */
export function lastPipeline(pipelines: Pipeline[]): Pipeline | undefined {
  const last = localStorage.getItem(key)
  return (
    pipelines.find((pipeline) => textOf(pipeline) === last) ??
    pipelines.find(({ kind }) => kind === 'lead') ??
    pipelines[0]
  )
}

export function rememberPipeline(pipeline: Pipeline): void {
  localStorage.setItem(key, textOf(pipeline))
}

const textOf = ({ kind, id }: Pipeline) => JSON.stringify([kind, id])
