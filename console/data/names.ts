import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FieldType } from './catalogue.ts'
import type { CrmEvent } from './events.ts'
import { allPipelines } from './pipelines.ts'
import { allUsers } from './users.ts'

/** What a stage, pipeline or user of this id in this field is called; undefined where it has no name, or is not known yet. */
export type NameOf = (type: FieldType, id: string, path: string) => string | undefined

/** Names for the ids in records of these kinds; of all where none is named. They come when they come: until then ids are shown. */
export function useNames(kinds: readonly string[] = []): NameOf {
  const { data: pipelines } = useQuery(allPipelines)
  const { data: users } = useQuery(allUsers)
  const meant = kinds.join(' ')
  return useMemo(() => {
    const ofKinds = (pipelines ?? []).filter(({ kind }) => meant === '' || meant.split(' ').includes(kind))
    const names: Partial<Record<FieldType, Map<string, string>>> = {
      pipeline: new Map(ofKinds.map(({ id, name }) => [id, name])),
      stage: new Map(ofKinds.flatMap(({ stages }) => stages.map(({ id, name }) => [id, name]))),
      user: new Map((users ?? []).map(({ id, name }) => [id, name])),
    }
    return (type, id, path) => names[type === 'list' && holdsUsers(path) ? 'user' : type]?.get(id)
  }, [pipelines, users, meant])
}

/** Names for the ids in one event: those that it tells itself, as they were, before those of today. */
export function useEventNames({ record, related }: Pick<CrmEvent, 'record' | 'related'>): NameOf {
  const names = useNames([record.kind])
  return (type, id, path) => relatedName(related, id, path) ?? names(type, id, path)
}

/** `current.contact_id` is told by `related.contact`, `data.old_stage_id` by `related.old_stage`. */
function relatedName(related: CrmEvent['related'], id: string, path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1).replace(/_id$/, '')
  const plain = name.replace(/^old_/, '')
  const told = [related[name], related[plain], related[`old_${plain}`]].find((thing) => thing?.['id'] === id)
  return typeof told?.['name'] === 'string' ? told['name'] : undefined
}

/** Lists of whom a record is shared with hold people. */
export function holdsUsers(path: string): boolean {
  return /\.(old_)?(shared_with|user_ids)$/.test(path)
}
