import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FieldType } from './catalogue.ts'
import { api, put, remove } from './client.ts'
import type { Json } from './json.ts'
import { wholeList } from './whole-list.ts'

/** A field as the declaration of a kind describes it. */
export interface KindField {
  title?: string
  type: FieldType
  /** For the type `choice`. */
  choices?: string[]
  /** For the type `link`: the kind that it names. */
  links?: string
}

/** A kind of record that the account declared; built-in ones are in the catalogue only. */
export interface DeclaredKind {
  name: string
  title: string
  capabilities: string[]
  fields: Record<string, KindField>
}

/** An activity that the account declared: `contact.webinar_attended`. */
export interface DeclaredEventType {
  type: string
  title: string
  /** What `data` of such an event can look like. */
  sample: Record<string, Json>
}

export const ownKinds = queryOptions({
  queryKey: ['kinds'],
  queryFn: ({ signal }) => wholeList<DeclaredKind>('/kinds', {}, signal),
})

export const ownEventTypes = queryOptions({
  queryKey: ['event-types'],
  queryFn: ({ signal }) => wholeList<DeclaredEventType>('/event-types', {}, signal),
})

/** What is declared is in the catalogue at once. */
function useDeclaration<T, R>(run: (input: T) => Promise<R>, quiet = true) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    meta: { quiet },
    onSuccess: () =>
      Promise.all(
        [ownKinds.queryKey, ownEventTypes.queryKey, ['catalogue'], ['fields'], ['pipelines']].map(
          (queryKey) => client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

/** Declares the kind, or makes it what is sent. Refused while webhooks name events that it would lose. */
export const usePutKind = () =>
  useDeclaration(({ name, ...kind }: DeclaredKind) => put<DeclaredKind>(api`/kinds/${name}`, kind))

/** With its pipelines and fields. Refused while records, webhooks, event types or links name it. */
export const useDeleteKind = () => useDeclaration((name: string) => remove(api`/kinds/${name}`), false)

export const usePutEventType = () =>
  useDeclaration(({ type, ...rest }: DeclaredEventType) =>
    put<DeclaredEventType>(api`/event-types/${type}`, rest),
  )

/** Events of it stay. Refused while webhooks name it. */
export const useDeleteEventType = () =>
  useDeclaration((type: string) => remove(api`/event-types/${type}`), false)
