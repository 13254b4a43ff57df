import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Language } from '../i18n/languages.ts'
import { get, patch, post, remove } from './client.ts'

export type Role = 'owner' | 'manager' | 'viewer'

export interface SessionMember {
  id: string
  email: string
  name: string
  role: Role
  language: Language | null
}

/** Who is signed in here; `member` and `account` are null together. */
export interface Session {
  member: SessionMember | null
  account: { id: string; name: string; time_zone: string; language: Language } | null
  /** Nobody has an account on this server yet: the link printed at its start makes the first one. */
  setup_needed: boolean
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<Session>('/session', undefined, signal),
  staleTime: 60_000,
})

/** Set in the cache where a session ended while somebody was at work: what they did last was not done. */
export const sessionEnded = ['session-ended']

/** Who is signed in, given to all pages behind the door: none of them is ever drawn without. */
export const MemberContext = createContext<SessionMember | null>(null)

/** The member whom the page is shown to. */
export function useMember(): SessionMember {
  const member = useContext(MemberContext)
  if (!member) throw new Error('Only pages behind the door have a member.')
  return member
}

/** What the role allows; the server decides, this only hides what it would refuse. */
export function useMay(): { manage: boolean; administer: boolean } {
  const { role } = useMember()
  return { manage: role !== 'viewer', administer: role === 'owner' }
}

export function useTimeZone(): string {
  const { data } = useSuspenseQuery(sessionQuery)
  return data.account?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Calls that answer a session: signing in, setting up, joining, changing oneself. What another member saw is forgotten. */
function useSessionCall<T>(run: (input: T) => Promise<Session>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet: true },
    onSuccess(session) {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      client.setQueryData(sessionQuery.queryKey, session)
    },
  })
}

export const useSignIn = () =>
  useSessionCall((input: { email: string; password: string }) => post<Session>('/session', input))

export const useSetUp = () =>
  useSessionCall(
    (input: { code: string; email: string; password: string; name: string; language: Language }) =>
      // The server may stand anywhere: hours and days are meant where its people are.
      post<Session>('/setup', { ...input, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  )

export const useJoin = () =>
  useSessionCall((input: { code: string; password: string; name?: string }) => post<Session>('/join', input))

export const invitationQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation', code],
    queryFn: () => post<{ email: string; name: string; account_name: string }>('/join/check', { code }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useChangeMyself() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: { name?: string; language?: Language; password?: string; new_password?: string }) =>
      patch<Session>('/session', change),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/session'),
    async onSuccess() {
      const session = await get<Session>('/session')
      client.setQueryData(sessionQuery.queryKey, session)
      // What this member saw is not for the next one.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
}
