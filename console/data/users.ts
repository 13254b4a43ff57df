import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, post, put, remove } from './client.ts'
import { wholeList } from './whole-list.ts'

/** A person that owns records: somebody of the CRM, not a member who signs in here. */
export interface CrmUser {
  id: string
  name: string
  email: string | null
  /** `discovered`: a record named it first, and nobody has given it a name yet. */
  origin: 'declared' | 'discovered'
}

/** All of them, by their ids; there are few. */
export const allUsers = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => wholeList<CrmUser>('/users', {}, signal),
  staleTime: 30_000,
})

function useUserChange<T, R>(run: (input: T) => Promise<R>, quiet = true) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet },
    onSuccess: () => client.invalidateQueries({ queryKey: allUsers.queryKey }),
  })
}

export interface UserInput {
  id: string
  name: string
  email?: string | null
}

/** A new one; an id that is taken is refused. */
export const useMakeUser = () => useUserChange((user: UserInput) => post<CrmUser>('/users', user))

/** Gives a name to the id, known or not. */
export const usePutUser = () =>
  useUserChange(({ id, ...user }: UserInput) => put<CrmUser>(api`/users/${id}`, user))

/** Records keep the id. */
export const useDeleteUser = () => useUserChange((id: string) => remove(api`/users/${id}`), false)
