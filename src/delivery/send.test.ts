import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  breakAtRandom,
  type Call,
  closeAfterAnswer,
  dieOnReuse,
  endlessBody,
  gzipBomb,
  hangAfterHeaders,
  hangBeforeHeaders,
  http10,
  hugeHead,
  informationalFlood,
  inTurn,
  malformedHead,
  raw,
  redirectTo,
  resetBeforeAnswer,
  resetMidBody,
  retryAfter,
  slowDrip,
  status,
  wrongContentLength,
} from '../../test/support/behaviours.ts'
import { pretendInternet } from '../../test/support/pretend-internet.ts'
import { openReceiver, type Receiver } from '../../test/support/receiver.ts'
import { connectSocket } from './connect.ts'
import { makeGuard, parseEgressAllow } from './guard.ts'
import { type Answer, openSender, type OutgoingRequest, type Sender, type SenderOptions } from './send.ts'

const strict = makeGuard({ allow: parseEgressAllow(''), loopback: false })
const local = makeGuard({ allow: parseEgressAllow(''), loopback: true })

/** Long enough for whatever is meant to arrive, short for whatever is meant not to. */
const ampleMs = 10_000
const shortMs = 150
/** For what is meant to begin but not to end. */
const halfwayMs = 600

let receiver: Receiver
let sender: Sender
let senders: Sender[]

function open(options: Partial<SenderOptions> = {}): Sender {
  const opened = openSender({ guard: local, ...options })
  senders.push(opened)
  return opened
}

function post(url: string, change: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'POST', url, headers: [['content-type', 'application/json']], body: '{"a":1}', ...change }
}

function send(timeoutMs = ampleMs): Promise<Answer> {
  return sender.send(post(`${receiver.url}/hook`), timeoutMs)
}

function textOf(answer: Answer): string | null {
  const body = answer.response?.body ?? null
  return body && Buffer.from(body).toString()
}

beforeEach(async () => {
  receiver = await openReceiver()
  senders = []
  sender = open()
})

afterEach(async () => {
  for (const opened of senders) await opened.close()
  await receiver.close()
})

describe('a request', () => {
  it('arrives as it was given', async () => {
    const answer = await sender.send(
      {
        method: 'PUT',
        url: `${receiver.url}/a%20b/ü?x=1&y=%C3%A9#part`,
        headers: [
          ['Content-Type', 'text/plain'],
          ['webhook-id', 'dlv_1'],
          ['x-latin', 'café'],
        ],
        body: Buffer.from('Zażółć'),
      },
      ampleMs,
    )
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 200 } })
    const [request] = receiver.requests
    expect(request).toMatchObject({ method: 'PUT', url: '/a%20b/%C3%BC?x=1&y=%C3%A9' })
    expect(request!.body.toString()).toBe('Zażółć')
    expect(request!.headers['x-latin']).toBe('café')
    expect(request!.headers.host).toBe(`127.0.0.1:${receiver.port}`)
    expect(request!.headers['content-length']).toBe(String(Buffer.byteLength('Zażółć')))
    expect(request!.rawHeaders).toContain('Content-Type')
  })

  it.each(['GET', 'DELETE'] as const)('goes without a body: %s', async (method) => {
    await sender.send(post(`${receiver.url}/hook?id=7`, { method, body: null, headers: [] }), ampleMs)
    expect(receiver.requests[0]).toMatchObject({ method, url: '/hook?id=7' })
    expect(receiver.requests[0]!.body.length).toBe(0)
    expect(receiver.requests[0]!.headers).not.toHaveProperty('content-length')
  })

  it('reuses its connection', async () => {
    for (let count = 0; count < 5; count++) await send()
    expect(receiver.requests.map((request) => request.nthOnConnection)).toEqual([1, 2, 3, 4, 5])
    expect(receiver.connections).toBe(1)
  })

  it('shares a few connections with many others, each arriving once', async () => {
    sender = open({ connectionsPerOrigin: 4 })
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => sender.send(post(`${receiver.url}/${index}`), ampleMs)),
    )
    expect(answers.every((answer) => answer.kind === 'response')).toBe(true)
    expect(new Set(receiver.requests.map((request) => request.path)).size).toBe(100)
    expect(receiver.requests.length).toBe(100)
    expect(receiver.connections).toBe(4)
  })

  it.each([
    ['a line break', [['x-a', 'one\r\nx-b: two']]],
    ['a character outside Latin-1', [['x-a', 'Łódź']]],
    ['a name that is no token', [['x a', 'one']]],
    ['expect, which cannot be kept', [['expect', '100-continue']]],
    ['a length that is not true', [['content-length', '3']]],
  ] as [string, [string, string][]][])('cannot be written with %s in a header', async (_what, headers) => {
    const answer = await sender.send(post(`${receiver.url}/hook`, { headers }), ampleMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'template', response: null })
    expect(receiver.requests).toEqual([])
    expect(await send()).toMatchObject({ kind: 'response' })
  })

  it.each(['', 'erp.example', 'ftp://erp.example/', 'http://[fe80::1%25eth0]/'])(
    'cannot go to the URL "%s"',
    async (url) => {
      expect(await sender.send(post(url), ampleMs)).toMatchObject({ kind: 'failure', reason: 'template' })
    },
  )
})

describe('an answer', () => {
  it('is kept with its headers, repeated ones too', async () => {
    receiver.answer(status(201, { headers: { 'X-Id': 'a', 'set-cookie': ['b=1', 'c=2'] }, body: 'made' }))
    const answer = await send()
    expect(answer.kind).toBe('response')
    expect(answer.response).toMatchObject({ status_code: 201, truncated: false })
    expect(textOf(answer)).toBe('made')
    const headers = answer.response!.headers
    expect(headers).toContainEqual(['x-id', 'a'])
    expect(headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual([
      'b=1',
      'c=2',
    ])
  })

  it('without a body has none', async () => {
    receiver.answer(status(204))
    expect((await send()).response).toMatchObject({ status_code: 204, body: null, truncated: false })
  })

  it.each([400, 404, 410, 500, 503])('%i is an answer like any other', async (code) => {
    receiver.answer(status(code, { body: 'no' }))
    expect(await send()).toMatchObject({ kind: 'response', response: { status_code: code } })
  })

  it('carries Retry-After as it came, in both forms', async () => {
    const date = new Date('2026-11-20T09:00:00Z')
    receiver.answer(inTurn(retryAfter(429, 120), retryAfter(503, date)))
    expect((await send()).response!.headers).toContainEqual(['retry-after', '120'])
    expect((await send()).response!.headers).toContainEqual(['retry-after', 'Fri, 20 Nov 2026 09:00:00 GMT'])
  })

  it.each(['/hook', 'http://10.0.0.1/', 'file:///etc/passwd'])(
    'that points to %s is not followed',
    async (location) => {
      receiver.answer(redirectTo(location))
      expect(await send()).toMatchObject({ kind: 'response', response: { status_code: 302 } })
      expect(receiver.requests.length).toBe(1)
    },
  )

  it('of HTTP/1.0 ends with its connection', async () => {
    receiver.answer(http10('old but whole'))
    expect(textOf(await send())).toBe('old but whole')
    expect(textOf(await send())).toBe('old but whole')
    expect(receiver.connections).toBe(2)
  })

  it('is not unpacked', async () => {
    receiver.answer(gzipBomb())
    const answer = await send()
    expect(answer.kind).toBe('response')
    expect([...answer.response!.body!.subarray(0, 2)]).toEqual([0x1f, 0x8b])
    expect(answer.response!.body!.length).toBeLessThanOrEqual(16 * 1024)
  })

  it('of 16 KiB is kept whole', async () => {
    receiver.answer(status(200, { body: 'x'.repeat(16 * 1024) }))
    expect((await send()).response).toMatchObject({ truncated: false })
    expect(textOf(await send())).toBe('x'.repeat(16 * 1024))
  })

  it('in many small pieces is kept in their order', async () => {
    const pieces = Array.from({ length: 100 }, (_, index) => `${index},`)
    receiver.answer(({ response }) => {
      const next = () => {
        const piece = pieces[written++]
        if (piece === undefined) response.end()
        else response.write(piece, () => setImmediate(next))
      }
      let written = 0
      next()
    })
    const whole = Array.from({ length: 100 }, (_, index) => `${index},`).join('')
    expect(textOf(await send())).toBe(whole)
  })

  it('a little longer is cut, and its connection goes on', async () => {
    receiver.answer(status(200, { body: 'y'.repeat(16 * 1024 + 1) }))
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 200, truncated: true } })
    expect(textOf(answer)).toBe('y'.repeat(16 * 1024))
    await send()
    expect(receiver.connections).toBe(1)
  })

  it('of a megabyte is cut, and its connection is given up', async () => {
    receiver.answer(inTurn(status(500, { body: 'z'.repeat(1024 * 1024) }), status(200)))
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 500, truncated: true } })
    expect(answer.response!.body!.length).toBe(16 * 1024)
    expect(await send()).toMatchObject({ kind: 'response', response: { status_code: 200 } })
    expect(receiver.connections).toBe(2)
  })

  it('without end is cut and judged by its status', async () => {
    receiver.answer(endlessBody({ code: 202 }))
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 202, truncated: true } })
    expect(answer.response!.body!.length).toBe(16 * 1024)
  })

  it('may come after 16 informational ones', async () => {
    receiver.answer(informationalFlood(16))
    expect(await send()).toMatchObject({ kind: 'response', response: { status_code: 200 } })
  })

  it('may not come after more', async () => {
    receiver.answer(informationalFlood(17))
    expect(await send()).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
  })

  it('whose body goes on past its length is cut there and spoils no other', async () => {
    receiver.answer(
      inTurn(
        raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\n\r\n', {
          stayOpen: true,
        }),
        status(201),
      ),
    )
    expect(textOf(await send())).toBe('ok')
    expect(await send()).toMatchObject({ kind: 'response', response: { status_code: 201 } })
  })
})

describe('the deadline', () => {
  it('covers a receiver that is slow to accept, and leaves one alone that accepts in time', async () => {
    const accepted = Promise.withResolvers<void>()
    await using slow = await openReceiver({ accept: () => accepted.promise })
    expect(await sender.send(post(`${slow.url}/hook`), shortMs)).toMatchObject({
      kind: 'failure',
      reason: 'timeout',
    })
    expect(slow.requests).toEqual([])
    const second = sender.send(post(`${slow.url}/hook`), ampleMs)
    accepted.resolve()
    expect(await second).toMatchObject({ kind: 'response', response: { status_code: 200 } })
  })

  it('ends a wait for headers', async () => {
    receiver.answer(hangBeforeHeaders())
    expect(await send(shortMs)).toMatchObject({ kind: 'failure', reason: 'timeout', response: null })
  })

  it('ends a body that stands still, and keeps what had come', async () => {
    receiver.answer(hangAfterHeaders({ code: 202, body: 'so far' }))
    const answer = await send(halfwayMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'timeout', response: { status_code: 202 } })
    expect(textOf(answer)).toBe('so far')
  })

  it('ends a body that drips', async () => {
    receiver.answer(slowDrip())
    const answer = await send(halfwayMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'timeout', response: { status_code: 200 } })
    expect(textOf(answer)).toMatch(/^\.+$/)
  })

  it('ends a look-up that does not come back', async () => {
    sender = open({ guard: strict, resolve: () => new Promise(() => {}) })
    const answer = await sender.send(post('http://slow.example/'), shortMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'timeout', response: null })
  })

  it('ends a connection that is never accepted, and closes its socket', async () => {
    const socket = new Socket()
    sender = open({ connect: () => socket })
    expect(await send(shortMs)).toMatchObject({ kind: 'failure', reason: 'timeout', response: null })
    expect(socket.destroyed).toBe(true)
  })

  it('ends a wait for a free connection, which then serves the next', async () => {
    sender = open({ connectionsPerOrigin: 1 })
    const held: Call[] = []
    receiver.on('/held', (call) => held.push(call))
    const first = sender.send(post(`${receiver.url}/held`), ampleMs)
    await receiver.waitFor(1)
    const waiting = await send(shortMs)
    expect(waiting).toMatchObject({ kind: 'failure', reason: 'timeout', response: null })
    expect(waiting).toHaveProperty('detail', `No connection was free within ${shortMs} ms.`)
    const next = send()
    status(200)(held[0]!)
    expect(await first).toMatchObject({ kind: 'response' })
    expect(await next).toMatchObject({ kind: 'response' })
    expect(receiver.requests.map((request) => request.path)).toEqual(['/held', '/hook'])
    expect(receiver.connections).toBe(1)
  })

  it('of one does not end another to the same host', async () => {
    receiver.on('/slow', hangBeforeHeaders())
    const slow = sender.send(post(`${receiver.url}/slow`), shortMs)
    expect(await send()).toMatchObject({ kind: 'response' })
    expect(await slow).toMatchObject({ kind: 'failure', reason: 'timeout' })
    expect(await send()).toMatchObject({ kind: 'response' })
  })
})

describe('a broken exchange', () => {
  it('in the middle of a body keeps what had come', async () => {
    receiver.answer(resetMidBody('half'))
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'failure', reason: 'reset', response: { status_code: 200 } })
  })

  it('on a new connection is not repeated', async () => {
    receiver.answer(resetBeforeAnswer())
    expect(await send()).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(receiver.requests.length).toBe(1)
  })

  it('on a reused connection is repeated once on a new one, POST too', async () => {
    receiver.answer(dieOnReuse())
    await send()
    expect(await send()).toMatchObject({ kind: 'response', response: { status_code: 200 } })
    const seen = receiver.requests.map(({ connection, nthOnConnection }) => [connection, nthOnConnection])
    expect(seen).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ])
    expect(receiver.requests[2]!.body).toEqual(receiver.requests[1]!.body)
  })

  it('is not repeated twice', async () => {
    receiver.answer(inTurn(status(200), resetBeforeAnswer()))
    await send()
    expect(await send()).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(receiver.requests.length).toBe(3)
  })

  it('is not repeated once an answer has begun', async () => {
    receiver.answer(inTurn(status(200), raw('HTTP/1.1 2')))
    await send()
    expect(await send()).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(receiver.requests.length).toBe(2)
  })

  it('passes by connections that closed while they were idle', async () => {
    receiver.answer(closeAfterAnswer())
    for (let count = 0; count < 20; count++) expect(await send()).toMatchObject({ kind: 'response' })
  })

  it('always ends in an answer, however the receiver breaks', async () => {
    let state = 7
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647
    receiver.answer(breakAtRandom(random, 0.3))
    sender = open({ connectionsPerOrigin: 8 })
    const answers = await Promise.all(Array.from({ length: 200 }, () => send()))
    const failures = answers.filter((answer) => answer.kind === 'failure')
    expect(failures.every((answer) => answer.reason === 'reset')).toBe(true)
    expect(answers.some((answer) => answer.kind === 'response')).toBe(true)
  })

  it.each([
    ['what is not HTTP', malformedHead(), 'not valid HTTP'],
    ['a body shorter than its length', wrongContentLength(10, 'short'), 'does not fit its Content-Length'],
    ['17 KiB of headers', hugeHead(17 * 1024), 'larger than 16 KiB'],
    [
      'an upgrade nobody asked for',
      raw('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      'bad upgrade',
    ],
    ['a length that is no number', raw('HTTP/1.1 200 OK\r\ncontent-length: ten\r\n\r\n'), 'not valid HTTP'],
    [
      'two lengths',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
      'does not fit its Content-Length',
    ],
  ])('is what it says: %s', async (_what, behaviour, words) => {
    receiver.answer(inTurn(behaviour, status(200)))
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'failure', reason: 'reset' })
    expect(answer).toHaveProperty('detail', expect.stringContaining(words))
    expect(await send()).toMatchObject({ kind: 'response' })
  })
})

describe('a connection', () => {
  it('that nobody accepts is a failure to connect', async () => {
    await receiver.close()
    const answer = await send()
    expect(answer).toMatchObject({ kind: 'failure', reason: 'connect', response: null })
    expect(answer).toHaveProperty('detail', expect.stringContaining(String(receiver.port)))
  })

  it('to a name that does not exist is a failure of the name', async () => {
    sender = open({ guard: strict, ...pretendInternet({}) })
    expect(await sender.send(post('https://nowhere.example/'), ampleMs)).toMatchObject({ reason: 'dns' })
  })

  it('to a name without addresses is a failure of the name', async () => {
    sender = open({ guard: strict, ...pretendInternet({ names: { 'empty.example': [[]] } }) })
    expect(await sender.send(post('https://empty.example/'), ampleMs)).toMatchObject({ reason: 'dns' })
  })

  it('finds a real name by the system, and tries its addresses in turn', async () => {
    const answer = await sender.send(post(`http://localhost:${receiver.port}/hook`), ampleMs)
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 200 } })
    expect(receiver.requests[0]!.headers.host).toBe(`localhost:${receiver.port}`)
  })

  it('passes over an address where nothing answers', async () => {
    const addresses = [
      { address: '127.0.0.2', family: 4 },
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]
    sender = open({ resolve: async () => addresses, connect: (destination) => connectSocket(destination) })
    const answer = await sender.send(post(`http://many.example:${receiver.port}/hook`), ampleMs)
    expect(answer).toMatchObject({ kind: 'response', response: { status_code: 200 } })
  })

  describe('over TLS', () => {
    const names = { 'receiver.test': [['93.184.216.34']] }

    async function sendTo(tls: 'trusted' | 'other-name' | 'self-signed', url = 'https://receiver.test/hook') {
      await using secure = await openReceiver({ tls })
      const internet = pretendInternet({ names, hosts: { '93.184.216.34': secure } })
      sender = open({ guard: strict, ...internet })
      const answers = [await sender.send(post(url), ampleMs), await sender.send(post(url), ampleMs)]
      return { answers, requests: secure.requests }
    }

    it('carries requests when the certificate is right', async () => {
      const { answers, requests } = await sendTo('trusted')
      expect(answers.map((answer) => answer.kind)).toEqual(['response', 'response'])
      expect(requests.map((request) => request.nthOnConnection)).toEqual([1, 2])
    })

    it('knows the host with a trailing dot too', async () => {
      const { answers } = await sendTo('trusted', 'https://receiver.test./hook')
      expect(answers[0]!.kind).toBe('response')
    })

    it.each([
      ['other-name', 'its certificate is for another name'],
      ['self-signed', 'no authority that this server trusts'],
    ] as const)('carries nothing when it is %s, and says so', async (tls, words) => {
      const { answers, requests } = await sendTo(tls)
      expect(answers).toMatchObject([{ reason: 'tls' }, { reason: 'tls' }])
      expect(answers[0]).toHaveProperty('detail', expect.stringContaining(words))
      expect(requests).toEqual([])
    })

    it('trusts no certificate of its own accord', async () => {
      await using secure = await openReceiver({ tls: 'trusted' })
      expect(await sender.send(post(`${secure.url}/hook`), ampleMs)).toMatchObject({ reason: 'tls' })
      expect(secure.requests).toEqual([])
    })

    it('fails at a receiver that speaks plain HTTP', async () => {
      const answer = await sender.send(post(`https://127.0.0.1:${receiver.port}/hook`), ampleMs)
      expect(answer).toMatchObject({ kind: 'failure', reason: 'tls' })
      expect(answer).toHaveProperty('detail', expect.stringContaining('does not speak TLS'))
    })
  })
})

describe('the guard', () => {
  const publicAddress = '93.184.216.34'

  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://localhost:PORT/',
  ])('lets nothing go to %s', async (url) => {
    sender = open({ guard: strict })
    const answer = await sender.send(post(url.replace('PORT', String(receiver.port))), ampleMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'guard', response: null })
    expect(answer).toHaveProperty('detail', expect.stringContaining('HOOKLINE_EGRESS_ALLOW'))
    expect(receiver.connections).toBe(0)
  })

  it('refuses a name that resolves to a private address, naming both', async () => {
    const internet = pretendInternet({
      names: { 'erp.example': [['10.0.0.7']] },
      hosts: { '10.0.0.7': receiver },
    })
    sender = open({ guard: strict, ...internet })
    const answer = await sender.send(post('http://erp.example/hook?key=secret'), ampleMs)
    expect(answer).toMatchObject({ kind: 'failure', reason: 'guard' })
    expect(answer).toHaveProperty('detail', expect.stringContaining('erp.example resolves to 10.0.0.7'))
    expect(answer).toHaveProperty('detail', expect.not.stringContaining('secret'))
    expect(internet.dialled).toEqual([])
  })

  it('lets it pass when the network is listed', async () => {
    const internet = pretendInternet({
      names: { 'erp.example': [['10.0.0.7']] },
      hosts: { '10.0.0.7': receiver },
    })
    sender = open({
      guard: makeGuard({ allow: parseEgressAllow('10.0.0.0/8'), loopback: false }),
      ...internet,
    })
    expect(await sender.send(post('http://erp.example/hook'), ampleMs)).toMatchObject({ kind: 'response' })
  })

  it('connects to the public ones of several addresses only', async () => {
    const addresses = ['10.0.0.7', publicAddress, '::1', '169.254.169.254', '2606:4700:4700::1111']
    const internet = pretendInternet({
      names: { 'erp.example': [addresses] },
      hosts: { [publicAddress]: receiver },
    })
    sender = open({ guard: strict, ...internet })
    expect(await sender.send(post('http://erp.example/hook'), ampleMs)).toMatchObject({ kind: 'response' })
    expect(internet.dialled).toEqual([[publicAddress, '2606:4700:4700::1111']])
  })

  it('looks again at every new connection, so a name that turns private is refused', async () => {
    const internet = pretendInternet({
      names: { 'rebind.example': [[publicAddress], ['127.0.0.1']] },
      hosts: { [publicAddress]: receiver, '127.0.0.1': receiver },
    })
    sender = open({ guard: strict, ...internet })
    receiver.answer(status(200, { headers: { connection: 'close' } }))
    expect(await sender.send(post('http://rebind.example/hook'), ampleMs)).toMatchObject({ kind: 'response' })
    expect(await sender.send(post('http://rebind.example/hook'), ampleMs)).toMatchObject({ reason: 'guard' })
    expect(internet.lookups).toEqual(['rebind.example', 'rebind.example'])
    expect(internet.dialled).toEqual([[publicAddress]])
    expect(receiver.requests.length).toBe(1)
  })

  it('looks again when a reused connection died and the request is repeated', async () => {
    const internet = pretendInternet({
      names: { 'rebind.example': [[publicAddress], ['127.0.0.1']] },
      hosts: { [publicAddress]: receiver, '127.0.0.1': receiver },
    })
    sender = open({ guard: strict, ...internet })
    receiver.answer(dieOnReuse())
    expect(await sender.send(post('http://rebind.example/hook'), ampleMs)).toMatchObject({ kind: 'response' })
    expect(await sender.send(post('http://rebind.example/hook'), ampleMs)).toMatchObject({ reason: 'guard' })
    expect(internet.dialled).toEqual([[publicAddress]])
  })

  it('never looks a name up between the check and the connection', async () => {
    const internet = pretendInternet({
      names: { 'rebind.example': [[publicAddress], ['127.0.0.1']] },
      hosts: { [publicAddress]: receiver },
    })
    sender = open({ guard: strict, ...internet })
    await sender.send(post('http://rebind.example/hook'), ampleMs)
    expect(internet.lookups).toEqual(['rebind.example'])
  })

  it('refuses a connection that ended up elsewhere, before a byte of the request', async () => {
    const internet = pretendInternet({
      names: { 'erp.example': [[publicAddress]] },
      hosts: { [publicAddress]: receiver },
      lying: true,
    })
    sender = open({ guard: strict, ...internet })
    expect(await sender.send(post('http://erp.example/hook'), ampleMs)).toMatchObject({ reason: 'guard' })
    expect(receiver.requests).toEqual([])
  })
})

describe('closing', () => {
  it('breaks off what is under way or waiting, and refuses what comes after', async () => {
    sender = open({ connectionsPerOrigin: 1 })
    receiver.answer(hangBeforeHeaders())
    const under = send()
    const waiting = send()
    await receiver.waitFor(1)
    await sender.close()
    expect(await under).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(await waiting).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(await send()).toMatchObject({ kind: 'failure', reason: 'reset', response: null })
    expect(receiver.requests.length).toBe(1)
  })

  it('closes idle connections', async () => {
    const closed = Promise.withResolvers<number>()
    receiver.answer((call) => {
      call.socket.once('close', () => closed.resolve(call.request.connection))
      status(200)(call)
    })
    await send()
    await sender.close()
    expect(await closed.promise).toBe(1)
  })

  it('can be done twice', async () => {
    await send()
    await sender.close()
    await expect(sender.close()).resolves.toBeUndefined()
  })
})
