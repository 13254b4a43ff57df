/** People who sign in, as their browsers call the server. */
import { type Api, type ApiAnswer, done, makeApi } from './api.ts'

export type Role = 'owner' | 'manager' | 'viewer'

export interface MemberAnswer {
  id: string
  email: string
  name: string
  role: Role
  language: string | null
  state: string
  created_at: string
  last_seen_at: string | null
}

export interface InvitedAnswer extends MemberAnswer {
  invite: { url: string; expires_at: string }
}

export interface SessionAnswer {
  member: { id: string; email: string; name: string; role: Role; language: string | null } | null
  account: { id: string; name: string; time_zone: string; language: string } | null
  setup_needed: boolean
}

/** Somebody who is signed in, in one browser. */
export interface Person {
  id: string
  email: string
  password: string
  /** What the browser sends. */
  cookie: string
  api: Api
}

const password = 'correct horse battery'

/** What a browser sends with a request that a page of the server itself makes. */
export const fromConsole = { 'sec-fetch-site': 'same-origin' }

/** A browser in which nobody is signed in. */
export function newBrowser(server: { readonly url: string }): Api {
  return makeApi(() => server.url, fromConsole)
}

/** The part behind the # of a link. */
export function codeIn(link: string | null): string {
  return /#(\w+)$/.exec(link ?? '')?.[1] ?? ''
}

/** What a browser keeps of an answer's cookie, and sends from then on. */
export function cookieIn({ headers }: ApiAnswer<unknown>): string {
  return headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

/** The same browser after it got this answer. */
export function withCookie(browser: Api, answer: ApiAnswer<unknown>): Api {
  return browser.with({ cookie: cookieIn(answer) })
}

/** Signs in by what `call` answers with a cookie. */
async function personOf(
  browser: Api,
  email: string,
  call: Promise<ApiAnswer<SessionAnswer>>,
): Promise<Person> {
  const answer = await call
  const { member } = await done(answer)
  return {
    id: member!.id,
    email,
    password,
    cookie: cookieIn(answer),
    api: withCookie(browser, answer),
  }
}

/** Makes the first owner, by the link of the server's start. */
export function makeFirstOwner(
  server: { readonly url: string; readonly setupLink: string | null },
  email = 'first@example.com',
): Promise<Person> {
  const browser = newBrowser(server)
  const body = { code: codeIn(server.setupLink), email, password, name: 'First Owner' }
  return personOf(browser, email, browser.post<SessionAnswer>('/v1/setup', body))
}

let people = 0

/** Invites somebody with the rights of `by`, and lets that person join. */
export async function addPerson(server: { readonly url: string }, by: Api, role: Role): Promise<Person> {
  const email = `${role}${++people}@example.com`
  const { invite } = await done(by.post<InvitedAnswer>('/v1/members', { email, role }))
  const browser = newBrowser(server)
  const body = { code: codeIn(invite.url), password }
  return personOf(browser, email, browser.post<SessionAnswer>('/v1/join', body))
}

/** Signs in with e-mail and password, in a browser of its own. */
export function signIn(
  server: { readonly url: string },
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<Person> {
  const browser = newBrowser(server)
  return personOf(browser, email, browser.post<SessionAnswer>('/v1/session', { email, password }))
}
