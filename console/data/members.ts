import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Language } from '../i18n/languages.ts'
import { api, patch, post, remove } from './client.ts'
import type { Role } from './session.ts'
import { wholeList } from './whole-list.ts'

/** A person who signs in to the console. */
export interface Member {
  id: string
  email: string
  name: string
  role: Role
  /** null: the language of the account. */
  language: Language | null
  /** `invited` until a password is set. */
  state: 'active' | 'invited'
  created_at: string
  last_seen_at: string | null
}

/** A link that works once; it is in one answer only. */
export interface Invitation {
  url: string
  expires_at: string
}

export type InvitedMember = Member & { invite: Invitation }

/** All of them, newest first; there are few. */
export const allMembers = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => wholeList<Member>('/members', {}, signal),
  staleTime: 30_000,
})

/** Nothing is sent: the link in the answer is passed on by whoever invites. */
export function useInviteMember() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: { email: string; name?: string; role: Role }) =>
      post<InvitedMember>('/members', input),
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: allMembers.queryKey }),
  })
}

/** The list shows the change at once; what is refused is taken back. The last owner stays one: `conflict`. */
export function useChangeMember() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...change }: { id: string; name?: string; role?: Role }) =>
      patch<Member>(api`/members/${id}`, change),
    meta: { quiet: true },
    async onMutate({ id, ...change }) {
      await client.cancelQueries({ queryKey: allMembers.queryKey })
      const before = client.getQueryData(allMembers.queryKey)
      client.setQueryData(allMembers.queryKey, (members) =>
        members?.map((member) => (member.id === id ? { ...member, ...change } : member)),
      )
      return { before }
    },
    onError: (_error, _change, result) => client.setQueryData(allMembers.queryKey, result?.before),
    onSettled: () =>
      // One's own role may be what changed.
      Promise.all([
        client.invalidateQueries({ queryKey: allMembers.queryKey }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]),
  })
}

/** For somebody who has not joined yet, or forgot the password; the link before stops working. */
export function useRenewInvitation() {
  return useMutation({
    mutationFn: (id: string) => post<Invitation>(api`/members/${id}/invite`),
    meta: { quiet: true },
  })
}

/** Sessions and invitations end at once. The last owner stays: `conflict`. */
export function useRemoveMember() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(api`/members/${id}`),
    onSuccess: (_nothing, id) =>
      client.setQueryData(allMembers.queryKey, (members) => members?.filter((member) => member.id !== id)),
    onSettled: () => client.invalidateQueries({ queryKey: allMembers.queryKey }),
  })
}
