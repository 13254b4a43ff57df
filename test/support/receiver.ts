import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { type Behaviour, status } from './behaviours.ts'

/** A request as the receiver got it, body complete. */
export interface ReceivedRequest {
  method: string
  /** Path and query, as sent. */
  url: string
  path: string
  headers: IncomingHttpHeaders
  /** Name, value, name, value… as they stood on the wire. */
  rawHeaders: string[]
  body: Buffer
  /** Which of the receiver's connections it came on (1, 2, 3 …) and as which request on it. */
  connection: number
  nthOnConnection: number
  /** By the receiver's clock, in ms. */
  at: number
}

/** A certificate in `tls/`: signed by the test authority for receiver.test, for other.test, or by itself. */
export type TestCertificate = 'trusted' | 'other-name' | 'self-signed'

/**
 * A real HTTP server on a port of its own on 127.0.0.1 that answers as it is told. Until told otherwise it answers 200.
 * Disposing it breaks off all connections.
 */
export interface Receiver extends AsyncDisposable {
  url: string
  port: number
  /** All requests so far, in the order in which their bodies were complete. */
  requests: ReceivedRequest[]
  /** How many connections were ever opened to it. */
  connections: number
  /** From now on, every path without a behaviour of its own answers like this. */
  answer(behaviour: Behaviour): void
  /** From now on, this path (without its query) answers like this. */
  on(path: string, behaviour: Behaviour): void
  /**
   * Resolves with all requests once there are so many, or once the predicate holds; rejects if the receiver is closed
   * before. It waits for requests only, never for time: the test's own limit ends a wait for what does not come.
   */
  waitFor(condition: number | ((requests: ReceivedRequest[]) => boolean)): Promise<ReceivedRequest[]>
  close(): Promise<void>
}

/**
 * Opens a receiver. `tls` makes it an HTTPS one; `now` is the clock for `at`. `accept` makes it slow to accept: nothing is
 * read from a connection before it has resolved (not together with `tls`).
 */
export async function openReceiver(
  options: { tls?: TestCertificate; now?: () => number; accept?: () => Promise<void> } = {},
): Promise<Receiver> {
  const now = options.now ?? Date.now
  const requests: ReceivedRequest[] = []
  const sockets = new Map<Socket, { number: number; requests: number }>()
  const waits = new Set<{ holds: () => boolean; resolve: () => void; reject: (error: Error) => void }>()
  const byPath = new Map<string, Behaviour>()
  let behaviour: Behaviour = status(200)

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const connection = sockets.get(incoming.socket)
    if (!connection) return
    connection.requests++
    const url = incoming.url ?? ''
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      url,
      path: url.split('?')[0]!,
      headers: incoming.headers,
      rawHeaders: incoming.rawHeaders,
      body: Buffer.concat(chunks),
      connection: connection.number,
      nthOnConnection: connection.requests,
      at: now(),
    }
    requests.push(request)
    for (const wait of waits) if (wait.holds()) wait.resolve()
    const chosen = byPath.get(request.path) ?? behaviour
    chosen({ request, response, socket: incoming.socket })
  }

  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    // A sender that breaks off is part of what is tested, not an error of the receiver.
    response.on('error', ignore)
    handle(incoming, response).catch(() => incoming.socket.destroy())
  }
  const settings = { keepAliveTimeout: 60_000 }
  const server = options.tls
    ? createTlsServer({ ...settings, ...certificate(options.tls) }, listener)
    : createServer(settings, listener)
  const { accept } = options
  const front = accept ? slowFront(server, accept) : server

  const receiver: Receiver = {
    url: '',
    port: 0,
    requests,
    connections: 0,
    answer(next) {
      behaviour = next
    },
    on(path, next) {
      byPath.set(path, next)
    },
    async waitFor(condition) {
      const holds = () => (typeof condition === 'number' ? requests.length >= condition : condition(requests))
      if (holds()) return requests
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const wait = { holds, resolve, reject }
      waits.add(wait)
      await promise.finally(() => waits.delete(wait))
      return requests
    },
    async close() {
      for (const wait of waits)
        wait.reject(new Error(`The receiver was closed after ${requests.length} requests.`))
      for (const socket of sockets.keys()) socket.destroy()
      if (!front.listening) return
      front.close()
      await once(front, 'close')
    },
    [Symbol.asyncDispose]: () => receiver.close(),
  }

  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    receiver.connections++
    sockets.set(socket, { number: receiver.connections, requests: 0 })
    socket.on('error', ignore)
    socket.on('close', () => sockets.delete(socket))
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  receiver.port = (front.address() as AddressInfo).port
  receiver.url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${receiver.port}`
  return receiver
}

/** Takes connections for the server, and hands each over once it is accepted. */
function slowFront(server: Server, accept: () => Promise<void>): Server {
  const waiting = new Set<Socket>()
  const front = createNetServer({ pauseOnConnect: true }, (socket) => {
    waiting.add(socket)
    socket.on('error', ignore)
    socket.on('close', () => waiting.delete(socket))
    accept().then(() => {
      waiting.delete(socket)
      server.emit('connection', socket)
      socket.resume()
    }, ignore)
  })
  const close = front.close.bind(front)
  front.close = (callback) => {
    for (const socket of waiting) socket.destroy()
    return close(callback)
  }
  return front
}

/** The authority that signed `trusted` and `other-name`, as PEM. */
export function testAuthority(): string {
  return readFileSync(new URL('tls/authority.pem', import.meta.url), 'utf8')
}

function certificate(name: TestCertificate): { key: string; cert: string } {
  const pem = readFileSync(new URL(`tls/${name}.pem`, import.meta.url), 'utf8')
  return { key: pem, cert: pem }
}

function ignore(): void {}
