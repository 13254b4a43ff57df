import { expect, test } from 'vitest'
import type { Member, Session } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, nextId, presentMs } from './things.ts'

const hourMs = 3_600_000

export function makeMember(accountId: string, change: Partial<Member> = {}): Member {
  const id = nextId('mem')
  return {
    id,
    account_id: accountId,
    email: `${id}@example.com`,
    name: 'Жанна',
    role: 'manager',
    language: 'pt-BR',
    state: 'active',
    created_at: presentMs(),
    last_seen_at: null,
    ...change,
  }
}

export function memberTests(opened: Opened): void {
  const store = () => opened().store

  function makeSession(memberId: string, change: Partial<Session> = {}): Session {
    const now = presentMs()
    const hash = `session ${nextId('mem')}`
    return {
      hash,
      member_id: memberId,
      created_at: now,
      seen_at: now,
      expires_at: now + hourMs,
      ...change,
    }
  }

  async function addMember(accountId: string, change: Partial<Member> = {}): Promise<Member> {
    const member = makeMember(accountId, change)
    const password = member.state === 'active' ? `password of ${member.id}` : null
    await store().transaction((tx) => tx.members.insert(member, password))
    return member
  }

  async function addSession(memberId: string, change: Partial<Session> = {}): Promise<Session> {
    const session = makeSession(memberId, change)
    await store().transaction((tx) => tx.sessions.insert(session, 100))
    return session
  }

  const isThere = async ({ hash }: Session) => (await store().sessions.find(hash, presentMs())) !== null

  test('a member is found by its id, and by its e-mail with the password; the state is what the password says', async () => {
    const { id } = await addAccount(store())
    const active = await addMember(id)
    const invited = await addMember(id, { state: 'invited', language: null, role: 'owner' })
    expect(await store().members.get(id, active.id)).toEqual(active)
    expect(await store().members.get(id, invited.id)).toEqual(invited)
    expect(await store().members.get(id, 'mem_none')).toBeNull()
    expect(await store().members.findByEmail(active.email)).toEqual({
      member: active,
      password: `password of ${active.id}`,
    })
    expect(await store().members.findByEmail(invited.email)).toEqual({ member: invited, password: null })
    expect(await store().members.findByEmail('nobody@example.com')).toBeNull()
    await store().transaction((tx) => tx.members.setPassword(id, invited.id, 'new'))
    expect(await store().members.get(id, invited.id)).toEqual({ ...invited, state: 'active' })
  })

  test('an e-mail belongs to one member, of whatever account', async () => {
    const { email } = await addMember((await addAccount(store())).id)
    const { id: other } = await addAccount(store())
    await expect(addMember(other, { email })).rejects.toThrow()
    expect(await store().members.list(other, { limit: 10 })).toEqual([])
  })

  test('members are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [await addMember(id), await addMember(id), await addMember(id)]
    await addMember((await addAccount(store())).id)
    expect(await store().members.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().members.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('an update changes what it names', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id)
    const update = (change: object) => store().transaction((tx) => tx.members.update(id, member.id, change))
    expect(await update({ role: 'viewer' })).toBe(true)
    expect(await update({ name: 'Ann', language: null })).toBe(true)
    expect(await update({})).toBe(true)
    expect(await store().members.get(id, member.id)).toEqual({
      ...member,
      role: 'viewer',
      name: 'Ann',
      language: null,
    })
    for (const change of [{}, { name: 'x' }])
      expect(await store().transaction((tx) => tx.members.update(id, 'mem_none', change))).toBe(false)
  })

  test('an account has somebody who can sign in, or not', async () => {
    const { id } = await addAccount(store())
    expect(await store().members.anyActive(id)).toBe(false)
    await addMember(id, { state: 'invited' })
    expect(await store().members.anyActive(id)).toBe(false)
    await addMember(id)
    expect(await store().members.anyActive(id)).toBe(true)
  })

  test('owners are those who can sign in', async () => {
    const { id } = await addAccount(store())
    const owner = await addMember(id, { role: 'owner' })
    await addMember(id, { role: 'owner', state: 'invited' })
    await addMember(id)
    await addMember((await addAccount(store())).id, { role: 'owner' })
    expect(await store().transaction((tx) => tx.members.lockOwners(id))).toEqual([owner.id])
  })

  test('of two who remove an owner at once, each sees what the other did', async () => {
    const { id } = await addAccount(store())
    const owners = [await addMember(id, { role: 'owner' }), await addMember(id, { role: 'owner' })]
    const left = await Promise.all(
      owners.map((owner) =>
        store().transaction(async (tx) => {
          const ids = await tx.members.lockOwners(id)
          if (ids.length > 1) await tx.members.update(id, owner.id, { role: 'viewer' })
          return ids.length
        }),
      ),
    )
    expect(left.sort()).toEqual([1, 2])
    expect(await store().transaction((tx) => tx.members.lockOwners(id))).toHaveLength(1)
  })

  test('a session is found with its member until it ends', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id)
    const session = await addSession(member.id)
    expect(await store().sessions.find(session.hash, session.expires_at - 1)).toEqual({ session, member })
    expect(await store().sessions.find(session.hash, session.expires_at)).toBeNull()
    expect(await store().sessions.find('another', presentMs())).toBeNull()
    await store().transaction((tx) => tx.sessions.delete(session.hash))
    expect(await isThere(session)).toBe(false)
  })

  test('the use of a session is noted, for its member, too', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id)
    const session = await addSession(member.id)
    const [now, end] = [session.created_at + 60_000, session.expires_at + 60_000]
    await store().transaction((tx) => tx.sessions.touch(session.hash, now, end))
    await store().transaction((tx) => tx.sessions.touch('another', now + 1, end))
    expect(await store().sessions.find(session.hash, now)).toEqual({
      session: { ...session, seen_at: now, expires_at: end },
      member: { ...member, last_seen_at: now },
    })
  })

  test('of many sessions the newest are kept', async () => {
    const { id } = await addAccount(store())
    const [member, other] = [await addMember(id), await addMember(id)]
    const foreign = await addSession(other.id)
    const sessions = [makeSession(member.id), makeSession(member.id), makeSession(member.id)]
    for (const session of sessions) await store().transaction((tx) => tx.sessions.insert(session, 2))
    expect(await Promise.all([...sessions, foreign].map(isThere))).toEqual([false, true, true, true])
  })

  test('all sessions of a member end, but for one that is named', async () => {
    const { id } = await addAccount(store())
    const [member, other] = [await addMember(id), await addMember(id)]
    const sessions = [await addSession(member.id), await addSession(member.id), await addSession(other.id)]
    const there = () => Promise.all(sessions.map(isThere))
    await store().transaction((tx) => tx.sessions.deleteOf(member.id, sessions[0]!.hash))
    expect(await there()).toEqual([true, false, true])
    await store().transaction((tx) => tx.sessions.deleteOf(member.id, null))
    expect(await there()).toEqual([false, false, true])
  })

  test('a deleted member takes sessions and invitation along', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id)
    const session = await addSession(member.id)
    const invitation = { hash: `invitation ${member.id}`, expires_at: presentMs() + hourMs }
    await store().transaction((tx) => tx.members.invite(id, member.id, invitation))
    const remove = () => store().transaction((tx) => tx.members.delete(id, member.id))
    expect([await remove(), await remove()]).toEqual([true, false])
    expect(await isThere(session)).toBe(false)
    expect(await store().members.findByInvitation(invitation.hash, presentMs())).toBeNull()
    expect(await store().members.findByEmail(member.email)).toBeNull()
  })

  test('an invitation is the newest one, has an end, and is used once', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id, { state: 'invited' })
    const expires_at = presentMs() + hourMs
    const [older, newer] = [`older ${member.id}`, `newer ${member.id}`]
    for (const hash of [older, newer])
      await store().transaction((tx) => tx.members.invite(id, member.id, { hash, expires_at }))
    const find = (hash: string, now = presentMs()) => store().members.findByInvitation(hash, now)
    expect([await find(older), await find(newer)]).toEqual([null, member])
    expect([await find(newer, expires_at - 1), await find(newer, expires_at)]).toEqual([member, null])
    const take = (hash: string, now = presentMs()) =>
      store().transaction((tx) => tx.members.takeInvitation(hash, now))
    expect([await take(older), await take(newer, expires_at)]).toEqual([null, null])
    const taken = await Promise.all([take(newer), take(newer)])
    expect(taken.filter((found) => found !== null)).toEqual([member])
    expect(await find(newer)).toBeNull()
  })

  test('what has ended is removed, some at a time', async () => {
    const { id } = await addAccount(store())
    const member = await addMember(id)
    const end = Date.UTC(2000, 0, 1)
    const old = [
      await addSession(member.id, { expires_at: end }),
      await addSession(member.id, { expires_at: end }),
    ]
    const young = await addSession(member.id)
    const invitation = { hash: `invitation ${member.id}`, expires_at: end }
    await store().transaction((tx) => tx.members.invite(id, member.id, invitation))
    const expire = (now: number, limit: number) => store().transaction((tx) => tx.sessions.expire(now, limit))
    expect(await expire(end - 1, 10)).toBe(0)
    expect([await expire(end, 1), await expire(end, 1), await expire(end, 1)]).toEqual([2, 1, 0])
    for (const { hash } of old) expect(await store().sessions.find(hash, end - 1)).toBeNull()
    expect(await store().members.findByInvitation(invitation.hash, end - 1)).toBeNull()
    expect(await isThere(young)).toBe(true)
  })

  test('codes for the first owner: the newest are kept, and the use of one uses up all', async () => {
    const now = presentMs()
    for (const [at, hash] of ['one', 'two', 'three'].entries())
      await store().transaction((tx) => tx.members.addSetupCode(hash, now + at, 2))
    const known = () => Promise.all(['one', 'two', 'three'].map((hash) => store().members.isSetupCode(hash)))
    expect(await known()).toEqual([false, true, true])
    const wrong = store().transaction(async (tx) => {
      if (!(await tx.members.takeSetupCodes('one'))) throw new Error('wrong')
    })
    await expect(wrong).rejects.toThrow('wrong')
    expect(await known()).toEqual([false, true, true])
    const take = (hash: string) => store().transaction((tx) => tx.members.takeSetupCodes(hash))
    expect((await Promise.all([take('two'), take('three')])).sort()).toEqual([false, true])
    expect(await known()).toEqual([false, false, false])
  })
}
