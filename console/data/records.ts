import {
  infiniteQueryOptions,
  queryOptions,
  type QueryClient,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem, api, call, get, type Page, patch, post } from './client.ts'
import { eventList, recordEvents } from './events.ts'
import type { Json, JsonObject } from './json.ts'
import { useLive } from './live.ts'
import { allPipelines } from './pipelines.ts'
import type { CrmRecord, RecordFilter } from './record.ts'
import { findCached, placeRecord } from './record-lists.ts'

export { type CrmRecord, type RecordFilter, recordName } from './record.ts'

/** What a write answers: the record, and the events that it yielded. */
export interface Written {
  record: CrmRecord
  events: { id: string; type: string }[]
}

export const recordList = (kind: string, filter: RecordFilter = {}, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['records', kind, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<CrmRecord>>(api`/records/${kind}`, { ...filter, limit, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export const recordQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['records', kind, 'one', id],
    queryFn: ({ signal }) => get<CrmRecord>(api`/records/${kind}/${id}`, undefined, signal),
  })

/** A few that hold the text; the ones that changed last where nothing is asked for. */
export const recordSearch = (kind: string, search: string, limit = 20) =>
  queryOptions({
    queryKey: ['records', kind, 'search', search, limit],
    queryFn: async ({ signal }) =>
      (await get<Page<CrmRecord>>(api`/records/${kind}`, { search, order: 'updated', limit }, signal)).items,
  })

/** What all pages show from now on; lists that search text, and counts that cannot know, are asked again. */
function learn(client: QueryClient, record: CrmRecord): void {
  client.setQueryData(recordQuery(record.kind, record.id).queryKey, record)
  if (standsOnUnknown(client, record)) void client.invalidateQueries({ queryKey: allPipelines.queryKey })
  for (const queryKey of placeRecord(client, record)) void client.invalidateQueries({ queryKey })
}

/** A record that names a stage makes it known. */
function standsOnUnknown(client: QueryClient, { kind, fields }: CrmRecord): boolean {
  const { pipeline_id: id, stage_id: stage } = fields
  const known = client.getQueryData(allPipelines.queryKey)
  if (!known || typeof id !== 'string') return false
  const pipeline = known.find((one) => one.kind === kind && one.id === id)
  return !pipeline || (typeof stage === 'string' && !pipeline.stages.some((one) => one.id === stage))
}

function learnWritten(client: QueryClient, { record, events }: Written): void {
  learn(client, record)
  void client.invalidateQueries({ queryKey: ['records', record.kind, 'search'] })
  if (events.length > 0) invalidateEvents(client, record)
}

function invalidateEvents(client: QueryClient, { kind, id }: { kind: string; id: string }): void {
  void client.invalidateQueries({ queryKey: eventList({ record_kind: kind, record_id: id }).queryKey })
  void client.invalidateQueries({ queryKey: recordEvents(kind, id).queryKey })
}

/** A new record; its id is `id` beside the fields, or made by the server. */
export function useMakeRecord(kind: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: JsonObject) => post<Written>(api`/records/${kind}`, fields),
    meta: { quiet: true },
    onSuccess: (written) => learnWritten(client, written),
  })
}

export interface RecordChange {
  kind: string
  id: string
  /** Absent fields stay as they are; null clears one. */
  fields: JsonObject
}

const send = ({ kind, id, fields }: RecordChange) => patch<Written>(api`/records/${kind}/${id}`, fields)

/** Changes fields; the page shows what is wrong beside them. */
export function useChangeRecord() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    meta: { quiet: true },
    onSuccess: (written) => learnWritten(client, written),
  })
}

/** Changes fields and shows it at once; a refusal takes it back. For what is dragged or picked from a menu. */
export function useMoveRecord() {
  const client = useQueryClient()
  const isLast = (id: string) =>
    client.isMutating({
      mutationKey: ['move record'],
      predicate: ({ state }) => (state.variables as RecordChange | undefined)?.id === id,
    }) <= 1
  return useMutation({
    mutationKey: ['move record'],
    // One after the other, so that the last move is the last one that the server hears of.
    scope: { id: 'move record' },
    mutationFn: send,
    async onMutate({ kind, id, fields }) {
      // An answer that is under way would show the record where it was.
      const loading = client.getQueryCache().findAll({ queryKey: ['records', kind], fetchStatus: 'fetching' })
      await client.cancelQueries({ queryKey: ['records', kind] })
      const before = findCached(client, { kind, id }) ?? client.getQueryData(recordQuery(kind, id).queryKey)
      const updated_at = new Date().toISOString()
      if (before) learn(client, { ...before, fields: { ...before.fields, ...fields }, updated_at })
      return { before, loading: loading.map(({ queryKey }) => queryKey) }
    },
    onSuccess(written, { id }) {
      if (isLast(id)) learnWritten(client, written)
    },
    onError(_problem, { kind }, moved) {
      if (moved?.before) learn(client, moved.before)
      void client.invalidateQueries({ queryKey: ['records', kind] })
      void client.invalidateQueries({ queryKey: ['pipelines', 'counts', kind] })
    },
    onSettled(_written, _problem, _change, moved) {
      for (const queryKey of moved?.loading ?? []) void client.invalidateQueries({ queryKey })
    },
  })
}

/** Its history stays; the next write restores it. */
export function useDeleteRecord() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, id }: { kind: string; id: string }) =>
      call<Written>('DELETE', api`/records/${kind}/${id}`),
    onSuccess: (written) => learnWritten(client, written),
  })
}

export interface Activity {
  kind: string
  id: string
  /** Without the kind: `email_received`. */
  type: string
  data: Record<string, Json>
  /** ISO; now where it is left out. */
  occurred_at?: string
}

/** Something that happened around the record; it becomes an event and changes no field. */
export function useLogActivity() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, id, ...activity }: Activity) =>
      post<{ id: string; type: string }>(api`/records/${kind}/${id}/activities`, activity),
    meta: { quiet: true },
    onSuccess: (_event, { kind, id }) => invalidateEvents(client, { kind, id }),
  })
}

const gatherMs = 700
/** Above this many changed records all lists are asked again instead of each record. */
const singlyMax = 20

/** Shows what others change while the page is open: the changed records are read again, gathered for a moment. */
export function useLiveRecords(kind: string): void {
  const client = useQueryClient()
  const changed = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const all = () => {
    void client.invalidateQueries({ queryKey: ['records', kind] })
    void client.invalidateQueries({ queryKey: ['pipelines'] })
  }
  const read = async (id: string) => {
    try {
      learn(client, await get<CrmRecord>(api`/records/${kind}/${id}`))
      invalidateEvents(client, { kind, id })
    } catch (problem) {
      // An event may name a record that nobody has written.
      if (!(problem instanceof ApiProblem)) throw problem
    }
  }
  const catchUp = () => {
    timer.current = null
    const ids = [...changed.current]
    changed.current.clear()
    if (ids.length > singlyMax) all()
    else for (const id of ids) void read(id)
  }
  useLive({
    event({ record }) {
      if (record.kind !== kind) return
      changed.current.add(record.id)
      timer.current ??= setTimeout(catchUp, gatherMs)
    },
    missed: all,
  })
}
