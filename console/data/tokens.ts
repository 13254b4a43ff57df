import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, post, remove } from './client.ts'
import { wholeList } from './whole-list.ts'

/** What can be made here, from the least to the most; operators' tokens are made on the server's own machine only. */
export const tokenKinds = ['ingest', 'read', 'manage', 'admin'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** A key of the API, without its text. */
export interface Token {
  id: string
  kind: TokenKind
  name: string
  created_at: string
}

/** `token` is in this answer only. */
export type MadeToken = Token & { token: string }

/** The first account's token that the setting HOOKLINE_ADMIN_TOKEN names: it is there anew after each start. */
export function isFromSettings({ id }: Token): boolean {
  return id === 'tok_environment'
}

/** All of them, newest first. Only owners may see them. */
export const allTokens = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => wholeList<Token>('/tokens', {}, signal),
  staleTime: 30_000,
})

export function useMakeToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: { kind: TokenKind; name: string }) => post<MadeToken>('/tokens', input),
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: allTokens.queryKey }),
  })
}

/** It stops working at once. */
export function useDeleteToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(api`/tokens/${id}`),
    onSuccess: (_nothing, id) =>
      client.setQueryData(allTokens.queryKey, (tokens) => tokens?.filter((token) => token.id !== id)),
    onSettled: () => client.invalidateQueries({ queryKey: allTokens.queryKey }),
  })
}
