import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { hashToken } from '../actions/secret-text.ts'
import { invalid, Problem, type Token, tokenGrants, type TokenKind } from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'

/** Who asks, and for which account; '' where an operator's call is about no single one. */
export interface Caller {
  token: Token
  account_id: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler of every route that says what it `needs`. */
    caller: Caller
    /** The body as it came, for its hash. */
    rawBody: Buffer | undefined
  }
  interface FastifyContextConfig {
    /** The kind of token that the route asks for; without it the route is open. */
    needs?: TokenKind
    /** The route is about no single account, so `Hookline-Account` has no meaning there. */
    noAccount?: boolean
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
  needs: TokenKind
  noAccount: boolean
}

export interface Authenticator {
  /**
   * The hook of a route: sets `request.caller`, or fails with a Problem `unauthenticated`, `forbidden`, `invalid` or
   * `not_found`. A caller that is known already is let through without a turn of the event loop.
   */
  hookFor(demand: Demand): onRequestHookHandler
  /** Believes nothing that was found for this token any more. */
  forget(tokenId: string): void
}

export function makeAuthenticator(store: Store, clock: Clock): Authenticator {
  const believed = new Map<string, { caller: Caller; until: number }>()

  const find = async (request: FastifyRequest, key: string, demand: Demand): Promise<Caller> => {
    const { authorization } = request.headers
    if (!authorization) {
      throw unauthenticated('This needs a token. Send the header "Authorization: Bearer hl_…".')
    }
    const text = headerForm.exec(authorization)?.[1]
    if (!text) {
      throw unauthenticated('The Authorization header must read "Bearer hl_…", with a token of this server.')
    }
    const token = await store.tokens.findByHash(hashToken(text))
    if (!token) throw unauthenticated('This token is not known here. It may have been deleted.')
    allow(token, demand)
    const caller = { token, account_id: demand.noAccount ? '' : await accountOf(request, token, store) }
    if (believed.size >= tokensBelievedMax) believed.clear()
    believed.set(key, { caller, until: clock() + tokenBelievedMs })
    return caller
  }

  return {
    hookFor: (demand) => (request, _reply, done) => {
      const key = cacheKey(request, demand)
      const entry = believed.get(key)
      if (entry && entry.until > clock() && tokenGrants[entry.caller.token.kind].includes(demand.needs)) {
        request.caller = entry.caller
        done()
        return
      }
      find(request, key, demand).then((caller) => {
        request.caller = caller
        done()
      }, done)
    },
    forget(tokenId) {
      for (const [key, { caller }] of believed) if (caller.token.id === tokenId) believed.delete(key)
    },
  }
}

/** The headers that decide, in one text. Routes about no single account find other callers and are kept apart. */
function cacheKey({ headers }: FastifyRequest, { noAccount }: Demand): string {
  const { authorization = '', [accountHeader]: account } = headers
  if (noAccount) return `${authorization}\n`
  return account === undefined ? authorization : `${authorization}\n=${String(account)}`
}

function allow(token: Token, { needs }: Demand): void {
  if (tokenGrants[token.kind].includes(needs)) return
  const kinds = Object.entries(tokenGrants).flatMap(([kind, granted]) =>
    granted.includes(needs) ? [kind] : [],
  )
  const message = `This needs a token of one of these kinds: ${kinds.join(', ')}. Yours is of the kind "${token.kind}".`
  throw new Problem('forbidden', message)
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
