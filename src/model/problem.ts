/**
 * Everything that can be wrong with a request, as a closed list. The HTTP status of each is known in one
 * file (`api/problems.ts`); the code is stable and part of the API.
 */
export type ProblemCode =
  | 'malformed' // the body is no JSON, no UTF-8, or holds what no JSON store can keep            400
  | 'bad_cursor' // a cursor that we did not hand out                                             400
  | 'bad_limit' // a page size outside 1–100                                                      400
  | 'unauthenticated' // no token or session, or one that is unknown, ended or malformed          401
  | 'forbidden' // the token's kind or the member's role may not do this, or another site sent it 403
  | 'not_found' // it does not exist in this account                                              404
  | 'method_not_allowed' // the path exists, the method does not                                  405
  | 'conflict' // the thing exists already, or changed meanwhile                                  409
  | 'gone' // an address that was switched off                                                    410
  | 'precondition_failed' // `If-Match` names a version that is not the present one              412
  | 'too_large' // the body is over the limit                                                     413
  | 'unsupported_media_type' // the body's content type is not one that we read                   415
  | 'invalid' // a value is not what is asked for; `errors` names each path                       422
  | 'idempotency_mismatch' // the key was used before with another body                           422
  | 'too_many' // a named limit is reached: wait, or raise it                                     429
  | 'unavailable' // the store does not answer, or the server is stopping: try again              503
  | 'internal' // our fault; says nothing more                                                    500

/** One thing wrong: where (`conditions.rules[0].operator`, '' for the whole) and what to do, as a sentence. */
export interface ProblemDetail {
  path: string
  message: string
  /** A stable word for this very mistake, e.g. `unknown_field`, so that clients need not read the sentence. */
  code: string
}

/** The one error class: thrown by our own code when a caller asked for something that cannot be done. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly errors: ProblemDetail[]
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfterS: number | undefined

  constructor(
    code: ProblemCode,
    message: string,
    options: { errors?: ProblemDetail[]; retryAfterS?: number } = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.errors = options.errors ?? []
    this.retryAfterS = options.retryAfterS
  }
}

/** A 422 for one or more details; its sentence is the first detail's. */
export function invalid(errors: ProblemDetail[]): Problem {
  return new Problem('invalid', errors[0]?.message ?? 'The request is not valid.', { errors })
}

export function notFound(what: string, id: string): Problem {
  return new Problem('not_found', `There is no ${what} "${id}" in this account.`)
}
