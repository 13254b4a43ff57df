/** How people get in: the first owner's link, invitations, e-mail and password; and the sessions that come of it. */
import {
  type Account,
  invalid,
  type Language,
  type Member,
  normaliseEmail,
  Problem,
  type ProblemDetail,
  type Session,
} from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import type { Store, Transaction } from '../../store/store.ts'
import { normalisePassword, type Passwords } from './passwords.ts'
import { hashToken, newSessionText } from '../secret-text.ts'
import { bringHome, type Home } from './set-up.ts'
import { makeTryLimit } from './try-limit.ts'

const dayMs = 24 * 60 * 60 * 1000
/** A session that is not used ends after this, and every session after the other. */
const sessionIdleMs = 7 * dayMs
export const sessionMsMax = 30 * dayMs
/** Of one member, on all devices. */
const sessionsMax = 50

const passwordCharactersMin = 10
const passwordCharactersMax = 200

/** Wrong passwords for one e-mail: ten, then one a minute. */
const emailTries = { burst: 10, everyMs: 60_000, keysMax: 50_000 }
/** Wrong passwords and codes from one address, behind which many people may sit: thirty, then one every ten seconds. */
const addressTries = { burst: 30, everyMs: 10_000, keysMax: 50_000 }

/** Somebody was let in: the cookie's value is known here and nowhere else. */
export interface SignedIn {
  member: Member
  sessionText: string
}

export interface SignIn {
  /** @throws Problem `unauthenticated` for every wrong pair, `too_many` */
  withPassword(pair: { email: string; password: string }, address: string): Promise<SignedIn>
  /** Makes the first account's first owner, who also says where the account is at home. @throws Problem `forbidden`, `conflict`, `invalid`, `too_many` */
  firstOwner(input: FirstOwner, address: string): Promise<SignedIn>
  /** Whom an invitation is for. @throws Problem `forbidden`, `too_many` */
  checkInvitation(code: string, address: string): Promise<{ member: Member; account: Account }>
  /** Sets the password of the invited member. @throws Problem `forbidden`, `invalid`, `too_many` */
  join(
    input: { code: string; password: string; name?: string | undefined },
    address: string,
  ): Promise<SignedIn>
  /** What members change about themselves. @throws Problem `invalid`, `too_many` */
  changeSelf(session: { hash: string; member: Member }, change: SelfChange): Promise<Member>
}

export interface FirstOwner extends Home {
  code: string
  email: string
  password: string
  name: string
}

export interface SelfChange {
  name?: string | undefined
  language?: Language | null | undefined
  password?: string | undefined
  new_password?: string | undefined
}

export function makeSignIn({
  store,
  clock,
  passwords,
}: {
  store: Store
  clock: Clock
  passwords: Passwords
}): SignIn {
  const byEmail = makeTryLimit({ clock, ...emailTries })
  const byAddress = makeTryLimit({ clock, ...addressTries })

  /** Counted before it is known whether it was a guess, so that guesses at the same moment count, too. */
  async function counted<T>(address: string, email: string | null, attempt: () => Promise<T>): Promise<T> {
    byAddress.take(address)
    try {
      if (email !== null) byEmail.take(email)
    } catch (error) {
      byAddress.giveBack(address)
      throw error
    }
    try {
      const value = await attempt()
      byAddress.giveBack(address)
      if (email !== null) byEmail.clear(email)
      return value
    } catch (error) {
      if (!isGuess(error)) {
        byAddress.giveBack(address)
        if (email !== null) byEmail.giveBack(email)
      }
      throw error
    }
  }

  async function open(tx: Transaction, member: Member): Promise<SignedIn> {
    const now = clock()
    const sessionText = newSessionText()
    const session: Session = {
      hash: hashToken(sessionText),
      member_id: member.id,
      created_at: now,
      seen_at: now,
      expires_at: now + sessionIdleMs,
    }
    await tx.sessions.insert(session, sessionsMax)
    await tx.sessions.touch(session.hash, now, session.expires_at)
    return { member: { ...member, last_seen_at: now }, sessionText }
  }

  async function note(tx: Transaction, { account_id, id }: Member, action: string): Promise<void> {
    const now = clock()
    await tx.audit.insert({
      account_id,
      id: newId('aud', now),
      at: now,
      actor: `member ${id}`,
      action,
      subject_kind: 'member',
      subject_id: id,
      detail: {},
    })
  }

  return {
    withPassword({ email, password }, address) {
      const key = normaliseEmail(email)
      return counted(address, key, async () => {
        const found = await store.members.findByEmail(key)
        // Also where there is nobody: the time that it takes tells nothing.
        const fits = await passwords.verify(password, found?.password ?? null)
        if (!found?.password || !fits) throw wrongPair()
        const { member, password: kept } = found
        const renewed = passwords.isOutdated(kept) ? await passwords.hash(password) : null
        return store.transaction(async (tx) => {
          // It may have been deleted, or got another password, meanwhile.
          const now = await tx.members.findByEmail(key)
          if (now?.member.id !== member.id || now.password !== kept) throw wrongPair()
          if (renewed !== null) await tx.members.setPassword(member.account_id, member.id, renewed)
          await note(tx, member, 'signIn')
          return open(tx, now.member)
        })
      })
    },

    firstOwner({ code, email, password, name, ...home }, address) {
      return counted(address, null, async () => {
        const hash = hashToken(code)
        // Before the slow part, and so that a wrong code is told before a wrong password.
        if (!(await store.members.isSetupCode(hash))) throw deadSetupLink()
        checkPassword('password', password)
        const kept = await passwords.hash(password)
        return store.transaction(async (tx) => {
          const account = await tx.accounts.first()
          const known = await tx.members.takeSetupCodes(hash)
          if (!known || !account || (await tx.members.anyActive(account.id))) throw deadSetupLink()
          const key = normaliseEmail(email)
          if (await tx.members.findByEmail(key)) throw emailTaken()
          const now = clock()
          const member: Member = {
            id: newId('mem', now),
            account_id: account.id,
            email: key,
            name,
            role: 'owner',
            language: null,
            state: 'active',
            created_at: now,
            last_seen_at: null,
          }
          await tx.members.insert(member, kept)
          await bringHome(tx, account, home)
          await note(tx, member, 'setUp')
          return open(tx, member)
        })
      })
    },

    checkInvitation(code, address) {
      return counted(address, null, async () => {
        const member = await store.members.findByInvitation(hashToken(code), clock())
        const account = member && (await store.accounts.get(member.account_id))
        if (!member || !account) throw deadInvitation()
        return { member, account }
      })
    },

    join({ code, password, name }, address) {
      return counted(address, null, async () => {
        const hash = hashToken(code)
        if (!(await store.members.findByInvitation(hash, clock()))) throw deadInvitation()
        checkPassword('password', password)
        const kept = await passwords.hash(password)
        const signedIn = await store.transaction(async (tx) => {
          const invited = await tx.members.takeInvitation(hash, clock())
          if (!invited) throw deadInvitation()
          const { account_id, id } = invited
          if (name !== undefined) await tx.members.update(account_id, id, { name })
          await tx.members.setPassword(account_id, id, kept)
          await tx.sessions.deleteOf(id, null)
          const member = await tx.members.get(account_id, id)
          await note(tx, invited, 'join')
          return open(tx, member ?? invited)
        })
        byEmail.clear(signedIn.member.email)
        return signedIn
      })
    },

    async changeSelf({ hash, member }, { name, language, password, new_password }) {
      const { account_id, id, email } = member
      let kept: { before: string; after: string } | null = null
      if (new_password !== undefined) {
        if (password === undefined)
          throw invalid([
            { path: 'password', code: 'required', message: 'Changing the password needs the present one.' },
          ])
        checkPassword('new_password', new_password)
        byEmail.take(email)
        const found = await store.members.findByEmail(email)
        const fits = await passwords.verify(password, found?.password ?? null)
        if (!found?.password || !fits) throw invalid([wrongPassword])
        byEmail.clear(email)
        kept = { before: found.password, after: await passwords.hash(new_password) }
      }
      return store.transaction(async (tx) => {
        await tx.members.update(account_id, id, {
          ...(name === undefined ? {} : { name }),
          ...(language === undefined ? {} : { language }),
        })
        if (kept) {
          const now = await tx.members.findByEmail(email)
          if (now?.password !== kept.before) throw invalid([wrongPassword])
          await tx.members.setPassword(account_id, id, kept.after)
          await tx.sessions.deleteOf(id, hash)
          await note(tx, member, 'changePassword')
        }
        const changed = await tx.members.get(account_id, id)
        if (!changed) throw new Problem('unauthenticated', 'Your session has ended. Sign in again.')
        return changed
      })
    },
  }
}

/** Until when a session is good that began and was used at these times. */
export function sessionEnd(session: Pick<Session, 'created_at'>, now: number): number {
  return Math.min(now + sessionIdleMs, session.created_at + sessionMsMax)
}

/** @throws Problem `invalid` with the path */
function checkPassword(path: string, password: string): void {
  const { length } = Array.from(normalisePassword(password))
  const problem = (code: string, message: string) => invalid([{ path, code, message }])
  if (length < passwordCharactersMin)
    throw problem('too_short', `A password has at least ${passwordCharactersMin} characters.`)
  if (length > passwordCharactersMax)
    throw problem('too_long', `A password has at most ${passwordCharactersMax} characters.`)
}

function isGuess(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'unauthenticated' || error.code === 'forbidden')
}

const wrongPassword: ProblemDetail = {
  path: 'password',
  code: 'wrong_password',
  message: 'This is not your present password.',
}

function wrongPair(): Problem {
  return new Problem('unauthenticated', 'E-mail and password do not go together. Check both.')
}

function deadSetupLink(): Problem {
  return new Problem(
    'forbidden',
    'This link does not work, or was used. Restart the server: until there is a first user, it prints a new one.',
  )
}

function deadInvitation(): Problem {
  return new Problem(
    'forbidden',
    'This link does not work any more: it was used, replaced or is over. Ask an owner for a new one.',
  )
}

export function emailTaken(): Problem {
  const message = 'This e-mail belongs to a member of this server already. Use another one.'
  return new Problem('conflict', message, { errors: [{ path: 'email', code: 'taken', message }] })
}
