/** Steps that tests of sources share: making one, what it counted and kept, and what came of its calls. */
import { type Api, done, type EventAnswer, listAll, type Page, type RecordAnswer } from './api.ts'

interface SourceAnswer {
  id: string
  url: string
  token: string
  status: string
  calls: number
  items: number
  problems: number
}

/** A call of which something was not understood. */
interface KeptCall {
  method: string
  path: string
  query: string
  headers: [name: string, value: string][]
  body: string
  body_encoding: string
  items: number
  problems: { path: string; message: string }[]
}

export function makeSource(
  api: Api,
  adapter: string,
  options: Record<string, unknown> = {},
): Promise<SourceAnswer> {
  return done(api.post<SourceAnswer>('/v1/sources', { adapter, name: adapter, options }))
}

export async function readSource(api: Api, { id }: SourceAnswer): Promise<SourceAnswer> {
  return done(api.get<SourceAnswer>(`/v1/sources/${id}`))
}

export async function keptCalls(api: Api, { id }: SourceAnswer): Promise<KeptCall[]> {
  return (await done(api.get<Page<KeptCall>>(`/v1/sources/${id}/calls`))).items
}

/** The events of an account as they happened. */
export async function history(api: Api): Promise<EventAnswer[]> {
  return (await listAll<EventAnswer>(api, '/v1/events')).reverse()
}

/** The same in short: `lead.created 4831596`. */
export async function types(api: Api): Promise<string[]> {
  return (await history(api)).map(({ type, record }) => `${type} ${record.id}`)
}

export function record(api: Api, kind: string, id: string): Promise<RecordAnswer> {
  return done(api.get<RecordAnswer>(`/v1/records/${kind}/${id}`))
}
