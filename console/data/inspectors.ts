import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, type Page, patch, post, remove } from './client.ts'

export interface InspectorAnswer {
  status: number
  delay_ms: number
  headers: { name: string; value: string }[]
  body: string
}

/** A test address; what is sent to `url` is kept and shown. */
export interface Inspector {
  id: string
  name: string
  url: string
  answer: InspectorAnswer
  created_at: string
}

export interface InspectorRequest {
  id: string
  at: string
  method: string
  url: string
  query: string
  headers: [string, string][]
  body: string | null
  body_encoding: 'utf8' | 'base64'
}

export const inspectorList = queryOptions({
  queryKey: ['inspectors', 'list'],
  queryFn: ({ signal }) => get<Page<Inspector>>('/inspectors', { limit: 100 }, signal),
})

export const inspectorRequests = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['inspectors', id, 'requests'],
    queryFn: ({ pageParam, signal }) =>
      get<Page<InspectorRequest>>(api`/inspectors/${id}/requests`, { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

function useInspectorChange<T, R>(run: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () => client.invalidateQueries({ queryKey: ['inspectors'] }),
  })
}

export const useMakeInspector = () =>
  useInspectorChange((input: { name?: string; answer?: Partial<InspectorAnswer> }) =>
    post<Inspector>('/inspectors', input),
  )

export const useChangeInspector = () =>
  useInspectorChange(({ id, ...change }: { id: string; name?: string; answer?: Partial<InspectorAnswer> }) =>
    patch<Inspector>(api`/inspectors/${id}`, change),
  )

export const useDeleteInspector = () => useInspectorChange((id: string) => remove(api`/inspectors/${id}`))

export const useForgetRequests = () =>
  useInspectorChange((id: string) => remove(api`/inspectors/${id}/requests`))
