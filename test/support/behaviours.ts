import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { ReceivedRequest } from './receiver.ts'

/** What a behaviour has to work with: the request, Node's response, and the bare socket for what HTTP does not allow. */
export interface Call {
  request: ReceivedRequest
  response: ServerResponse
  socket: Socket
}

/** How a receiver answers one request. */
export type Behaviour = (call: Call) => void

/** A whole answer. */
export function status(
  code: number,
  options: { headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
): Behaviour {
  return ({ response }) => response.writeHead(code, options.headers).end(options.body)
}

/** Writes these bytes as they are, then closes unless told to stay open. */
export function raw(bytes: string | Buffer, options: { stayOpen?: boolean } = {}): Behaviour {
  return ({ socket }) => {
    if (options.stayOpen) socket.write(bytes)
    else socket.end(bytes)
  }
}

/** Takes the request and never says a word. */
export function hangBeforeHeaders(): Behaviour {
  return () => {}
}

/** Sends status, headers and perhaps some of the body, then nothing more. */
export function hangAfterHeaders(options: { code?: number; body?: string } = {}): Behaviour {
  return raw(head(options.code ?? 200, ['content-length: 1000']) + (options.body ?? ''), { stayOpen: true })
}

/** Sends a body byte by byte, `everyMs`, for as long as somebody listens. */
export function slowDrip(options: { code?: number; everyMs?: number } = {}): Behaviour {
  return ({ response, socket }) => {
    response.writeHead(options.code ?? 200, { 'content-type': 'text/plain' })
    const timer = setInterval(() => response.write('.'), options.everyMs ?? 5)
    socket.once('close', () => clearInterval(timer))
  }
}

/** Promises 1000 bytes, sends these, and breaks the connection. */
export function resetMidBody(body = 'half of it'): Behaviour {
  return ({ socket }) => {
    socket.write(head(200, ['content-length: 1000']) + body, () => socket.resetAndDestroy())
  }
}

/** Takes the request and breaks the connection without an answer. */
export function resetBeforeAnswer(): Behaviour {
  return ({ socket }) => void socket.resetAndDestroy()
}

/** Says that the body is so long, sends these bytes, and closes. */
export function wrongContentLength(claimed: number, body: string): Behaviour {
  return raw(head(200, [`content-length: ${claimed}`, 'connection: close']) + body)
}

/** A chunked body that goes on for as long as somebody listens. */
export function endlessBody(options: { code?: number } = {}): Behaviour {
  const chunk = Buffer.alloc(16 * 1024, 'x')
  return ({ response }) => {
    response.writeHead(options.code ?? 200, { 'content-type': 'text/plain' })
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  }
}

/** A small gzip body that unpacks to `bytes` zeros. */
export function gzipBomb(bytes = 10 * 1024 * 1024): Behaviour {
  const body = gzipSync(Buffer.alloc(bytes))
  return status(200, { headers: { 'content-encoding': 'gzip' }, body })
}

/** Points elsewhere: to itself, to a private address, to another scheme. */
export function redirectTo(location: string, code = 302): Behaviour {
  return status(code, { headers: { location } })
}

/** So many informational answers before a 200. */
export function informationalFlood(count: number): Behaviour {
  return raw(
    'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(count) + head(200, ['content-length: 2']) + 'ok',
    {
      stayOpen: true,
    },
  )
}

/** An HTTP/1.0 answer, whose body ends where the connection does. */
export function http10(body: string): Behaviour {
  return raw(`HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\n${body}`)
}

/** Something that is not HTTP at all. */
export function malformedHead(): Behaviour {
  return raw('SSH-2.0-OpenSSH_9.6\r\n')
}

/** A 200 with so many bytes of headers. */
export function hugeHead(bytes: number): Behaviour {
  return raw(head(200, [`x-filler: ${'y'.repeat(bytes)}`, 'content-length: 0']), { stayOpen: true })
}

/** Too many requests, or not now: `after` is a number of seconds or a date. */
export function retryAfter(code: 429 | 503, after: number | Date): Behaviour {
  const value = typeof after === 'number' ? String(after) : after.toUTCString()
  return status(code, { headers: { 'retry-after': value } })
}

/** One after another, the last from then on. */
export function inTurn(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
  let next = 0
  return (call) => {
    const behaviour = behaviours[Math.min(next, behaviours.length - 1)]!
    next++
    behaviour(call)
  }
}

/** Answers the first request on each connection and breaks the connection, unanswered, at the second. */
export function dieOnReuse(behaviour: Behaviour = status(200)): Behaviour {
  return (call) => (call.request.nthOnConnection > 1 ? call.socket.destroy() : behaviour(call))
}

/** Promises to keep the connection, answers, and closes it all the same. */
export function closeAfterAnswer(behaviour: Behaviour = status(200)): Behaviour {
  return (call) => {
    call.response.once('finish', () => call.socket.end())
    behaviour(call)
  }
}

/** As `behaviour`, but breaks a share of the connections instead: when `random` (0 to 1) says less than `share`. */
export function breakAtRandom(
  random: () => number,
  share: number,
  behaviour: Behaviour = status(200),
): Behaviour {
  return (call) => (random() < share ? call.socket.destroy() : behaviour(call))
}

function head(code: number, headers: string[]): string {
  return `HTTP/1.1 ${code} Whatever\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`
}
