/** Every address of the console, for tests that go over all of them. */
import { type Api, done, type Page } from './api.ts'
import type { InvitedAnswer } from './people.ts'

export interface ConsolePage {
  /** As console/routes.tsx has it. */
  route: string
  /** Where it is found in an account that holds the demo. */
  path(api: Api): string | Promise<string>
  /** It stands before the sign-in. */
  outside?: true
}

const fixed = (route: string): ConsolePage => ({ route, path: () => route })

/** The page of the first thing that a list answers. */
const ofFirst = (route: string, list: string, address: string): ConsolePage => ({
  route,
  path: async (api) => `${address}/${await firstId(api, list)}`,
})

/** All but /setup, which is there only as long as nobody is. */
export const consolePages: ConsolePage[] = [
  { ...fixed('/sign-in'), outside: true },
  { route: '/join', path: invitation, outside: true },
  { route: '/shared/:token', path: shareLink, outside: true },
  fixed('/welcome'),
  fixed('/'),
  fixed('/pipelines'),
  ofFirst('/pipelines/:kind/:id', '/v1/pipelines?kind=opportunity', '/pipelines/opportunity'),
  { route: '/records/:kind', path: () => '/records/lead' },
  ofFirst('/records/:kind/:id', '/v1/records/lead?order=updated', '/records/lead'),
  fixed('/webhooks'),
  fixed('/webhooks/new'),
  ofFirst('/webhooks/:id', '/v1/webhooks', '/webhooks'),
  {
    route: '/webhooks/:id/edit',
    path: async (api) => `/webhooks/${await firstId(api, '/v1/webhooks')}/edit`,
  },
  fixed('/history'),
  ofFirst('/history/:id', '/v1/deliveries?state=dead', '/history'),
  fixed('/replays'),
  fixed('/events'),
  ofFirst('/events/:id', '/v1/events?type=lead.stage_changed', '/events'),
  fixed('/inspector'),
  ofFirst('/inspector/:id', '/v1/inspectors', '/inspector'),
  fixed('/sources'),
  ofFirst('/sources/:id', '/v1/sources', '/sources'),
  ...['account', 'profile', 'members', 'tokens', 'names', 'audit'].map((name) => fixed(`/settings/${name}`)),
  { route: '*', path: () => '/nothing/here' },
]

/** Of a list that is not empty. */
export async function firstId(api: Api, list: string): Promise<string> {
  const { items } = await done(api.get<Page<{ id: string }>>(list))
  if (!items[0]) throw new Error(`${list} is empty.`)
  return items[0].id
}

let invited = 0

async function invitation(api: Api): Promise<string> {
  const body = { email: `invited${++invited}@example.com`, role: 'viewer' }
  const { invite } = await done(api.post<InvitedAnswer>('/v1/members', body))
  const { pathname, hash } = new URL(invite.url)
  return pathname + hash
}

async function shareLink(api: Api): Promise<string> {
  const webhookId = await firstId(api, '/v1/webhooks')
  const { url } = await done(api.post<{ url: string }>(`/v1/webhooks/${webhookId}/share-links`, {}))
  return new URL(url).pathname
}
