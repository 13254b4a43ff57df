import type { Config } from '../../config.ts'
import { retentionDaysDefault } from '../../model/index.ts'
import type { Account, Token } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { firstIdAt, newId } from '../../runtime/ids.ts'
import type { Store } from '../../store/store.ts'
import { hashToken, newLinkCode, newToken } from '../webhooks/secret-text.ts'

/** Always the same, so that processes which start at once on an empty database do not make two. */
const firstAccountId = firstIdAt('acc', 0)
const environmentTokenId = 'tok_environment'

export interface SetUp {
  account: Account
  /** An admin token made just now, to be shown once; null when there was an account, or when the settings name a token. */
  token: string | null
}

/**
 * Makes what a server cannot do without: an account, and a token to enter it with. `config.adminToken` becomes the first
 * account's admin token at every start, in the place of the one that it was before.
 */
export async function setUp(store: Store, config: Pick<Config, 'adminToken'>, clock: Clock): Promise<SetUp> {
  return store.transaction(async (tx) => {
    const now = clock()
    const existing = await tx.accounts.first()
    const account = existing ?? firstAccount(now)
    if (!existing) await tx.accounts.insert(account)
    const admin = { account_id: account.id, kind: 'admin', created_at: now } as const

    if (config.adminToken) {
      const hash = hashToken(config.adminToken)
      const known = await tx.tokens.findByHash(hash)
      if (known && (known.account_id !== account.id || known.kind !== 'admin')) {
        throw new Error(
          'HOOKLINE_ADMIN_TOKEN is a token of another kind or account already. Choose another one.',
        )
      }
      if (!known) {
        const token: Token = { ...admin, id: environmentTokenId, name: 'HOOKLINE_ADMIN_TOKEN' }
        await tx.tokens.upsert(token, hash)
      }
      return { account, token: null }
    }
    if (existing) return { account, token: null }
    const token = newToken()
    await tx.tokens.insert({ ...admin, id: newId('tok', now), name: 'First admin token' }, hashToken(token))
    return { account, token }
  })
}

/** Processes that start together each print a link; those of some starts before still work, too. */
const setupCodesMax = 8

/** A code that makes the first owner, new at each start; null once somebody of the account can sign in. */
export async function addSetupCode(store: Store, account: Account, clock: Clock): Promise<string | null> {
  return store.transaction(async (tx) => {
    if (await tx.members.anyActive(account.id)) return null
    const code = newLinkCode()
    await tx.members.addSetupCode(hashToken(code), clock(), setupCodesMax)
    return code
  })
}

function firstAccount(now: number): Account {
  return {
    id: firstAccountId,
    external_id: null,
    name: 'My account',
    subdomain: '',
    time_zone: 'UTC',
    language: 'en',
    strict: false,
    retention_days: retentionDaysDefault,
    config_version: 1,
    schema_version: 1,
    created_at: now,
  }
}
