import type { WebhookVersion } from '../../data/webhooks.ts'

export interface Change {
  /** `request.url`. */
  path: string
  old: string
  now: string
}

/** Which settings differ between two versions, at the places where people set them. */
export function changesOf(
  before: Pick<WebhookVersion, 'status' | 'settings'>,
  after: Pick<WebhookVersion, 'status' | 'settings'>,
): Change[] {
  return differences(flat(before), flat(after))
}

/** These are shown as one thing, not key by key. */
const whole = new Set([
  'conditions',
  'scope',
  'events',
  'active_hours',
  'limits',
  'request.headers',
  'request.auth',
])

function flat({ status, settings }: Pick<WebhookVersion, 'status' | 'settings'>): Map<string, string> {
  const found = new Map([['status', status]])
  const add = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !whole.has(path)) {
      for (const [key, item] of Object.entries(value)) add(item, path === '' ? key : `${path}.${key}`)
      return
    }
    found.set(path, typeof value === 'string' ? value : JSON.stringify(value))
  }
  add(settings, '')
  return found
}

function differences(before: Map<string, string>, after: Map<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [old, now] = [before.get(path) ?? '', after.get(path) ?? '']
    return old === now ? [] : [{ path, old, now }]
  })
}
