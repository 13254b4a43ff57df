import type { CrmEvent } from './event.ts'
import type { Json } from './json.ts'

/** What a payload can name beside the event itself. Conditions read only the event. */
export interface PathContext {
  webhook?: { id: string; name: string; description: string }
  account?: { id: string; subdomain: string }
}

const eventKeys = new Set([
  'id',
  'type',
  'external_id',
  'occurred_at',
  'received_at',
  'sequence',
  'source',
  'bulk',
  'correlation_id',
])

/**
 * Compiles a field path to a reader. Roots: `event.id`, `record.kind`, `record.id`, `current.*`, `previous.*`, `data.*`,
 * `actor.*`, `webhook.*`, `account.*`, and related things by name: `contact.email`, `stage.name`.
 * The reader answers undefined where nothing stands at the path. Only own keys are followed.
 */
export function compilePath(path: string): (event: CrmEvent, context?: PathContext) => Json | undefined {
  const [root = '', ...rest] = path.split('.')
  switch (root) {
    case 'event': {
      const key = rest[0] ?? ''
      if (rest.length !== 1 || !eventKeys.has(key)) return () => undefined
      return (event) => event[key as 'id']
    }
    case 'record':
      return (event) => own(event.record, rest)
    case 'current':
      return (event) => own(event.current, rest)
    case 'previous':
      return (event) => own(event.previous, rest)
    case 'data':
      return (event) => own(event.data, rest)
    case 'actor':
      return (event) => own(event.actor, rest)
    case 'webhook':
      return (_event, context) => own(context?.webhook, rest)
    case 'account':
      return (_event, context) => own(context?.account, rest)
    default:
      return (event) => own(event.related, [root, ...rest])
  }
}

function own(value: unknown, keys: string[]): Json | undefined {
  // A field's own name may hold dots (`utm.source`): the whole rest is tried first.
  let current = value
  for (let index = 0; index < keys.length; index++) {
    if (current === null || typeof current !== 'object') return undefined
    const whole = keys.slice(index).join('.')
    if (Object.hasOwn(current, whole)) return (current as Record<string, Json>)[whole]
    const key = keys[index]!
    if (!Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current as Json
}
