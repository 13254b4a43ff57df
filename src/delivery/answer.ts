import type { FailureReason, HttpMethod, ReceivedResponse } from '../model/index.ts'

export interface OutgoingRequest {
  method: HttpMethod
  url: string
  headers: [name: string, value: string][]
  body: Uint8Array | string | null
}

/**
 * What one try came to.
 * - `response`: a whole answer, or one whose status is known and whose body is longer than anybody needs (`truncated`).
 * - `failure`: no answer, or one that stopped half-way; then `response` holds what had come.
 */
export type Answer = { kind: 'response'; response: ReceivedResponse; durationMs: number } | FailedAnswer

/**
 * - `guard`: refused, nothing was sent
 * - `dns`, `connect`, `tls`: no connection
 * - `timeout`: the deadline passed, also in the middle of a body
 * - `reset`: the connection broke, or what came was not HTTP
 * - `template`: the request cannot be written as HTTP; no retry can help
 */
export type SendFailureReason = Exclude<FailureReason, 'status'>

export interface FailedAnswer {
  kind: 'failure'
  reason: SendFailureReason
  /** A sentence for people; holds the host, never the path, the query or a header. */
  detail: string
  response: ReceivedResponse | null
  durationMs: number
}

/** Why there is no usable connection; its message is the sentence for people. */
export class SendFailure extends Error {
  readonly reason: SendFailureReason

  constructor(reason: SendFailureReason, detail: string) {
    super(detail)
    this.name = 'SendFailure'
    this.reason = reason
  }
}

/** The system's word for an error, e.g. ECONNREFUSED; else its message. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : messageOf(error)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
