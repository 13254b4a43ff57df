import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FieldType } from './catalogue.ts'
import { api, post, put, remove } from './client.ts'
import { wholeList } from './whole-list.ts'

/** A field that the account declared, or that a record brought. Built-in ones are in the catalogue only. */
export interface AccountField {
  kind: string
  name: string
  title: string
  type: FieldType
  choices: string[] | null
  /** For the type `link`: the kind that it names. */
  links: string | null
  origin: 'declared' | 'discovered'
}

export interface FieldInput {
  kind: string
  name: string
  title?: string
  type: FieldType
  choices?: string[]
  links?: string
}

/** The account's own fields, of one kind or of all. */
export const accountFields = (kind?: string) =>
  queryOptions({
    queryKey: ['fields', kind ?? null],
    queryFn: ({ signal }) => wholeList<AccountField>('/fields', { kind }, signal),
  })

function useFieldChange<T, R>(run: (input: T) => Promise<R>, quiet = true) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['fields'] }),
        client.invalidateQueries({ queryKey: ['catalogue'] }),
      ]),
  })
}

/** A new one; a name that is declared already is refused. */
export const useMakeField = () => useFieldChange((field: FieldInput) => post<AccountField>('/fields', field))

/** Declares the field, or changes it; from then on its values are held to the type. */
export const usePutField = () =>
  useFieldChange(({ kind, name, ...field }: FieldInput) =>
    put<AccountField>(api`/fields/${kind}/${name}`, field),
  )

/** Records keep its values; the next write that names it discovers it anew. */
export const useDeleteField = () =>
  useFieldChange(
    ({ kind, name }: { kind: string; name: string }) => remove(api`/fields/${kind}/${name}`),
    false,
  )
