import type { FastifyRequest } from 'fastify'
import { hashToken } from '../actions/webhooks/secret-text.ts'
import { sessionEnd } from '../actions/people/sign-in.ts'
import type { Member } from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'
import { readSessionCookie } from './session-cookie.ts'

/** A member, and the session by which it is known. */
export interface SignedInMember {
  member: Member
  /** Hex SHA-256 of what the cookie says. */
  session: string
}

/** How long a session found in the store is believed: as for tokens. */
const believedMs = 2000
const believedMax = 10_000
/** How old `seen_at` may become before a use is noted. */
const notedEveryMs = 60_000

export interface SignedInMembers {
  /** Who the request's cookie stands for; null where it is none, or its session has ended. */
  find(request: FastifyRequest): Promise<SignedInMember | null>
  /** Asks the store whether the session is still there. */
  isThere(session: string): Promise<boolean>
  /** Believes nothing that was found of this member any more. */
  forget(memberId: string): void
}

export function findSignedInMembers(
  store: Pick<Store, 'sessions' | 'transaction'>,
  clock: Clock,
  publicUrl: () => string,
): SignedInMembers {
  const believed = new Map<string, { found: SignedInMember; until: number }>()
  const noting = new Set<string>()

  async function noteUse(session: { hash: string; created_at: number; seen_at: number }): Promise<void> {
    const { hash, seen_at } = session
    const now = clock()
    // A page asks for many things at once.
    if (now - seen_at < notedEveryMs || noting.has(hash)) return
    noting.add(hash)
    try {
      await store.transaction((tx) => tx.sessions.touch(hash, now, sessionEnd(session, now)))
    } finally {
      noting.delete(hash)
    }
  }

  return {
    async find(request) {
      const text = readSessionCookie(request, publicUrl())
      if (text === null) return null
      const entry = believed.get(text)
      if (entry && entry.until > clock()) return entry.found
      believed.delete(text)
      const row = await store.sessions.find(hashToken(text), clock())
      if (!row) return null
      await noteUse(row.session)
      const found = { member: row.member, session: row.session.hash }
      if (believed.size >= believedMax) believed.clear()
      believed.set(text, { found, until: clock() + believedMs })
      return found
    },
    isThere: async (session) => (await store.sessions.find(session, clock())) !== null,
    forget(memberId) {
      for (const [text, { found }] of believed) if (found.member.id === memberId) believed.delete(text)
    },
  }
}
