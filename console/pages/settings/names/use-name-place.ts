import { useMutation, useQueryClient } from '@tanstack/react-query'
import { allPipelines, usePutPipeline } from '../../../data/pipelines.ts'
import { findPipeline } from '../../../parts/stage/lookup.ts'
import { named, type Naming } from './waiting.ts'

/**
 * Names a pipeline or a stage. A pipeline is written as a whole, so each name is put into the pipeline as it is by then: one
 * after the other, or a quick typist's second name would take the first one back.
 */
export function useNamePlace() {
  const client = useQueryClient()
  const put = usePutPipeline()
  return useMutation({
    scope: { id: 'name-place' },
    meta: { quiet: true },
    mutationFn: async ({ kind, id, naming }: { kind: string; id: string; naming: Naming }) => {
      const pipelines = await client.fetchQuery({ ...allPipelines, staleTime: 0 })
      const pipeline = findPipeline(pipelines, kind, id)
      // Deleted meanwhile: there is nothing left to name, and the list says so.
      return pipeline ? put.mutateAsync(named(pipeline, naming)) : null
    },
  })
}
