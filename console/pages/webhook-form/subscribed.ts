/** Which event types a webhook's names and patterns mean: the same as the server's `rules/patterns.ts` and `check-webhook.ts`. */
import type { Catalogue, EventType, FieldPath } from '../../data/catalogue.ts'
import type { WebhookSettings } from '../../data/webhooks.ts'

export function patternMeans(
  pattern: string,
  { kind, action, type }: Pick<EventType, 'kind' | 'action' | 'type'>,
): boolean {
  return pattern === type || pattern === '*' || pattern === `${kind}.*` || pattern === `*.${action}`
}

/** The types that the draft can fire for; system events are meant only by their name. */
export function subscribedTypes(
  { events, scope, entering }: Pick<WebhookSettings, 'events' | 'scope' | 'entering'>,
  catalogue: Pick<Catalogue, 'events' | 'system_events'>,
): EventType[] {
  const meant = [
    ...catalogue.events.filter((type) => events.some((pattern) => patternMeans(pattern, type))),
    ...catalogue.system_events.filter(({ type }) => events.includes(type)),
  ]
  if (scope.length === 0 || entering === 'moved') return meant
  // To enter a stage by being created there is asked for by `stage_changed`.
  const staged = new Set(meant.filter(({ action }) => action === 'stage_changed').map(({ kind }) => kind))
  const created = catalogue.events.filter(
    (type) => type.action === 'created' && staged.has(type.kind) && !meant.includes(type),
  )
  return [...meant, ...created]
}

/** What conditions, parameters and templates can name for these types, each path once. */
export function pathsOf(types: readonly EventType[], catalogue: Pick<Catalogue, 'kinds'>): FieldPath[] {
  const data = new Set(types.flatMap((type) => Object.keys(type.data).map((name) => `data.${name}`)))
  const kinds = new Set(types.map(({ kind }) => kind))
  const found = new Map<string, FieldPath>()
  for (const kind of catalogue.kinds.filter(({ name }) => kinds.has(name))) {
    for (const field of kind.paths) {
      if (field.path.startsWith('data.') && !data.has(field.path)) continue
      if (!found.has(field.path)) found.set(field.path, field)
    }
  }
  return [...found.values()]
}
