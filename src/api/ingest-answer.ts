import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Change, Origin } from '../actions/ingest/change.ts'
import { readTraceparent } from '../model/index.ts'
import type { ApiContext } from './context.ts'
import { jsonContentType, readIdempotencyKey } from './idempotency.ts'

/** Hands one change to ingest and answers with its text as it is. */
export async function submit(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  change: Change,
): Promise<FastifyReply> {
  const { caller } = request
  const answer = await context.ingest.submit({
    account_id: caller.account_id,
    change,
    origin: originOf(context, request),
    idempotency: readIdempotencyKey(request),
  })
  if (answer.replayed) reply.header('idempotent-replayed', 'true')
  return reply.code(answer.status_code).header('content-type', jsonContentType).send(answer.body)
}

/** Who asks, and which delivery led to it where the caller passed `Hookline-Cause` on. One that cannot be read is none. */
export function originOf(context: ApiContext, request: FastifyRequest): Origin {
  const { id, signedIn } = request.caller
  // A member is none of the CRM's own users, whose ids receivers would look up.
  const actor = { kind: 'api', id } as const
  const header = request.headers['traceparent']
  const traceparent = (typeof header === 'string' ? readTraceparent(header) : null) ?? undefined
  const caused_by = causeOf(context, request, request.caller.account_id)
  return { actor, source: signedIn ? 'ui' : 'api', bulk: false, caused_by, traceparent }
}

export function causeOf(
  { readCause }: ApiContext,
  { headers }: FastifyRequest,
  accountId: string,
): Origin['caused_by'] {
  const header = headers['hookline-cause']
  return typeof header === 'string' ? readCause(header, accountId) : null
}
