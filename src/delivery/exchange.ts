import { type Client, type Dispatcher, errors } from 'undici'
import type { ReceivedResponse } from '../model/index.ts'
import { type Answer, codeOf, type FailedAnswer, messageOf, SendFailure } from './answer.ts'

/** The most that a response's headers may weigh; the same as Node's own limit. */
export const responseHeadBytesMax = 16 * 1024

/** How much of a response's body is kept. */
const responseBytesKept = 16 * 1024
/** How much more is read, and thrown away, to keep the connection; a longer body is broken off. */
const responseBytesSkipped = 64 * 1024
/** How many 1xx answers a receiver may send before the real one. */
const informationalAnswersMax = 16

/** How many pieces of a body are held before they are joined. */
const chunksMax = 32

/**
 * One line to an origin: an undici client that carries one request at a time. When its socket is gone it dials a new
 * one by itself for the next request, through the guard like the first.
 */
export interface Line {
  client: Client
  /** Requests written to the present socket: above 0, the next one travels on a reused connection. */
  served: number
  exchange: Exchange | null
  hangUp: () => void
}

/** What an exchange asks of whoever gave it its line. */
export interface Carrier {
  /** It is over, and the line can carry the next. */
  release(line: Line): void
  /** The line is of no more use. */
  drop(line: Line): void
  /** The line died under it: carry it once more, on a connection that never carried anything. */
  replace(line: Line, exchange: Exchange): void
  /** It is over before it was given a line. */
  forget(exchange: Exchange): void
}

/**
 *  waiting ──▶ sent ──▶ answering ──▶ body ──▶ settled
 *     ▲          │
 *     └───once───┘   a reused connection died before the first byte of an answer
 */
type Step = 'waiting' | 'sent' | 'answering' | 'body' | 'settled'

/** One request on its way and the answer that comes back: what undici calls, from the first byte to the last. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly options: Dispatcher.DispatchOptions
  /** Set by the pool while it is being carried. */
  line: Line | null = null
  private readonly pool: Carrier
  private readonly settle: (answer: Answer) => void
  private readonly now: () => number
  private readonly startedAt: number
  private readonly timeoutMs: number
  private readonly deadline: NodeJS.Timeout
  private step: Step = 'waiting'
  private onReusedLine = false
  private informational = 0
  private status = 0
  private headers: Record<string, string | string[] | undefined> = {}
  private announcedBytes = 0
  private seenBytes = 0
  private chunks: Buffer[] = []

  constructor(parts: {
    options: Dispatcher.DispatchOptions
    pool: Carrier
    timeoutMs: number
    now: () => number
    settle: (answer: Answer) => void
  }) {
    this.options = parts.options
    this.pool = parts.pool
    this.settle = parts.settle
    this.now = parts.now
    this.startedAt = parts.now()
    this.timeoutMs = parts.timeoutMs
    this.deadline = setTimeout(pastDeadline, parts.timeoutMs, this)
  }

  /** Called when the request is written; again if undici itself had to change the socket before it was. */
  onRequestStart(): void {
    if (this.step === 'settled') return
    this.step = 'sent'
    this.onReusedLine = this.line!.served++ > 0
  }

  onResponseStarted(): void {
    if (this.step === 'settled') return
    this.step = 'answering'
  }

  onResponseStart(
    _controller: unknown,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.step === 'settled') return
    if (status < 200) {
      if (++this.informational > informationalAnswersMax) {
        this.fail(
          'reset',
          `More than ${informationalAnswersMax} informational answers (1xx) came before a real one.`,
        )
      }
      return
    }
    this.step = 'body'
    this.status = status
    this.headers = headers
    this.announcedBytes = Number(headers['content-length'] ?? 0)
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    if (this.step === 'settled') return
    const room = responseBytesKept - this.seenBytes
    this.seenBytes += chunk.length
    // A part of a chunk is copied, so that what is kept does not hold the whole of it in memory.
    if (room >= chunk.length) this.chunks.push(chunk)
    else if (room > 0) this.chunks.push(Buffer.from(chunk.subarray(0, room)))
    // A body that comes byte by byte would weigh a hundred times its length in small buffers.
    if (this.chunks.length > chunksMax) this.chunks = [Buffer.concat(this.chunks)]
    const readMax = responseBytesKept + responseBytesSkipped
    const tooLong = this.seenBytes > readMax || this.announcedBytes > readMax
    if (tooLong && this.seenBytes >= responseBytesKept) {
      this.breakOff({ kind: 'response', response: this.response(), durationMs: this.durationMs() })
    }
  }

  onResponseEnd(): void {
    if (this.step === 'settled') return
    this.pool.release(this.line!)
    this.finish({ kind: 'response', response: this.response(), durationMs: this.durationMs() })
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.step === 'settled') return
    if (this.mayResend(error)) {
      this.step = 'waiting'
      this.pool.replace(this.line!, this)
      return
    }
    if (error instanceof SendFailure) return this.fail(error.reason, error.message)
    if (isOurMistake(error)) this.fail('template', `The request cannot be written as HTTP: ${error.message}.`)
    else this.fail('reset', this.describe(error))
  }

  /** Ends it now, without an answer; does nothing once it is over. */
  fail(reason: FailedAnswer['reason'], detail: string): void {
    if (this.step === 'settled') return
    const response = this.status > 0 ? this.response() : null
    this.breakOff({ kind: 'failure', reason, detail, response, durationMs: this.durationMs() })
  }

  failTimeout(): void {
    this.fail('timeout', this.describeTimeout())
  }

  private breakOff(answer: Answer): void {
    const line = this.line
    this.finish(answer)
    if (line) this.pool.drop(line)
    else this.pool.forget(this)
  }

  private finish(answer: Answer): void {
    this.step = 'settled'
    this.line = null
    this.chunks = []
    clearTimeout(this.deadline)
    this.settle(answer)
  }

  /** At most once: a line that replaces another is fresh, so when that one dies too, it is not a reused one. */
  private mayResend(error: Error): boolean {
    return this.step === 'sent' && this.onReusedLine && connectionLost.has(codeOf(error))
  }

  private durationMs(): number {
    return Math.round(this.now() - this.startedAt)
  }

  private response(): ReceivedResponse {
    const { chunks } = this
    return {
      status_code: this.status,
      headers: headerList(this.headers),
      body: chunks.length === 0 ? null : chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
      truncated:
        this.seenBytes > responseBytesKept ||
        (this.announcedBytes > responseBytesKept && this.seenBytes >= responseBytesKept),
    }
  }

  private describe(error: Error): string {
    if (error instanceof errors.HeadersOverflowError) {
      return `The answer's headers are larger than ${responseHeadBytesMax / 1024} KiB.`
    }
    if (error instanceof errors.ResponseContentLengthMismatchError) {
      return "The answer's body does not fit its Content-Length."
    }
    if (error instanceof errors.HTTPParserError) {
      // undici puts the parser's own words in brackets: "Response does not match … (Invalid header token)".
      return `The answer is not valid HTTP: ${/\((.*)\)/.exec(error.message)?.[1] ?? 'it cannot be read'}.`
    }
    if (!connectionLost.has(codeOf(error))) return `The exchange broke: ${messageOf(error)}.`
    if (this.step === 'body') return 'The connection was closed in the middle of the answer.'
    if (this.step === 'answering')
      return `The answer began in a way that cannot be followed: ${messageOf(error)}.`
    return 'The connection was closed before an answer came.'
  }

  private describeTimeout(): string {
    const within = `within ${this.timeoutMs} ms`
    if (this.step === 'waiting')
      return this.line ? `No connection ${within}.` : `No connection was free ${within}.`
    if (this.step === 'body') return `The answer began with status ${this.status} but did not end ${within}.`
    return `No answer ${within}.`
  }
}

function pastDeadline(exchange: Exchange): void {
  exchange.failTimeout()
}

const connectionLost = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'])

/** undici refuses what cannot be put on the wire: a header with a line break or outside Latin-1, `expect`, `upgrade`. */
function isOurMistake(error: Error): boolean {
  return (
    error instanceof errors.InvalidArgumentError ||
    error instanceof errors.NotSupportedError ||
    error instanceof errors.RequestContentLengthMismatchError
  )
}

function headerList(headers: Record<string, string | string[] | undefined>): [name: string, value: string][] {
  const list: [string, string][] = []
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string') list.push([name, value])
    else if (value) for (const each of value) list.push([name, each])
  }
  return list
}
