import type { Dispatcher } from 'undici'
import type { Answer, FailedAnswer, OutgoingRequest } from './answer.ts'
import { type Connect, connectSocket, type Dialling, type Resolve, resolveName } from './connect.ts'
import { Exchange } from './exchange.ts'
import { type Guard, plainHost } from './guard.ts'
import { OriginPool } from './pool.ts'

export type { Answer, OutgoingRequest } from './answer.ts'

/** Sends HTTP/1.1 requests, each over a connection that the guard let pass. Follows no redirects, decodes no bodies. */
export interface Sender {
  /**
   * Sends one request; never rejects. `timeoutMs` covers all of it: waiting for a free connection, name, TCP, TLS,
   * headers and body. A reused connection that dies before the first byte of an answer is replaced once.
   */
  send(request: OutgoingRequest, timeoutMs: number): Promise<Answer>
  /** Breaks off what is under way (failure `reset`) and resolves when all sockets are closed. */
  close(): Promise<void>
}

export interface SenderOptions {
  guard: Guard
  resolve?: Resolve
  connect?: Connect
  /**
   * The most connections to one origin. Best not below the number of requests that are ever under way at once: else one
   * hanging webhook can make another on the same host wait, and waiting counts against the deadline.
   */
  connectionsPerOrigin?: number
  /** Milliseconds that only go forward. */
  now?: () => number
}

/** How many different URLs are remembered in taken-apart form. */
const knownTargetsMax = 10_000
/** setTimeout takes a longer wait for none at all. */
const timeoutMsMax = 2 ** 31 - 1

interface Target {
  origin: string
  secure: boolean
  host: string
  port: number
  path: string
}

export function openSender(options: SenderOptions): Sender {
  const { guard, connectionsPerOrigin = 256, now = () => performance.now() } = options
  const dialling: Dialling = {
    guard,
    resolve: options.resolve ?? resolveName,
    connect: options.connect ?? connectSocket,
  }
  const pools = new Map<string, OriginPool>()
  const targets = new Map<string, Target>()
  let closed = false

  const poolOf = (target: Target) => {
    const { origin } = target
    const known = pools.get(origin)
    if (known) return known
    const pool: OriginPool = new OriginPool({
      origin,
      destination: { secure: target.secure, host: target.host, port: target.port },
      dialling,
      linesMax: connectionsPerOrigin,
      onEmpty: () => {
        if (pools.get(origin) === pool) pools.delete(origin)
      },
    })
    pools.set(origin, pool)
    return pool
  }

  const targetOf = (url: string) => {
    const known = targets.get(url)
    if (known) return known
    const target = takeApart(url)
    if (target) {
      if (targets.size >= knownTargetsMax) targets.clear()
      targets.set(url, target)
    }
    return target
  }

  return {
    send(request, timeoutMs) {
      if (closed) return Promise.resolve(refused('reset', 'The server is stopping.'))
      const target = targetOf(request.url)
      if (!target) return Promise.resolve(refused('template', 'The URL is not one that a request can go to.'))
      return new Promise((settle) => {
        const pool = poolOf(target)
        const exchange = new Exchange({
          options: dispatchOptions(request, target.path),
          pool,
          timeoutMs: Math.min(timeoutMs, timeoutMsMax),
          now,
          settle,
        })
        pool.carry(exchange)
      })
    },
    async close() {
      closed = true
      await Promise.all([...pools.values()].map((pool) => pool.close(endByClose)))
    },
  }
}

function endByClose(exchange: Exchange): void {
  exchange.fail('reset', 'The server stopped before an answer came.')
}

function dispatchOptions(request: OutgoingRequest, path: string): Dispatcher.DispatchOptions {
  const headers: string[] = []
  for (const [name, value] of request.headers) headers.push(name, value)
  return { method: request.method, path, headers, body: request.body }
}

function takeApart(url: string): Target | null {
  const parsed = URL.parse(url)
  if (!parsed) return null
  const secure = parsed.protocol === 'https:'
  if (!secure && parsed.protocol !== 'http:') return null
  return {
    origin: parsed.origin,
    secure,
    host: plainHost(parsed.hostname),
    port: Number(parsed.port || (secure ? 443 : 80)),
    path: parsed.pathname + parsed.search,
  }
}

function refused(reason: FailedAnswer['reason'], detail: string): FailedAnswer {
  return { kind: 'failure', reason, detail, response: null, durationMs: 0 }
}
