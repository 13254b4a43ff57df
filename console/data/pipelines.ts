import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, post, put, remove } from './client.ts'
import { wholeList } from './whole-list.ts'

export type StageType = 'open' | 'won' | 'lost'

/** A step of a pipeline; its id is unique within the pipeline. */
export interface Stage {
  id: string
  name: string
  type: StageType
  /** As CSS writes it: `#4dabf7`. */
  color: string | null
  /** `discovered`: a record named it first, and nobody has given it a name yet. */
  origin: 'declared' | 'discovered'
}

/** The ordered steps of one kind; its id is unique per kind. */
export interface Pipeline {
  kind: string
  id: string
  name: string
  origin: 'declared' | 'discovered'
  stages: Stage[]
}

export interface PipelineInput {
  kind: string
  id: string
  name?: string
  /** All of them, in their order: those that are not named are gone. */
  stages?: { id: string; name?: string; type?: StageType; color?: string | null }[]
}

/** Active records on a stage; `stage_id` is null for those of the pipeline that stand on none. */
export interface StageCount {
  stage_id: string | null
  records: number
}

/** Every pipeline of the account with its stages, of all kinds; there are few. */
export const allPipelines = queryOptions({
  queryKey: ['pipelines', 'all'],
  queryFn: ({ signal }) => wholeList<Pipeline>('/pipelines', {}, signal),
  staleTime: 30_000,
})

export const stageCounts = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['pipelines', 'counts', kind, id],
    queryFn: async ({ signal }) =>
      (await get<{ items: StageCount[] }>(api`/pipelines/${kind}/${id}/counts`, undefined, signal)).items,
  })

function usePipelineChange<T>(run: (input: T) => Promise<Pipeline>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['pipelines'] }),
  })
}

/** A new one; an id that is taken within the kind is refused. */
export const useMakePipeline = () =>
  usePipelineChange((pipeline: PipelineInput) => post<Pipeline>('/pipelines', pipeline))

/** Makes it what is sent, stages included. */
export const usePutPipeline = () =>
  usePipelineChange(({ kind, id, ...pipeline }: PipelineInput) =>
    put<Pipeline>(api`/pipelines/${kind}/${id}`, pipeline),
  )

/** Records keep its id; the next write that names it discovers it anew. */
export function useDeletePipeline() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, id }: { kind: string; id: string }) => remove(api`/pipelines/${kind}/${id}`),
    onSuccess: (_nothing, { kind, id }) => {
      client.setQueryData(allPipelines.queryKey, (old) =>
        old?.filter((pipeline) => pipeline.kind !== kind || pipeline.id !== id),
      )
    },
  })
}
