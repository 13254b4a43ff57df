import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotencyKey } from '../actions/ingest/change.ts'
import { answerAgain } from '../actions/ingest/kept-answer.ts'
import { invalid } from '../model/index.ts'
import type { KeptAnswer, Transaction } from '../store/store.ts'
import { auditOf } from './audit.ts'
import { requestHash } from './body.ts'
import type { ApiContext } from './context.ts'

const header = 'idempotency-key'
const keyForm = /^[\x21-\x7e]{1,255}$/

/**
 * The request's `Idempotency-Key`, bound to its token or member, its path and its content; null where there is none.
 * Throws a Problem `invalid` where it is not 1–255 visible ASCII characters.
 */
export function readIdempotencyKey(request: FastifyRequest): IdempotencyKey | null {
  const key = request.headers[header]
  if (key === undefined) return null
  if (typeof key !== 'string' || !keyForm.test(key)) {
    const message = 'Idempotency-Key must have 1 to 255 visible ASCII characters, no spaces.'
    throw invalid([{ path: 'Idempotency-Key', code: 'bad_idempotency_key', message }])
  }
  const path = request.url.split('?', 1)[0]!
  return {
    token_id: request.caller.id,
    route: `${request.method} ${path}`,
    key,
    body_hash: requestHash(request),
  }
}

/** What a write answers. `body` undefined: 204, nothing. */
export interface Written {
  status: number
  body?: unknown
  /** The answer is not kept: a replay is told so instead of getting it again. */
  secret?: boolean
  /** Run once the write is durable: caches to drop, workers to nudge. Not run for a replay. */
  afterwards?: () => void
}

/**
 * Runs a write in one transaction, together with its idempotency key where the request has one: the same request again gets
 * the same answer with `Idempotent-Replayed: true`; another request under the key is a Problem `idempotency_mismatch`.
 * `work` may run more than once, and must act only on its transaction. Who did it is noted in the same transaction, for
 * `GET /v1/audit`.
 */
export async function write(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: Transaction) => Promise<Written>,
): Promise<FastifyReply> {
  const workAndNote = async (tx: Transaction): Promise<Written> => {
    const written = await work(tx)
    await tx.audit.insert(auditOf(request, written.body, context.clock()))
    return written
  }
  const idempotency = readIdempotencyKey(request)
  if (!idempotency) {
    const written = await context.store.transaction(workAndNote)
    written.afterwards?.()
    return answer(reply, written.status, textOf(written))
  }
  const { body_hash, ...bound } = idempotency
  const key = { account_id: request.caller.account_id, ...bound }
  const result = await context.store.transaction<
    { kept: KeptAnswer; written?: undefined } | { written: Written }
  >(async (tx) => {
    const [kept] = await tx.answers.find([key])
    if (kept) return { kept }
    const written = await workAndNote(tx)
    const body = written.secret ? null : textOf(written)
    await tx.answers.insert([
      { ...key, body_hash, status_code: written.status, body, created_at: context.clock() },
    ])
    return { written }
  })
  if (result.written) {
    result.written.afterwards?.()
    return answer(reply, result.written.status, textOf(result.written))
  }
  const again = answerAgain(result.kept, body_hash)
  reply.header('idempotent-replayed', 'true')
  return answer(reply, again.status_code, again.body)
}

function textOf(written: Written): string {
  return written.body === undefined ? '' : JSON.stringify(written.body)
}

export const jsonContentType = 'application/json; charset=utf-8'

function answer(reply: FastifyReply, status: number, body: string): FastifyReply {
  reply.code(status)
  if (body === '') return reply.send()
  return reply.header('content-type', jsonContentType).send(body)
}
