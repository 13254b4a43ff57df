/** Signing in: the first owner's link, passwords, cookies, and what other sites cannot do. */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done, makeApi, type ProblemAnswer } from '../support/api.ts'
import {
  addPerson,
  codeIn,
  cookieIn,
  fromConsole,
  makeFirstOwner,
  newBrowser,
  type Person,
  type SessionAnswer,
  signIn,
  withCookie,
} from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const nobody = { member: null, account: null }
const password = 'correct horse battery'
const dayMs = 24 * 60 * 60 * 1000

describe('the first owner', () => {
  test('is made by the link of the start, once, and is signed in', async () => {
    await using server = await startTestServer({ backend: 'sqlite' })
    const browser = newBrowser(server)
    expect(await done(browser.get('/v1/session'))).toEqual({ ...nobody, setup_needed: true })
    expect(server.setupLink).toMatch(new RegExp(`^${server.url}/setup#[A-Za-z0-9]{40}$`))
    const body = { code: codeIn(server.setupLink), email: ' Ann@Example.COM ', password, name: 'Ann' }

    const wrong = await browser.post<ProblemAnswer>('/v1/setup', { ...body, code: 'x'.repeat(40) })
    expect(wrong.body).toMatchObject({ status: 403, code: 'forbidden' })
    expect(wrong.body.detail).toContain('Restart')
    const short = await browser.post<ProblemAnswer>('/v1/setup', { ...body, password: 'too short' })
    expect(short.body).toMatchObject({ status: 422, errors: [{ path: 'password', code: 'too_short' }] })

    const made = await browser.post<SessionAnswer>('/v1/setup', body)
    expect(made.status).toBe(201)
    const account = await done(server.api.get<{ id: string }>('/v1/account'))
    expect(made.body).toEqual({
      member: {
        id: expect.stringMatching(/^mem_/),
        email: 'ann@example.com',
        name: 'Ann',
        role: 'owner',
        language: null,
      },
      account: { id: account.id, name: 'My account', time_zone: 'UTC', language: 'en' },
      setup_needed: false,
    })
    expect(await done(withCookie(browser, made).get('/v1/session'))).toEqual(made.body)
    expect(await done(browser.get('/v1/session'))).toEqual({ ...nobody, setup_needed: false })
    expect((await browser.post('/v1/setup', { ...body, email: 'eve@example.com' })).status).toBe(403)

    await server.reopen()
    expect(server.setupLink).toBeNull()
  })

  test('brings the account the zone and the language of the browser, unless somebody has chosen them', async () => {
    const home = { time_zone: 'Europe/Warsaw', language: 'pl' }
    const ann = { email: 'ann@example.com', password, name: 'Ann' }
    const accountAfter = async (input: object, chosen: object = {}) => {
      await using server = await startTestServer({ backend: 'sqlite' })
      await done(server.api.patch('/v1/account', chosen))
      const body = { ...ann, ...input, code: codeIn(server.setupLink) }
      const { account } = await done(newBrowser(server).post<SessionAnswer>('/v1/setup', body))
      return account
    }
    expect(await accountAfter(home)).toMatchObject(home)
    const chosen = { time_zone: 'America/Lima', language: 'pt-BR' }
    expect(await accountAfter(home, chosen)).toMatchObject(chosen)
    // A browser may know more zones than the server's machine.
    expect(await accountAfter({ time_zone: 'Mars/Olympus' })).toMatchObject({
      time_zone: 'UTC',
      language: 'en',
    })
  })

  test('links of several starts work until one was used', async () => {
    await using server = await startTestServer({ backend: 'sqlite' })
    const older = codeIn(server.setupLink)
    await server.reopen()
    const newer = codeIn(server.setupLink)
    expect(newer).not.toBe(older)
    const browser = newBrowser(server)
    const body = { email: 'ann@example.com', password, name: 'Ann' }
    expect((await browser.post('/v1/setup', { ...body, code: older })).status).toBe(201)
    expect((await browser.post('/v1/setup', { ...body, code: newer })).status).toBe(403)
  })

  test('is one, however many ask at once', async () => {
    await using server = await startTestServer({ backend: 'sqlite' })
    const browser = newBrowser(server)
    const code = codeIn(server.setupLink)
    const answers = await Promise.all(
      [1, 2, 3].map((number) =>
        browser.post('/v1/setup', { code, email: `${number}@example.com`, password, name: 'Ann' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403])
  })
})

describe('with an owner', () => {
  let server: TestServer
  let owner: Person
  let now = Date.UTC(2026, 10, 20)

  beforeAll(async () => {
    server = await startTestServer({ backend: 'sqlite', machine: { clock: () => now } })
    owner = await makeFirstOwner(server)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const tryPair = (email: string, guess: string, headers = {}) =>
    newBrowser(server).with(headers).post<ProblemAnswer>('/v1/session', { email, password: guess })

  test('signs in with the right pair, whatever the case of the e-mail, and out again', async () => {
    const person = await signIn(server, { email: 'FIRST@example.com', password: owner.password })
    const elsewhere = await signIn(server, owner)
    expect(await done(person.api.get('/v1/session'))).toMatchObject({ member: { id: owner.id } })
    expect((await person.api.get('/v1/webhooks')).status).toBe(200)
    const gone = await person.api.delete('/v1/session')
    expect(gone.status).toBe(204)
    expect(gone.headers.get('set-cookie')).toMatch(/^hookline=; Path=\/; Max-Age=0;/)
    expect((await person.api.get('/v1/webhooks')).status).toBe(401)
    expect(await done(person.api.get('/v1/session'))).toMatchObject(nobody)
    expect((await person.api.delete('/v1/session')).status).toBe(204)
    expect((await elsewhere.api.get('/v1/webhooks')).status).toBe(200)
  })

  test('every wrong pair is answered alike', async () => {
    now += dayMs / 2
    const invited = { email: 'invited@example.com', role: 'viewer' }
    await done(server.api.post('/v1/members', invited))
    const answers = [
      await tryPair(owner.email, 'wrong horse battery'),
      await tryPair('nobody@example.com', owner.password),
      await tryPair(invited.email, owner.password),
      await tryPair(owner.email, ''),
    ]
    for (const { status, body, headers } of answers) {
      expect([status, body]).toEqual([401, answers[0]!.body])
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  test('too many tries for one e-mail have to wait, also with the right password, and nobody else has to', async () => {
    const victim = await addPerson(server, server.api, 'viewer')
    const statuses = []
    for (let count = 0; count < 11; count++) statuses.push((await tryPair(victim.email, 'a guess')).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    const refused = await tryPair(victim.email.toUpperCase(), victim.password)
    expect(refused.body).toMatchObject({ status: 429, code: 'too_many' })
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await victim.api.get('/v1/webhooks')).status).toBe(200)
    expect((await tryPair(owner.email, owner.password)).status).toBe(200)
    now += 60_000
    expect((await tryPair(victim.email, victim.password)).status).toBe(200)
    now += dayMs / 2
  })

  test('too many tries from one address have to wait, whatever is tried', async () => {
    now += dayMs / 2
    const statuses = new Set<number>()
    for (let count = 0; count < 30; count++)
      statuses.add((await newBrowser(server).post('/v1/join/check', { code: `guess${count}` })).status)
    expect([...statuses]).toEqual([403])
    const body = { code: 'guess', email: 'eve@example.com', password, name: 'Eve' }
    for (const [path, sent] of [
      ['/v1/join/check', { code: 'guess' }],
      ['/v1/join', { code: 'guess', password }],
      ['/v1/setup', body],
      ['/v1/session', { email: owner.email, password: owner.password }],
    ] as const) {
      const answer = await newBrowser(server).post<ProblemAnswer>(path, sent)
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 429, '10'])
    }
    now += 10_000
    expect((await tryPair(owner.email, owner.password)).status).toBe(200)
    now += dayMs / 2
  })

  test('without a trusted proxy, what X-Forwarded-For says is nothing', async () => {
    now += dayMs / 2
    const statuses = []
    for (let count = 0; count < 31; count++)
      statuses.push((await tryPair(`${count}@example.com`, 'a guess', { 'x-forwarded-for': `192.0.2.${count}` })).status) // prettier-ignore
    expect(statuses.slice(29)).toEqual([401, 429])
    now += dayMs / 2
  })

  test('a session ends after seven days without use', async () => {
    const person = await signIn(server, owner)
    now += 6.9 * dayMs
    expect((await person.api.get('/v1/webhooks')).status).toBe(200)
    now += 6.9 * dayMs
    expect((await person.api.get('/v1/webhooks')).status).toBe(200)
    now += 7 * dayMs
    expect((await person.api.get('/v1/webhooks')).status).toBe(401)
  })

  test('and after thirty days however much it is used', async () => {
    const person = await signIn(server, owner)
    for (let days = 0; days < 29; days++) {
      now += dayMs
      expect((await person.api.get('/v1/account')).status).toBe(200)
    }
    now += dayMs
    expect((await person.api.get('/v1/account')).status).toBe(401)
  })

  test('when somebody was seen is noted, to the minute', async () => {
    const person = await signIn(server, owner)
    const seen = async () => {
      const { items } = await done(
        server.api.get<{ items: { id: string; last_seen_at: string }[] }>('/v1/members'),
      )
      return Date.parse(items.find(({ id }) => id === owner.id)!.last_seen_at)
    }
    const began = now
    now += 59_000
    await done(person.api.get('/v1/account'))
    expect(await seen()).toBe(began)
    now += 3000
    await done(person.api.get('/v1/account'))
    expect(await seen()).toBe(now)
  })

  test('members change their name, language and password; the other sessions end', async () => {
    const person = await addPerson(server, server.api, 'manager')
    const other = await signIn(server, person)
    const changed = await done(person.api.patch('/v1/session', { name: 'Жанна', language: 'ru' }))
    expect(changed).toMatchObject({ member: { name: 'Жанна', language: 'ru' } })
    expect(await done(other.api.get('/v1/session'))).toEqual(changed)
    expect(await done(person.api.patch('/v1/session', { language: null }))).toMatchObject({
      member: { name: 'Жанна', language: null },
    })
    const next = 'another horse battery'
    const refusals = [
      [{ new_password: next }, 'password', 'required'],
      [{ new_password: next, password: 'not this one' }, 'password', 'wrong_password'],
      [{ new_password: 'short', password: person.password }, 'new_password', 'too_short'],
      [{ new_password: 'x'.repeat(201), password: person.password }, 'new_password', 'too_long'],
      [{ language: 'de' }, 'language', 'not_a_choice'],
    ] as const
    for (const [body, path, code] of refusals) {
      const answer = await person.api.patch<ProblemAnswer>('/v1/session', body)
      expect(answer.body).toMatchObject({ status: 422, errors: [{ path, code }] })
    }
    await done(person.api.patch('/v1/session', { password: person.password, new_password: next }))
    expect((await person.api.get('/v1/account')).status).toBe(200)
    expect((await other.api.get('/v1/account')).status).toBe(401)
    expect((await tryPair(person.email, person.password)).status).toBe(401)
    expect((await tryPair(person.email, next)).status).toBe(200)
  })

  test('guessing the present password of a session that was left open has an end', async () => {
    const person = await addPerson(server, server.api, 'viewer')
    const body = { password: 'a guess', new_password: 'another horse battery' }
    for (let count = 0; count < 10; count++)
      expect((await person.api.patch('/v1/session', body)).status).toBe(422)
    expect((await person.api.patch('/v1/session', body)).status).toBe(429)
  })

  test('a token has no session to change, and wins over a cookie', async () => {
    const refused = await server.api.patch<ProblemAnswer>('/v1/session', { name: 'x' })
    expect(refused.body).toMatchObject({ status: 403, code: 'forbidden' })
    const person = await signIn(server, owner)
    const both = person.api.with({ authorization: `Bearer hl_${'x'.repeat(40)}` })
    expect((await both.get('/v1/account')).status).toBe(401)
    expect(await done(both.get('/v1/session'))).toMatchObject(nobody)
    expect(await done(server.api.get('/v1/session'))).toMatchObject(nobody)
  })

  test.each([
    ['without a value', 'hookline='],
    ['of an unknown value', `hookline=${'x'.repeat(43)}`],
    ['of a long value', `hookline=${'x'.repeat(5000)}`],
    ['of other names', 'other=1; hooklinex=2'],
    ["of another server's name", `__Host-hookline=${'x'.repeat(43)}`],
  ])('a cookie %s lets nobody in', async (_name, cookie) => {
    const answer = await newBrowser(server).with({ cookie }).get<ProblemAnswer>('/v1/account')
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  test('the cookie is found among others', async () => {
    const cookie = `theme=dark; ${owner.cookie};lang=pl`
    const person = await signIn(server, owner)
    expect((await person.api.with({ cookie: cookie.replace(owner.cookie, person.cookie) }).get('/v1/account')).status).toBe(200) // prettier-ignore
  })

  describe('another site', () => {
    const foreign: [string, Record<string, string>][] = [
      ['by fetch', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
      ['a typed address', { 'sec-fetch-site': 'none' }],
      ['one that lies in Origin', { 'sec-fetch-site': 'cross-site', origin: 'own' }],
      ['an old browser', { origin: 'https://evil.example' }],
      ['a sandboxed page', { origin: 'null' }],
      ['nobody says where from', {}],
    ]
    const send = (headers: Record<string, string>) =>
      makeApi(() => server.url, {
        ...headers,
        ...(headers['origin'] === 'own' ? { origin: server.url } : {}),
      })

    test.each(foreign)('changes nothing with the cookie of a member: %s', async (_name, headers) => {
      const person = await signIn(server, owner)
      const browser = send(headers).with({ cookie: person.cookie })
      for (const [method, path, body] of [
        ['POST', '/v1/inspectors', {}],
        ['PUT', '/v1/records/lead/1', { name: 'x' }],
        ['PATCH', '/v1/session', { name: 'x' }],
        ['DELETE', `/v1/members/${owner.id}`, undefined],
        ['DELETE', '/v1/session', undefined],
      ] as const) {
        const answer = await browser.call<ProblemAnswer>(method, path, body)
        expect([path, answer.status]).toEqual([path, 403])
        expect(answer.body.code).toBe('forbidden')
      }
      expect((await browser.get('/v1/account')).status).toBe(200)
    })

    test.each(foreign)('signs nobody in: %s', async (_name, headers) => {
      const bodies = {
        '/v1/session': { email: owner.email, password: owner.password },
        '/v1/setup': { code: 'x', email: 'a@b', password, name: 'x' },
        '/v1/join': { code: 'x', password },
      }
      for (const [path, body] of Object.entries(bodies)) {
        const answer = await send(headers).post<ProblemAnswer>(path, body)
        expect([path, answer.status]).toEqual([path, 403])
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
    })

    test('a browser that says only Origin is let in from our own', async () => {
      const browser = makeApi(() => server.url, { origin: server.url })
      const body = { email: owner.email, password: owner.password }
      expect((await browser.post('/v1/session', body)).status).toBe(200)
    })

    test('a token needs no origin', async () => {
      expect((await server.api.post('/v1/inspectors', {})).status).toBe(201)
    })
  })

  test('no answer and no audit entry holds a password, a code or a cookie', async () => {
    const person = await addPerson(server, server.api, 'owner')
    const next = 'a very secret password'
    await done(person.api.patch('/v1/session', { password: person.password, new_password: next }))
    await signIn(server, { email: person.email, password: next })
    const shown = JSON.stringify([
      await done(person.api.get('/v1/session')),
      await done(person.api.get('/v1/members')),
      await done(person.api.get('/v1/audit')),
    ])
    for (const secret of [next, person.password, person.cookie.split('=')[1]!, 'argon2'])
      expect(shown).not.toContain(secret)
    const actions = await done(
      server.api.get<{ items: { action: string; subject: object }[] }>(
        `/v1/audit?actor=member%20${person.id}`,
      ),
    )
    expect(actions.items.map(({ action }) => action)).toEqual(['signIn', 'changePassword', 'join'])
    expect(actions.items[0]!.subject).toEqual({ kind: 'member', id: person.id })
  })
})

test('behind a trusted proxy each address has its own tries, and a network of IPv6 the same', async () => {
  await using server = await startTestServer({
    backend: 'sqlite',
    environment: { HOOKLINE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' },
    machine: { clock: () => Date.UTC(2026, 10, 20) },
  })
  const guessFrom = async (address: string) =>
    (
      await newBrowser(server)
        .with({ 'x-forwarded-for': `203.0.113.9, ${address}, 10.1.2.3` })
        .post('/v1/join/check', { code: 'guess' })
    ).status
  for (let count = 0; count < 30; count++) expect(await guessFrom('192.0.2.1')).toBe(403)
  expect(await guessFrom('192.0.2.1')).toBe(429)
  expect(await guessFrom('192.0.2.2')).toBe(403)
  for (let count = 0; count < 30; count++) expect(await guessFrom(`2001:db8:0:1::${count}`)).toBe(403)
  expect(await guessFrom('2001:db8:0:1:ffff::')).toBe(429)
  expect(await guessFrom('2001:db8:0:2::')).toBe(403)
})

describe('the cookie', () => {
  test('on plain http', async () => {
    await using server = await startTestServer({ backend: 'sqlite' })
    const browser = newBrowser(server)
    const answer = await browser.post('/v1/setup', {
      code: codeIn(server.setupLink),
      email: 'ann@example.com',
      password,
      name: 'Ann',
    })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^hookline=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    )
  })

  test('behind https is Secure and for this host alone; http pages of the host are strangers', async () => {
    await using server = await startTestServer({
      backend: 'sqlite',
      environment: { HOOKLINE_PUBLIC_URL: 'https://hooks.example.com' },
    })
    expect(server.setupLink).toMatch(/^https:\/\/hooks\.example\.com\/setup#\w{40}$/)
    const body = { code: codeIn(server.setupLink), email: 'ann@example.com', password, name: 'Ann' }
    const from = (origin: string) => makeApi(() => server.url, { origin })
    expect((await from(server.url).post('/v1/setup', body)).status).toBe(403)
    const answer = await from('https://hooks.example.com').post('/v1/setup', body)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-hookline=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
    )
    const browser = makeApi(() => server.url, fromConsole)
    expect((await withCookie(browser, answer).get('/v1/account')).status).toBe(200)
    const plain = cookieIn(answer).replace('__Host-', '')
    expect((await browser.with({ cookie: plain }).get('/v1/account')).status).toBe(401)
  })

  test('a page is known by the host that it was asked for, too', async () => {
    await using server = await startTestServer({ backend: 'sqlite' })
    const { port } = new URL(server.url)
    const ask = async (origin: string) => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.end(
        `DELETE /v1/session HTTP/1.1\r\nHost: Hooks.lan:8420\r\nOrigin: ${origin}\r\nConnection: close\r\n\r\n`,
      )
      return Number((await text(socket)).split(' ')[1])
    }
    expect(await ask('http://hooks.lan:8420')).toBe(204)
    expect(await ask('http://hooks.lan')).toBe(403)
    expect(await ask('http://evil.lan:8420')).toBe(403)
  })
})
