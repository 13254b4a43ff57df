import type { TokenKind } from './account.ts'
import type { Language } from './text.ts'

export const roles = ['owner', 'manager', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a role may do, said as a kind of token. */
export const roleKinds: Record<Role, TokenKind> = { owner: 'admin', manager: 'manage', viewer: 'read' }

/** A person who signs in to the console, of exactly one account. */
export interface Member {
  id: string
  account_id: string
  /** As `normaliseEmail` writes it; nobody else on the whole server has the same. */
  email: string
  name: string
  role: Role
  /** null: the account's. */
  language: Language | null
  /** `invited` until a password is set. */
  state: 'active' | 'invited'
  created_at: number
  last_seen_at: number | null
}

/** A browser in which a member is signed in. */
export interface Session {
  /** Hex SHA-256 of the cookie's value, which is kept nowhere. */
  hash: string
  member_id: string
  created_at: number
  /** When it was last used, to the minute. */
  seen_at: number
  /** Put off by use, up to a bound. */
  expires_at: number
}

/** One writing for every e-mail address: lower case, composed letters, no spaces around. */
export function normaliseEmail(text: string): string {
  return text.trim().normalize('NFC').toLowerCase()
}
