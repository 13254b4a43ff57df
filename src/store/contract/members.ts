/** People who sign in, and how they do. A part of the store's contract: see `../store.ts`. */
import type { Member, Session } from '../../model/index.ts'
import type { Page } from './accounts.ts'

/** A member with what its password is compared with; null while it is invited. */
export interface MemberWithPassword {
  member: Member
  password: string | null
}

export interface MemberReads {
  get(accountId: string, memberId: string): Promise<Member | null>
  list(accountId: string, page: Page): Promise<Member[]>
  /** By the normalised e-mail. Of any account: this is how somebody who signs in is found. */
  findByEmail(email: string): Promise<MemberWithPassword | null>
  /** Whether anybody can sign in to the account. */
  anyActive(accountId: string): Promise<boolean>
  /** Whom a one-time link is for, if it has not ended by `now`. Of any account: the link is the right to use it. */
  findByInvitation(hash: string, now: number): Promise<Member | null>
  /** Whether the code makes the first owner. */
  isSetupCode(hash: string): Promise<boolean>
}

export interface MemberWrites extends MemberReads {
  /** The state is what the password says: null is invited. */
  insert(member: Omit<Member, 'state'>, password: string | null): Promise<void>
  /** False where the account has no such member. */
  update(
    accountId: string,
    memberId: string,
    change: Partial<Pick<Member, 'name' | 'role' | 'language'>>,
  ): Promise<boolean>
  setPassword(accountId: string, memberId: string, password: string): Promise<void>
  /** With sessions and invitation. False where the account has no such member. */
  delete(accountId: string, memberId: string): Promise<boolean>
  /** The ids of the account's active owners. Until the transaction ends nobody else can change who they are. */
  lockOwners(accountId: string): Promise<string[]>
  /** Makes `hash` the member's one and only invitation. */
  invite(accountId: string, memberId: string, invitation: { hash: string; expires_at: number }): Promise<void>
  /** Uses an invitation up, if it has not ended by `now`: of two transactions only one gets its member. */
  takeInvitation(hash: string, now: number): Promise<Member | null>
  /** Adds a code that makes the first owner, and keeps the newest `keep` of them. */
  addSetupCode(hash: string, now: number, keep: number): Promise<void>
  /** Uses up all such codes, and says whether this was one. Of two transactions only one is told so. */
  takeSetupCodes(hash: string): Promise<boolean>
}

export interface SessionReads {
  /** A session that has not ended by `now`, with its member. */
  find(hash: string, now: number): Promise<{ session: Session; member: Member } | null>
}

export interface SessionWrites extends SessionReads {
  /** Of the member's sessions the newest `keep` stay. */
  insert(session: Session, keep: number): Promise<void>
  /** Notes that the session was used, for the member, too, and puts its end off. */
  touch(hash: string, now: number, expiresAt: number): Promise<void>
  delete(hash: string): Promise<void>
  /** Ends all sessions of the member but the one with the hash `except`. */
  deleteOf(memberId: string, except: string | null): Promise<void>
  /** Removes up to `limit` each of sessions and invitations that have ended by `now`; answers how many. */
  expire(now: number, limit: number): Promise<number>
}
