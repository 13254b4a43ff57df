import { useQueries } from '@tanstack/react-query'
import { type Condition, isGroup, type Rule } from '../../../data/condition.ts'
import type { NameOf } from '../../../data/names.ts'
import { recordName, recordQuery } from '../../../data/records.ts'
import type { AskableFields } from './scene.ts'

/** What the records are called that conditions name, so that sentences can say so; `otherwise` names all else. */
export function useLinkNames(condition: Condition, fields: AskableFields, otherwise: NameOf): NameOf {
  const links = rulesIn(condition).flatMap((rule) => linksOf(rule, fields))
  const names = useQueries({
    queries: links.map(({ kind, id }) => ({ ...recordQuery(kind, id), staleTime: 60_000, retry: false })),
    combine: (results) =>
      results.flatMap(({ data }) => (data ? [[`${data.kind} ${data.id}`, recordName(data)] as const] : [])),
  })
  const known = new Map(names)
  return (type, id, path) =>
    otherwise(type, id, path) ??
    (type === 'link' ? known.get(`${fields.find(path)?.links ?? ''} ${id}`) : undefined)
}

function rulesIn({ rules }: Condition): Rule[] {
  return rules.flatMap((rule) => (isGroup(rule) ? rulesIn(rule) : [rule]))
}

/** Few at once: a sentence shows a few of a long list. */
const namedMax = 6

function linksOf({ field: path, value }: Rule, fields: AskableFields): { kind: string; id: string }[] {
  const field = fields.find(path)
  if (field?.type !== 'link' || field.links === null) return []
  const { links: kind } = field
  const ids = (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string')
  return ids.slice(0, namedMax).map((id) => ({ kind, id }))
}
