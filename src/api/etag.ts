import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Names a content: another content has another name. */
export function etagOf(text: string): string {
  return `"${hash('sha256', text, 'hex').slice(0, 32)}"`
}

/** Answers 304 to who has what the ETag names already, else what `send` sends. */
export function answerUnlessKnown(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  etag: string,
  send: () => FastifyReply,
): FastifyReply {
  reply.header('etag', etag)
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known?.includes(etag) || known?.includes('*') ? reply.code(304).send() : send()
}
