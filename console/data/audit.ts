import { infiniteQueryOptions } from '@tanstack/react-query'
import { get, type Page } from './client.ts'

/** A change that was made; it holds no values. */
export interface AuditEntry {
  id: string
  at: string
  /** `token tok_…`, `member mem_…`, or `system`. */
  actor: string
  /** The call, by its name in the API reference: `updateWebhook`. */
  action: string
  /** Of pipelines, fields and records the id begins with the kind: `lead/752662`. */
  subject: { kind: string; id: string }
  detail: {
    /** Which keys were sent. */
    keys?: string[]
    /** What was made or removed beside the subject: the copy of a webhook, a link to it. */
    id?: string
    version?: number
    name?: string
  }
}

export interface AuditFilter {
  subject_kind?: string | undefined
  subject_id?: string | undefined
  actor?: string | undefined
  action?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

const pageItems = 50

/** Newest first. Only owners may read it. */
export const auditList = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<AuditEntry>>('/audit', { ...filter, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  })
