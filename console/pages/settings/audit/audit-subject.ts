/** Where in the console the subject of an entry is; null where there is no page for it. */

const to = encodeURIComponent

/** Of pipelines, fields and records the id begins with the kind: `lead/752662` → `['lead', '752662']`. */
export function splitId(id: string): [kind: string, id: string] {
  const at = id.indexOf('/')
  return at === -1 ? ['', id] : [id.slice(0, at), id.slice(at + 1)]
}

const addresses: Record<string, (id: string) => string> = {
  webhook: (id) => `/webhooks/${to(id)}`,
  delivery: (id) => `/history/${to(id)}`,
  replay: () => '/replays',
  record: (id) => `/records/${splitId(id).map(to).join('/')}`,
  pipeline: (id) => `/pipelines/${splitId(id).map(to).join('/')}`,
  field: (id) => `/settings/names?tab=fields&kind=${to(splitId(id)[0])}`,
  user: () => '/settings/names?tab=people',
  kind: () => '/settings/names?tab=kinds',
  event_type: () => '/settings/names?tab=kinds',
  source: (id) => `/sources/${to(id)}`,
  inspector: (id) => `/inspector/${to(id)}`,
  member: () => '/settings/members',
  token: () => '/settings/tokens',
  account: () => '/settings/account',
  demo: () => '/settings/account',
}

export function subjectAddress(kind: string, id: string, action: string): string | null {
  // What is deleted has no page any more; a link to a webhook is not the webhook.
  if (action.startsWith('delete') && action !== 'deleteShareLink') return null
  return addresses[kind]?.(id) ?? null
}
