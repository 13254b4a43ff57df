import type { EventType, FieldPath } from '../../data/catalogue.ts'
import { fold } from '../event-picker/search.ts'

/** What payloads can name beside what conditions can. */
const onlyInPayloads: FieldPath[] = (
  [
    ['record.id', 'text'],
    ['record.kind', 'text'],
    ['event.id', 'text'],
    ['event.type', 'text'],
    ['event.occurred_at', 'date'],
    ['event.received_at', 'date'],
    ['event.sequence', 'number'],
    ['event.external_id', 'text'],
    ['event.correlation_id', 'text'],
    ['webhook.id', 'text'],
    ['webhook.name', 'text'],
    ['webhook.description', 'text'],
    ['account.id', 'text'],
    ['account.subdomain', 'text'],
  ] as const
).map(([path, type]) => ({ path, type, choices: null }))

/**
 * The paths that parameters and templates can name, the general ones last. What happens to webhooks themselves is no record,
 * so `types` tell what such an event holds.
 */
export function payloadPaths(paths: readonly FieldPath[], types: readonly EventType[] = []): FieldPath[] {
  const general = (path: string) => path.startsWith('event.') || path.startsWith('actor.')
  const all = [
    ...paths.filter(({ path }) => !general(path)),
    ...types.flatMap(toldBy),
    ...paths.filter(({ path }) => general(path)),
    ...onlyInPayloads,
  ]
  return [...new Map(all.toReversed().map((field) => [field.path, field])).values()].toReversed()
}

function toldBy({ data, sample }: EventType): FieldPath[] {
  return [
    ...Object.keys(sample.current).map((name) => ({
      path: `current.${name}`,
      type: 'text' as const,
      choices: null,
    })),
    ...Object.entries(data).map(([name, type]) => ({ path: `data.${name}`, type, choices: null })),
  ]
}

export interface NamedPath {
  path: string
  name: string
  group: string
}

/** Those that hold every word of what was typed: first whose names begin with it, then whose names hold it, then the others. */
export function searchPaths(paths: readonly NamedPath[], typed: string): NamedPath[] {
  const query = fold(typed).trim()
  if (query === '') return [...paths]
  const words = query.split(/\s+/)
  const held = paths.flatMap((one) => {
    const text = fold(`${one.name} ${one.group} ${one.path}`)
    if (!words.every((word) => text.includes(word))) return []
    const name = fold(one.name)
    const begins = name.startsWith(query) || one.path.endsWith(`.${query}`)
    return [{ one, rank: begins ? 0 : words.every((word) => name.includes(word)) ? 1 : 2 }]
  })
  return held.toSorted((a, b) => a.rank - b.rank).map(({ one }) => one)
}

/** The path that was meant by something typed that is none of the known ones: fields need not be known yet. */
export function typedPath(typed: string, paths: readonly NamedPath[]): string | null {
  const text = typed.trim()
  if (text === '' || /\s/.test(text) || text.startsWith('.') || text.endsWith('.')) return null
  const path = text.includes('.') ? text : `current.${text}`
  return paths.some((known) => known.path === path) ? null : path
}
