import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, get, type Page, post, remove } from './client.ts'

/** What a developer needs to receive a webhook: never holds a secret. */
export interface Handout {
  webhook: {
    id: string
    name: string
    description: string
    status: string
    events: { type: string; title: string }[]
    method: string
    url: string
    format: string
    signing: 'standard' | 'none'
  }
  /** null where no sample of its events fits the format. */
  request: {
    method: string
    url: string
    headers: { name: string; value: string }[]
    body: string | null
    body_encoding: 'utf8' | 'base64'
  } | null
  fields: { path: string; title: string; example: unknown; note?: string }[]
  curl: string
  verification: { language: string; title: string; code: string }[]
  /** What the sender expects of the receiver, as sentences. */
  expect: string[]
}

export interface ShareLink {
  id: string
  webhook_id: string
  name: string
  created_at: string
  last_used_at: string | null
}

export const handoutQuery = (webhookId: string, language: string) =>
  queryOptions({
    queryKey: ['webhooks', webhookId, 'handout', language],
    queryFn: ({ signal }) => get<Handout>(api`/webhooks/${webhookId}/handout`, { language }, signal),
  })

/** By a link, without being signed in. */
export const sharedQuery = (token: string, language: string) =>
  queryOptions({
    queryKey: ['shared', token, language],
    queryFn: ({ signal }) => get<Handout>(api`/shared/${token}`, { language }, signal),
  })

export const shareLinks = (webhookId: string) =>
  queryOptions({
    queryKey: ['webhooks', webhookId, 'share-links'],
    queryFn: ({ signal }) =>
      get<Page<ShareLink>>(api`/webhooks/${webhookId}/share-links`, { limit: 100 }, signal),
  })

/** The answer holds the address, which is shown this once. */
export function useMakeShareLink(webhookId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      post<ShareLink & { url: string }>(api`/webhooks/${webhookId}/share-links`, name ? { name } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: shareLinks(webhookId).queryKey }),
  })
}

export function useRevokeShareLink(webhookId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (linkId: string) => remove(api`/webhooks/${webhookId}/share-links/${linkId}`),
    onSuccess: () => client.invalidateQueries({ queryKey: shareLinks(webhookId).queryKey }),
  })
}
