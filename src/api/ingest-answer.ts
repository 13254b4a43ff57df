import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Change } from '../actions/change.ts'
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
    origin: { actor: { kind: 'api', id: caller.token.id }, source: 'api', bulk: false, caused_by: null },
    idempotency: readIdempotencyKey(request),
  })
  if (answer.replayed) reply.header('idempotent-replayed', 'true')
  return reply.code(answer.status_code).header('content-type', jsonContentType).send(answer.body)
}
