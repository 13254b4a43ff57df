import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Language } from '../i18n/languages.ts'
import { get, post, remove } from './client.ts'

/** Whether the demo data is in the account. */
export interface Demo {
  loaded: boolean
  loaded_at: string | null
}

/** How much of what the demo data brought. */
export interface DemoCounts {
  pipelines: number
  records: number
  users: number
  events: number
  deliveries: number
  webhooks: number
  inspectors: number
  sources: number
}

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => get<Demo>('/demo', undefined, signal),
})

/** A sales team with its pipelines, webhooks and history. Refused where the account has records or webhooks. */
export const useLoadDemo = () =>
  useDemoChange((language: Language) => post<DemoCounts>('/demo', { language }))

/** Takes all of it away again; what was made beside it stays. */
export const useRemoveDemo = () => useDemoChange((_nothing: void) => remove('/demo'))

function useDemoChange<T, R>(run: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet: true },
    // It fills every page, so all that was read is read again; who is signed in stays.
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  })
}
