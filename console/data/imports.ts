import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, get, type Page, post, type ProblemDetail } from './client.ts'

/** Many records brought in at once, applied in the background. */
export interface RecordImport {
  id: string
  kind: string
  format: 'ndjson' | 'csv'
  /** false: records change, and no events come of it. */
  fire: boolean
  state: 'running' | 'done' | 'canceled'
  lines_total: number
  /** How many of them are through, be it well or not. */
  lines_done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  events: number
  created_at: string
  updated_at: string
}

/** A line that was refused; `line` counts from 1 in what was sent. */
export interface ImportError {
  line: number
  errors: ProblemDetail[]
  /** The line itself, cut where it is long. */
  content: string
}

/** As often as that one looks how far a running import is. */
const lookEveryMs = 1000

/** Newest first; asked again as long as one is running. */
export const importList = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    get<Page<RecordImport>>('/imports', { limit: 20, cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((one) => one.state === 'running')) ? lookEveryMs : false,
})

/** By line. `failed` makes the list be read again while more are refused. */
export const importErrors = (id: string, failed: number) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'errors', failed],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ImportError>>(api`/imports/${id}/errors`, { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export interface ImportOrder {
  kind: string
  format: RecordImport['format']
  fire: boolean
  file: Blob
}

const contentTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const

/** Sends the file; it is kept at once and applied after that. */
export function useMakeImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, format, fire, file }: ImportOrder) =>
      call<RecordImport>('POST', '/imports', {
        query: { kind, fire },
        body: file,
        headers: { 'content-type': contentTypes[format] },
      }),
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

/** What was applied stays. */
export function useCancelImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => post<RecordImport>(api`/imports/${id}/cancel`),
    meta: { quiet: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports', 'list'] }),
  })
}
