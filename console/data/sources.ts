import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { ApiProblem, api, call, get, type Page, patch, post, type ProblemDetail, remove } from './client.ts'
import type { Json, JsonObject } from './json.ts'
import { wholeList } from './whole-list.ts'

/** An inbound address that turns another system's own calls into records and activities. */
export interface CrmSource {
  id: string
  /** Which of the catalogue's sources reads its calls. */
  adapter: string
  name: string
  /** Where the other system sends; null for those who may not write. */
  url: string | null
  /** The last part of the URL: what the site tracker's script names; null for those who may not write. */
  token: string | null
  options: JsonObject
  /** `disabled`: its calls are answered 410. */
  status: 'active' | 'disabled'
  /** How many came. */
  calls: number
  /** How many records and activities were taken from them. */
  items: number
  /** How many parts were not understood. */
  problems: number
  last_call_at: string | null
  created_at: string
  updated_at: string
}

export interface SourceInput {
  adapter: string
  name?: string
  options?: JsonObject
}

/** A call of which something was not understood; calls without problems are only counted. */
export interface SourceCall {
  id: string
  at: string
  method: string
  path: string
  query: string
  headers: [name: string, value: string][]
  body: string | null
  body_encoding: 'utf8' | 'base64'
  /** How many records and activities were taken all the same. */
  items: number
  problems: ProblemDetail[]
}

/** All of them, newest first; there are few. */
export const allSources = queryOptions({
  queryKey: ['sources', 'list'],
  queryFn: ({ signal }) => wholeList<CrmSource>('/sources', {}, signal),
})

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', id],
    queryFn: ({ signal }) => get<CrmSource>(api`/sources/${id}`, undefined, signal),
  })

/** Newest first. `problems`, what the source counts, makes the list be read again when there are more. */
export const sourceCalls = (id: string, problems: number) =>
  infiniteQueryOptions({
    queryKey: ['sources', id, 'calls', problems],
    queryFn: ({ pageParam, signal }) =>
      get<Page<SourceCall>>(api`/sources/${id}/calls`, { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

function useSourceChange<T, R>(run: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  })
}

export const useMakeSource = () => useSourceChange((input: SourceInput) => post<CrmSource>('/sources', input))

export const useChangeSource = () =>
  useSourceChange(
    ({ id, ...change }: { id: string } & Partial<Pick<CrmSource, 'name' | 'options' | 'status'>>) =>
      patch<CrmSource>(api`/sources/${id}`, change),
  )

/** What came by it stays. */
export function useDeleteSource() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(api`/sources/${id}`),
    onSuccess: (_nothing, id) =>
      client.setQueryData(allSources.queryKey, (sources) => sources?.filter((source) => source.id !== id)),
    onSettled: () => client.invalidateQueries({ queryKey: allSources.queryKey }),
  })
}

/** The element that the pages of one visitor include. */
export const useVisitorScript = () =>
  useMutation({
    mutationFn: ({ id, record }: { id: string; record: { kind: string; id: string } }) =>
      post<{ token: string; script: string }>(api`/sources/${id}/visitor-token`, record),
    meta: { quiet: true },
  })

/** A call that an adapter is tried on. */
export interface TriedCall {
  content_type: string | null
  headers?: [name: string, value: string][]
  body: string
}

/** One thing that a call says. */
export type SourceItem = { record: { kind: string; id: string } } & (
  | { do: 'write'; fields: JsonObject; old: JsonObject; created: boolean }
  | { do: 'restore'; fields: JsonObject }
  | { do: 'delete' }
  | { do: 'activity'; type: string; data: JsonObject }
)

export interface SourcePreview {
  items: SourceItem[]
  problems: ProblemDetail[]
  ignored: ProblemDetail[]
  answer: { status: number; content_type: string | null; body: string }
  /** Where the options say where things stand: what each row found, and what else could be named. */
  mapping: {
    rows: { item: number; to: string; from: string; found: boolean; value: Json }[]
    places: { path: string; value: Json }[]
  } | null
}

/** What an adapter would make of a call; nothing is written. The last answer stays until the next is there. */
export const sourcePreview = (adapter: string, options: JsonObject, tried: TriedCall) =>
  queryOptions({
    queryKey: ['source-preview', adapter, options, tried],
    queryFn: ({ signal }) =>
      call<SourcePreview>('POST', '/sources/preview', { body: { adapter, options, call: tried }, signal }),
    placeholderData: keepPreviousData,
    retry: (failures, error) => error instanceof ApiProblem && error.status === 0 && failures < 2,
    gcTime: 60_000,
  })
