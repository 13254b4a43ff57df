import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Language } from '../i18n/languages.ts'
import { get, patch } from './client.ts'
import { type Session, sessionQuery } from './session.ts'

/** The workspace: everything else belongs to it. */
export interface Account {
  id: string
  /** An operator's own id, where an operator made the account. */
  external_id: string | null
  name: string
  subdomain: string
  time_zone: string
  language: Language
  /** Unknown fields, pipelines, stages and users are refused instead of discovered. */
  strict: boolean
  retention_days: number
  created_at: string
}

export type AccountChange = Partial<
  Pick<Account, 'name' | 'subdomain' | 'time_zone' | 'language' | 'strict' | 'retention_days'>
>

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => get<Account>('/account', undefined, signal),
})

export function useChangeAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: AccountChange) => patch<Account>('/account', change),
    meta: { quiet: true },
    onSuccess(account) {
      client.setQueryData(accountQuery.queryKey, account)
      // The session carries name, zone and language; buckets of time follow the zone.
      return Promise.all([
        client.invalidateQueries({ queryKey: ['session'] }),
        client.invalidateQueries({ queryKey: ['stats'] }),
      ])
    },
  })
}

/** Changing one's own password ends one's other sessions. The page shows at its fields what is refused: `wrong_password`. */
export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: { password: string; new_password: string }) => patch<Session>('/session', input),
    meta: { quiet: true },
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  })
}
