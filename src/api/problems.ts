import { STATUS_CODES } from 'node:http'
import type { FastifyBaseLogger, FastifyReply } from 'fastify'
import { Problem, type ProblemCode } from '../model/index.ts'

/** The one place that knows HTTP statuses: each code of a problem with its status and its title. */
export const problemKinds: Record<ProblemCode, { status: number; title: string }> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  bad_cursor: { status: 400, title: 'The cursor is not one of ours' },
  bad_limit: { status: 400, title: 'The page size is out of range' },
  unauthenticated: { status: 401, title: 'A valid token or session is needed' },
  forbidden: { status: 403, title: 'You may not do this' },
  not_found: { status: 404, title: 'It does not exist' },
  method_not_allowed: { status: 405, title: 'The path does not take this method' },
  conflict: { status: 409, title: 'It exists already, or changed meanwhile' },
  gone: { status: 410, title: 'The address is switched off' },
  precondition_failed: { status: 412, title: 'It was changed since it was read' },
  too_large: { status: 413, title: 'The body is over the limit' },
  unsupported_media_type: { status: 415, title: 'The content type is not one that is read here' },
  invalid: { status: 422, title: 'A value is not what is asked for' },
  idempotency_mismatch: { status: 422, title: 'The idempotency key was used for another request' },
  too_many: { status: 429, title: 'A limit is reached' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The server cannot answer now' },
}

const problemContentType = 'application/problem+json; charset=utf-8'

/** A problem as it is answered (RFC 9457), with our `code` and the details by path. */
export function problemBody(problem: Problem): {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  errors: { path: string; code: string; message: string }[]
} {
  const { status, title } = problemKinds[problem.code]
  return {
    type: `urn:hookline:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    errors: problem.errors.map(({ path, code, message }) => ({ path, code, message })),
  }
}

/** Answers a problem. Headers that go with single codes (`Allow`) are set by who knows them. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterS !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfterS)))
  if (problem.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problemKinds[problem.code].status)
    .header('content-type', problemContentType)
    .send(JSON.stringify(problemBody(problem)))
}

/** What Fastify says itself, by its error codes. */
const frameworkProblems: Record<string, (bodyBytesMax: number) => Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (bytes) =>
    new Problem('too_large', `The body is larger than ${bytes} bytes. Send less at once.`),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem('unsupported_media_type', 'Send JSON, with the header "Content-Type: application/json".'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new Problem('malformed', 'The body is not as long as Content-Length says.'),
  FST_ERR_BAD_URL: () => new Problem('malformed', 'The URL holds a broken percent-encoding.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Problem('malformed', 'A part of the path is too long.'),
}

/** Any error as a problem. Those that nobody expected are logged and say nothing to the caller. */
export function toProblem(error: unknown, log: FastifyBaseLogger, bodyBytesMax: number): Problem {
  if (error instanceof Problem) {
    if (error.code === 'internal') log.error({ err: error }, 'request failed')
    return error
  }
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  const known = typeof code === 'string' ? frameworkProblems[code] : undefined
  if (known) return known(bodyBytesMax)
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Problem(
      'malformed',
      `The request cannot be read: ${STATUS_CODES[statusCode] ?? 'bad request'}.`,
    )
  }
  log.error({ err: error }, 'request failed')
  return new Problem('internal', 'Something went wrong on our side. It has been logged.')
}
