import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { JsonObject } from './json.ts'
import { api, call, get, type Page, post, remove } from './client.ts'
import type { Condition } from './condition.ts'
import { wholeList } from './whole-list.ts'

export interface ScopeEntry {
  pipeline_id?: string
  stage_ids?: string[]
  period_ids?: string[]
}

export type Auth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'header'; name: string; value: string }

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ActiveHours {
  /** 1 Monday … 7 Sunday. */
  days: number[]
  from: string
  to: string
  time_zone: string
  outside: 'hold' | 'skip'
}

/** All that a user sets; see `POST /v1/webhooks` in the reference. */
export interface WebhookSettings {
  name: string
  description: string
  events: string[]
  scope: ScopeEntry[]
  entering: 'moved' | 'created' | 'moved_or_created'
  conditions: Condition
  fire: 'each_time' | 'becomes_true'
  limits: { per: 'record' | 'contact'; per_record: number | null; min_interval_s: number | null }
  delay_s: number
  active_hours: ActiveHours | null
  request: {
    method: HttpMethod
    url: string
    headers: { name: string; value: string }[]
    /** Secrets come back as ••••••••; sent back like that they stay as they were. */
    auth: Auth
    format: string
    options: JsonObject
  }
  delivery: {
    retry: { policy: string } & JsonObject
    timeout_s: number
    slots: number
    rate_per_s: number | null
    order: 'none' | 'record'
    expires_s: number
    disable_after_s: number | null
    disable_after_failures: number | null
    on_gone: 'disable' | 'retry'
    signing: 'standard' | 'none'
  }
}

export interface WebhookWarning {
  path: string
  code: string
  message: string
}

export interface Webhook extends WebhookSettings {
  id: string
  version: number
  status: 'active' | 'paused' | 'disabled'
  status_reason: string | null
  last_delivery: { id: string; at: string; state: string; status_code: number | null } | null
  health: {
    failures_in_a_row: number
    failing_since: string | null
    blocked_until: string | null
    circuit: 'closed' | 'open' | 'probing'
    next_probe_at: string | null
  }
  warnings: WebhookWarning[]
  created_at: string
  updated_at: string
}

/** Its last attempts failed. One failure alone happens; the next try usually mends it. */
export function isFailing({ status, health }: Pick<Webhook, 'status' | 'health'>): boolean {
  const { failing_since, failures_in_a_row, circuit } = health
  return status !== 'disabled' && failing_since !== null && (failures_in_a_row > 1 || circuit !== 'closed')
}

/** The status as people see it: one that is switched on but does not get through is failing. */
export function shownStatus(webhook: Pick<Webhook, 'status' | 'health'>): string {
  return webhook.status === 'active' && isFailing(webhook) ? 'failing' : webhook.status
}

/** A webhook, or the changes to one, as they are sent. `preset` names one of the catalogue to start from. */
export type WebhookDraft = { preset?: string } & Partial<Omit<WebhookSettings, 'request' | 'delivery'>> & {
    request?: Partial<WebhookSettings['request']>
    delivery?: Partial<WebhookSettings['delivery']>
  }

export interface WebhookFilter {
  status?: string | undefined
  search?: string | undefined
}

export const webhookList = (filter: WebhookFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Webhook>>('/webhooks', { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

/** All webhooks of the account, for boards and menus. */
export const allWebhooks = queryOptions({
  queryKey: ['webhooks', 'all'],
  queryFn: ({ signal }) => wholeList<Webhook>('/webhooks', {}, signal, 2000),
})

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => get<Webhook>(api`/webhooks/${id}`, undefined, signal),
  })

/** What a webhook was; the newest is what it is. */
export interface WebhookVersion {
  version: number
  status: string
  settings: WebhookSettings
  /** `token tok_…`, `member mem_…` or `system`. */
  changed_by: string
  created_at: string
}

export const webhookVersions = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', id, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      get<Page<WebhookVersion>>(api`/webhooks/${id}/versions`, { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

function useWebhookChange<T, R>(run: (input: T) => Promise<R>, quiet = false) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet },
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  })
}

export const useMakeWebhook = () =>
  useWebhookChange((draft: WebhookDraft) => post<Webhook>('/webhooks', draft), true)

/** `version`: the one that the change was made on. Where it is another one by now, nothing is changed. */
export const useChangeWebhook = () =>
  useWebhookChange(
    ({ id, version, change }: { id: string; version: number; change: WebhookDraft }) =>
      call<Webhook>('PATCH', api`/webhooks/${id}`, { body: change, headers: { 'if-match': `"${version}"` } }),
    true,
  )

export const useDeleteWebhook = () => useWebhookChange((id: string) => remove(api`/webhooks/${id}`))

export const useDuplicateWebhook = () =>
  useWebhookChange((id: string) => post<Webhook>(api`/webhooks/${id}/duplicate`))

/** Switching on may answer what was missed meanwhile; see the reference. */
export const useSwitchWebhook = () =>
  useWebhookChange(({ id, to }: { id: string; to: 'enable' | 'disable' | 'pause' | 'resume' }) =>
    post<Webhook & { missed?: { count: number; since: string } }>(api`/webhooks/${id}/${to}`),
  )

interface SigningSecrets {
  secret: string
  /** Older ones that still sign beside it. */
  previous: { secret: string; until: string }[]
}

/** Asked for when somebody wants to see it, and kept nowhere. */
export const useSigningSecret = (id: string) =>
  useMutation({
    mutationFn: () => get<SigningSecrets>(api`/webhooks/${id}/signing-secret`),
    gcTime: 0,
  })

export const useRotateSecret = () =>
  useWebhookChange((id: string) => post<SigningSecrets>(api`/webhooks/${id}/rotate-secret`, {}))
