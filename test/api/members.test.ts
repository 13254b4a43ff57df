/** Members: invitations, roles, the last owner, and how soon what is taken away is gone. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, listAll, type Page, type ProblemAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { openLive } from '../support/live.ts'
import {
  addPerson,
  codeIn,
  fromConsole,
  type InvitedAnswer,
  type MemberAnswer,
  newBrowser,
  type Person,
  type SessionAnswer,
  signIn,
  withCookie,
} from '../support/people.ts'
import { makePlace, startTestServer, type TestAccount, type TestServer } from '../support/server.ts'

const password = 'correct horse battery'
const dayMs = 24 * 60 * 60 * 1000

let server: TestServer
let account: TestAccount
let owner: Person
let now = Date.UTC(2026, 10, 20)

beforeAll(async () => {
  server = await startTestServer({
    backend: 'sqlite',
    environment: { HOOKLINE_LIVE_HEARTBEAT_MS: '20' },
    machine: { clock: () => now },
  })
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  account = await server.newAccount()
  owner = await addPerson(server, account.api, 'owner')
})

let invited = 0
function invite(by: Api, change: object = {}): Promise<InvitedAnswer> {
  return done(by.post('/v1/members', { email: `invited${++invited}@example.com`, role: 'viewer', ...change }))
}

async function accept(link: string, body: object = {}) {
  const browser = newBrowser(server)
  const answer = await browser.post<SessionAnswer & ProblemAnswer>('/v1/join', {
    code: codeIn(link),
    password,
    ...body,
  })
  return { answer, api: withCookie(browser, answer) }
}

const check = (link: string) =>
  newBrowser(server).post<ProblemAnswer>('/v1/join/check', { code: codeIn(link) })

describe('an invitation', () => {
  test('lets somebody in who sets a password', async () => {
    const made = await invite(owner.api, { email: 'Ann.Łoś@Example.com ', name: 'Ann', role: 'manager' })
    const { invite: link, ...member } = made
    expect(member).toEqual({
      id: expect.stringMatching(/^mem_/),
      email: 'ann.łoś@example.com',
      name: 'Ann',
      role: 'manager',
      language: null,
      state: 'invited',
      created_at: new Date(now).toISOString(),
      last_seen_at: null,
    })
    expect(link).toEqual({
      url: expect.stringMatching(new RegExp(`^${server.url}/join#[A-Za-z0-9]{40}$`)),
      expires_at: new Date(now + 7 * dayMs).toISOString(),
    })
    expect((await check(link.url)).body).toEqual({
      email: member.email,
      name: 'Ann',
      account_name: account.externalId,
    })
    const { answer, api } = await accept(link.url, { name: 'Ann Łoś' })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        member: { id: member.id, name: 'Ann Łoś', role: 'manager' },
        account: { name: account.externalId },
      },
    })
    const { items } = await done(api.get<Page<MemberAnswer>>('/v1/members'))
    expect(items[0]).toEqual({
      ...member,
      name: 'Ann Łoś',
      state: 'active',
      last_seen_at: new Date(now).toISOString(),
    })
    expect((await check(link.url)).status).toBe(403)
    expect((await accept(link.url)).answer.status).toBe(403)
  })

  test('of no name is called by its e-mail', async () => {
    expect(await invite(owner.api, { email: 'jan.kowalski@example.com' })).toMatchObject({
      name: 'jan.kowalski',
    })
  })

  test('ends after seven days', async () => {
    const { invite: link } = await invite(owner.api)
    now += 7 * dayMs - 1
    expect((await check(link.url)).status).toBe(200)
    now += 1
    expect((await check(link.url)).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await accept(link.url)).answer.body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('keeps its link where the password is not good enough', async () => {
    const { invite: link } = await invite(owner.api)
    for (const [bad, code] of [
      ['123456789', 'too_short'],
      ['x'.repeat(201), 'too_long'],
    ] as const) {
      const { answer } = await accept(link.url, { password: bad })
      expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'password', code }] })
    }
    expect((await accept(link.url, { password: '𝒶'.repeat(200) })).answer.status).toBe(200)
  })

  test('that is renewed makes the link before useless', async () => {
    const { id, invite: older } = await invite(owner.api)
    const newer = await done(owner.api.post<InvitedAnswer['invite']>(`/v1/members/${id}/invite`))
    expect((await check(older.url)).status).toBe(403)
    expect((await accept(newer.url)).answer.status).toBe(200)
  })

  test('gives somebody who forgot the password a new one, and ends what was signed in', async () => {
    const person = await addPerson(server, owner.api, 'viewer')
    const link = await done(owner.api.post<InvitedAnswer['invite']>(`/v1/members/${person.id}/invite`))
    expect((await person.api.get('/v1/account')).status).toBe(200)
    await signIn(server, person)
    const { answer } = await accept(link.url, { password: 'another horse battery' })
    expect(answer.body.member).toMatchObject({ id: person.id })
    expect((await person.api.get('/v1/account')).status).toBe(401)
    const again = { email: person.email, password: 'another horse battery' }
    expect((await signIn(server, again)).id).toBe(person.id)
  })

  test('is for one e-mail of the whole server', async () => {
    const { email } = await invite(owner.api)
    const other = await server.newAccount()
    for (const by of [owner.api, other.api]) {
      const body = { email: email.toUpperCase(), role: 'viewer' }
      const answer = await by.post<ProblemAnswer>('/v1/members', body)
      expect(answer.body).toMatchObject({ status: 409, errors: [{ path: 'email', code: 'taken' }] })
    }
  })

  test.each([
    [{ role: 'viewer' }, 'email'],
    [{ email: 'nobody', role: 'viewer' }, 'email'],
    [{ email: 'a@b@c', role: 'viewer' }, 'email'],
    [{ email: 'ann@example.com', role: 'admin' }, 'role'],
    [{ email: 'ann@example.com' }, 'role'],
    [{ email: 'ann@example.com', role: 'viewer', name: '' }, 'name'],
    [{ email: 'ann@example.com', role: 'viewer', password }, 'password'],
  ])('is not made of %j', async (body, path) => {
    const answer = await owner.api.post<ProblemAnswer>('/v1/members', body)
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path }] })
  })

  test('is made once under an Idempotency-Key, and its link is not told again', async () => {
    const body = { email: 'once@example.com', role: 'viewer' }
    const headers = { 'idempotency-key': 'once' }
    expect((await owner.api.post('/v1/members', body, { headers })).status).toBe(201)
    const again = await owner.api.post<ProblemAnswer>('/v1/members', body, { headers })
    expect(again.body).toMatchObject({ status: 409, errors: [{ code: 'answer_not_kept' }] })
  })
})

describe('roles', () => {
  const patch = (id: string, body: object) => owner.api.patch<ProblemAnswer>(`/v1/members/${id}`, body)

  test('a change of the role holds at once', async () => {
    const person = await addPerson(server, owner.api, 'viewer')
    const make = () => person.api.post('/v1/inspectors', {})
    expect((await make()).status).toBe(403)
    expect((await patch(person.id, { role: 'manager' })).body).toMatchObject({ role: 'manager' })
    expect((await make()).status).toBe(201)
    expect((await patch(person.id, { role: 'viewer', name: 'Demoted' })).body).toMatchObject({
      role: 'viewer',
      name: 'Demoted',
    })
    expect((await make()).status).toBe(403)
  })

  test('the last owner who can sign in stays one', async () => {
    await invite(owner.api, { role: 'owner' })
    for (const refused of [
      await patch(owner.id, { role: 'manager' }),
      await owner.api.delete<ProblemAnswer>(`/v1/members/${owner.id}`),
      await account.api.delete<ProblemAnswer>(`/v1/members/${owner.id}`),
    ])
      expect(refused.body).toMatchObject({ status: 409, errors: [{ code: 'last_owner' }] })
    expect((await patch(owner.id, { role: 'owner', name: 'Still' })).status).toBe(200)
    const second = await addPerson(server, owner.api, 'owner')
    expect((await owner.api.delete(`/v1/members/${owner.id}`)).status).toBe(204)
    expect((await second.api.get('/v1/account')).status).toBe(200)
  })

  test('of two owners who remove each other at once, one stays', async () => {
    const second = await addPerson(server, owner.api, 'owner')
    const removed = await Promise.all([
      owner.api.delete(`/v1/members/${second.id}`),
      second.api.delete(`/v1/members/${owner.id}`),
    ])
    expect(removed.map(({ status }) => status)).toContain(204)
    const left = await listAll<MemberAnswer>(account.api, '/v1/members')
    expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1)
  })

  test('who is deleted is out at once, and the e-mail is free again', async () => {
    const person = await addPerson(server, owner.api, 'manager')
    expect((await person.api.get('/v1/account')).status).toBe(200)
    expect((await owner.api.delete(`/v1/members/${person.id}`)).status).toBe(204)
    expect((await person.api.get('/v1/account')).status).toBe(401)
    expect(await done(person.api.get('/v1/session'))).toMatchObject({ member: null })
    expect((await owner.api.delete(`/v1/members/${person.id}`)).status).toBe(404)
    await invite(owner.api, { email: person.email })
  })

  test('an owner makes tokens, of every kind but operator', async () => {
    for (const kind of ['admin', 'ingest'])
      expect((await owner.api.post('/v1/tokens', { kind, name: 'x' })).status).toBe(201)
  })

  test('a member sees addresses of sources according to the role', async () => {
    const viewer = await addPerson(server, owner.api, 'viewer')
    const { id } = await done(
      owner.api.post<{ id: string }>('/v1/sources', { adapter: 'amocrm', name: 'Shop' }),
    )
    const urlFor = async (api: Api) => (await done(api.get<{ url: string | null }>(`/v1/sources/${id}`))).url
    expect(await urlFor(owner.api)).toContain('/in/')
    expect(await urlFor(viewer.api)).toBeNull()
  })
})

describe('what a member does', () => {
  test('is noted under its name, and shown by events', async () => {
    const { id } = await done(owner.api.post<{ id: string }>('/v1/inspectors', {}))
    await done(owner.api.put('/v1/records/lead/1', { name: 'Deal' }))
    const [entry] = await listAll<object>(owner.api, `/v1/audit?actor=member%20${owner.id}&subject_id=${id}`)
    expect(entry).toMatchObject({ actor: `member ${owner.id}`, action: 'createInspector' })
    const [event] = await listAll<object>(owner.api, '/v1/events')
    expect(event).toMatchObject({ actor: { kind: 'api', id: owner.id }, source: 'ui' })
  })

  test('is noted of members, without their names', async () => {
    const { id } = await invite(owner.api, { name: 'Jan Kowalski' })
    await done(owner.api.post(`/v1/members/${id}/invite`))
    await done(owner.api.patch(`/v1/members/${id}`, { role: 'manager' }))
    await done(owner.api.delete(`/v1/members/${id}`))
    const entries = await listAll<{ action: string }>(owner.api, `/v1/audit?subject_id=${id}`)
    expect(entries.map(({ action }) => action)).toEqual([
      'deleteMember',
      'updateMember',
      'renewInvitation',
      'inviteMember',
    ])
    expect(JSON.stringify(entries)).not.toContain('Jan')
  })

  test('is repeated under an Idempotency-Key of its own', async () => {
    const second = await addPerson(server, owner.api, 'owner')
    const headers = { 'idempotency-key': 'same' }
    const make = async (api: Api) => {
      const answer = await api.post<{ id: string }>('/v1/inspectors', {}, { headers })
      return { id: answer.body.id, replayed: answer.headers.get('idempotent-replayed') }
    }
    const first = await make(owner.api)
    expect(await make(owner.api)).toEqual({ id: first.id, replayed: 'true' })
    expect(await make(second.api)).toMatchObject({ replayed: null })
  })

  test('is in its own account, whatever account a header names', async () => {
    const other = await server.newAccount()
    const { name } = await done(
      owner.api.with({ 'hookline-account': other.externalId }).get<{ name: string }>('/v1/account'),
    )
    expect(name).toBe(account.externalId)
  })

  test('metrics tell of its own account', async () => {
    expect((await owner.api.get('/metrics')).status).toBe(200)
  })
})

test('what comes to an inspector or a source from a browser that is signed in shows others no cookie of it', async () => {
  const { id, url } = await done(owner.api.post<{ id: string; url: string }>('/v1/inspectors', {}))
  const source = await done(
    owner.api.post<{ id: string; url: string }>('/v1/sources', { adapter: 'amocrm', name: 'Shop' }),
  )
  const session = owner.cookie.split('=')[1]!
  const cookie = `theme=dark; ${owner.cookie}; __Host-hookline=${session}; lang=pl`
  for (const sent of [cookie, owner.cookie]) {
    await fetch(url, { headers: { cookie: sent } })
    await fetch(source.url, { method: 'POST', headers: { cookie: sent }, body: 'no form' })
  }
  const viewer = await addPerson(server, owner.api, 'viewer')
  const requests = await done(viewer.api.get(`/v1/inspectors/${id}/requests`))
  const calls = await done(viewer.api.get(`/v1/sources/${source.id}/calls`))
  expect(JSON.stringify(requests)).toContain('theme=dark; lang=pl')
  expect(JSON.stringify(calls)).toContain('no form')
  expect(JSON.stringify([requests, calls])).not.toContain(session)
})

describe('live', () => {
  const watch = async ({ cookie }: Person) => {
    const reader = await openLive(server.url, { ...fromConsole, cookie })
    await reader.next(({ event }) => event === 'ready')
    return reader
  }

  test('is told to a member, as EventSource asks for it, with the cookie alone', async () => {
    const viewer = await addPerson(server, owner.api, 'viewer')
    await using reader = await openLive(server.url, { cookie: viewer.cookie })
    await reader.next(({ event }) => event === 'ready')
    await done(owner.api.put('/v1/records/lead/1', { name: 'Deal' }))
    const told = await reader.next(({ event }) => event === 'event')
    expect(told.data).toMatchObject({ type: 'lead.created', record: { kind: 'lead', id: '1' } })
  })

  test('ends when the session ends, and goes on in other browsers', async () => {
    const elsewhere = await signIn(server, owner)
    await using own = await watch(owner)
    await using other = await watch(elsewhere)
    await done(owner.api.delete('/v1/session'))
    await own.ended
    await done(elsewhere.api.put('/v1/records/lead/1', { name: 'Deal' }))
    await other.next(({ event }) => event === 'event')
  })

  test('ends when the member is deleted', async () => {
    const viewer = await addPerson(server, owner.api, 'viewer')
    await using reader = await watch(viewer)
    await done(owner.api.delete(`/v1/members/${viewer.id}`))
    await reader.ended
  })
})

test('what has ended is removed from the database', async () => {
  let at = Date.UTC(2026, 10, 20)
  await using place = await makePlace('sqlite')
  await using other = await startTestServer({ backend: 'sqlite', place, machine: { clock: () => at } })
  await addPerson(other, other.api, 'viewer')
  await invite(other.api, { email: 'left@example.com' })
  using db = new DatabaseSync(join(place.environment['HOOKLINE_DATA_DIR']!, 'hookline.db'), {
    readOnly: true,
  })
  const kept = () =>
    ['sessions', 'invitations'].map((table) => db.prepare(`SELECT * FROM ${table}`).all().length)
  expect(kept()).toEqual([1, 1])
  at += 7 * dayMs
  await eventually(() => kept().every((count) => count === 0))
})
