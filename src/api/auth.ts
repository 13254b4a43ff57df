import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { hashToken } from '../actions/secret-text.ts'
import {
  invalid,
  Problem,
  roleKinds,
  roles,
  type Token,
  tokenGrants,
  type TokenKind,
} from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'
import { onlyReads, refuseForeign } from './own-origin.ts'
import { findSignedInMembers, type SignedInMember } from './signed-in.ts'

/** What a route can ask for: what a token of a kind may do, or to be a member who has signed in. */
export type Need = TokenKind | 'member'

/** Who asks, and for which account: a token or a member. */
export interface Caller {
  /** `tok_…` or `mem_…`. */
  id: string
  /** As the audit names it: `token tok_…`, `member mem_…`. */
  actor: string
  grants: readonly Need[]
  /** '' where an operator's call is about no single one. */
  account_id: string
  /** The account that it belongs to; null of an operator's token, which acts for any. */
  home: string | null
  /** Null of a token. */
  signedIn: SignedInMember | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler of every route that says what it `needs`. */
    caller: Caller
    /** The body as it came, for its hash. */
    rawBody: Buffer | undefined
  }
  interface FastifyContextConfig {
    /** What the route asks of its callers; without it the route is open. */
    needs?: Need
    /** The route is about no single account, so `Hookline-Account` has no meaning there. */
    noAccount?: boolean
    /** The route is open and sets or takes a cookie: other sites must not call it. */
    fromConsole?: boolean
    /** The route's body is a file, such as an import's, and no JSON. */
    takesFiles?: boolean
  }
}

/** How long a token found in the store is believed: as long as another process may not know that it was deleted. */
const tokenBelievedMs = 2000
const tokensBelievedMax = 10_000

const headerForm = /^Bearer +(hl_[A-Za-z0-9_]{1,200})$/i
const accountHeader = 'hookline-account'

/** What a route asks of its callers. */
export interface Demand {
  needs: Need
  noAccount: boolean
}

export interface Authenticator {
  /**
   * The hook of a route: sets `request.caller`, or fails with a Problem `unauthenticated`, `forbidden`, `invalid` or
   * `not_found`. A token that is known already is let through without a turn of the event loop. An `Authorization` header
   * wins over a cookie.
   */
  hookFor(demand: Demand): onRequestHookHandler
  /** The hook of open routes that set or take a cookie: refuses what does not come from the console, as `forbidden`. */
  fromConsole: onRequestHookHandler
  /** Who is signed in where nothing is asked for: null for nobody, and for tokens. */
  signedIn(request: FastifyRequest): Promise<SignedInMember | null>
  /** Asks the store whether the request's token or session is still there. */
  isStillThere(request: FastifyRequest): Promise<boolean>
  /** Believes nothing that was found for this token or member any more. */
  forget(id: string): void
  /** Calls back whenever a token or member is forgotten, for answers that outlast their question. Answers how to stop that. */
  onForget(listener: (id: string) => void): () => void
}

export function makeAuthenticator(store: Store, clock: Clock, publicUrl: () => string): Authenticator {
  const believed = new Map<string, { caller: Caller; until: number }>()
  const members = findSignedInMembers(store, clock, publicUrl)
  const listeners = new Set<(id: string) => void>()

  const findToken = async (request: FastifyRequest, key: string, demand: Demand): Promise<Caller> => {
    const { authorization } = request.headers
    if (!authorization) {
      throw unauthenticated(
        'This needs a token, or somebody who is signed in. Send the header "Authorization: Bearer hl_…".',
      )
    }
    const text = headerForm.exec(authorization)?.[1]
    if (!text) {
      throw unauthenticated('The Authorization header must read "Bearer hl_…", with a token of this server.')
    }
    const token = await store.tokens.findByHash(hashToken(text))
    if (!token) throw unauthenticated('This token is not known here. It may have been deleted.')
    const caller = callerOfToken(token)
    if (!caller.grants.includes(demand.needs)) throw refuseToken(token, demand.needs)
    if (!demand.noAccount) caller.account_id = await accountOf(request, token, store)
    if (believed.size >= tokensBelievedMax) believed.clear()
    believed.set(key, { caller, until: clock() + tokenBelievedMs })
    return caller
  }

  /** Null where the request has no session of ours. */
  const findMember = async (request: FastifyRequest, { needs }: Demand): Promise<Caller | null> => {
    const found = await members.find(request)
    if (!found) return null
    // Not before: a stranger is told to sign in, whatever he sends.
    if (!onlyReads(request)) refuseForeign(request, publicUrl())
    const caller = callerOfMember(found)
    if (!caller.grants.includes(needs)) throw refuseMember(found, needs)
    return caller
  }

  return {
    hookFor: (demand) => (request, _reply, done) => {
      const key = cacheKey(request, demand)
      const entry = believed.get(key)
      if (entry && entry.until > clock() && entry.caller.grants.includes(demand.needs)) {
        request.caller = entry.caller
        done()
        return
      }
      const { authorization, cookie } = request.headers
      const finding =
        authorization === undefined && cookie !== undefined
          ? findMember(request, demand).then((caller) => caller ?? findToken(request, key, demand))
          : findToken(request, key, demand)
      finding.then((caller) => {
        request.caller = caller
        done()
      }, done)
    },
    fromConsole(request, _reply, done) {
      refuseForeign(request, publicUrl())
      done()
    },
    signedIn: async (request) => (request.headers.authorization === undefined ? members.find(request) : null),
    async isStillThere(request) {
      const { signedIn } = request.caller
      if (signedIn) return members.isThere(signedIn.session)
      const text = headerForm.exec(request.headers.authorization ?? '')?.[1] ?? ''
      return (await store.tokens.findByHash(hashToken(text))) !== null
    },
    forget(id) {
      for (const [key, { caller }] of believed) if (caller.id === id) believed.delete(key)
      members.forget(id)
      for (const listener of listeners) listener(id)
    },
    onForget(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The headers that decide, in one text. Routes about no single account find other callers and are kept apart. */
function cacheKey({ headers }: FastifyRequest, { noAccount }: Demand): string {
  const { authorization = '', [accountHeader]: account } = headers
  if (noAccount) return `${authorization}\n`
  return account === undefined ? authorization : `${authorization}\n=${String(account)}`
}

function callerOfToken({ id, kind, account_id: home }: Token): Caller {
  return { id, actor: `token ${id}`, grants: tokenGrants[kind], account_id: '', home, signedIn: null }
}

const memberGrants = {
  owner: [...tokenGrants[roleKinds.owner], 'member'],
  manager: [...tokenGrants[roleKinds.manager], 'member'],
  viewer: [...tokenGrants[roleKinds.viewer], 'member'],
} as const satisfies Record<string, readonly Need[]>

function callerOfMember(signedIn: SignedInMember): Caller {
  const { id, account_id, role } = signedIn.member
  return {
    id,
    actor: `member ${id}`,
    grants: memberGrants[role],
    account_id,
    home: account_id,
    signedIn,
  }
}

/** The kinds of tokens that may do what a route needs. */
export function kindsFor(needs: Need): TokenKind[] {
  const kinds = Object.keys(tokenGrants) as TokenKind[]
  return kinds.filter((kind) => (tokenGrants[kind] as readonly Need[]).includes(needs))
}

/** The roles of members that may. */
export function rolesFor(needs: Need): string[] {
  return roles.filter((role) => (memberGrants[role] as readonly Need[]).includes(needs))
}

function refuseToken({ kind }: Token, needs: Need): Problem {
  const message =
    needs === 'member'
      ? 'This is for people who sign in: a token has no name, language or password.'
      : `This needs a token of one of these kinds: ${kindsFor(needs).join(', ')}. Yours is of the kind "${kind}".`
  return new Problem('forbidden', message)
}

function refuseMember({ member }: SignedInMember, needs: Need): Problem {
  const able = rolesFor(needs)
  const message =
    able.length === 0
      ? `This needs a token of the kind ${kindsFor(needs).join(', ')}: no member may do it.`
      : `This needs one of these roles: ${able.join(', ')}. Yours is "${member.role}".`
  return new Problem('forbidden', message)
}

async function accountOf(request: FastifyRequest, token: Token, store: Store): Promise<string> {
  const header = request.headers[accountHeader]
  const asked = typeof header === 'string' ? readHeader(header) : null
  if (token.account_id === null) {
    if (asked === null || asked === '') {
      const message =
        'An operator token needs the header "Hookline-Account" with the external_id of an account.'
      throw invalid([{ path: 'Hookline-Account', code: 'required', message }])
    }
    const account = await store.accounts.findByExternalId(asked)
    if (account) return account.id
    throw new Problem('not_found', 'There is no account with the external_id that Hookline-Account names.')
  }
  if (asked !== null) {
    const own = await store.accounts.get(token.account_id)
    if (own?.external_id !== asked) {
      throw new Problem(
        'forbidden',
        'This token belongs to one account. Leave the header "Hookline-Account" out.',
      )
    }
  }
  return token.account_id
}

/** Node reads header values as Latin-1; ids in other alphabets are sent as UTF-8 bytes. */
function readHeader(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}

function unauthenticated(message: string): Problem {
  return new Problem('unauthenticated', message)
}
