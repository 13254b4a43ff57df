/** How every resource speaks to the API: JSON over fetch, with the session's cookie; a refusal is an ApiProblem. */
import { isProxyError, tellReachable } from './connection.ts'

export interface ProblemDetail {
  /** Where, in the words of the API: `conditions.rules[0].value`; '' for the whole. */
  path: string
  /** A stable word, e.g. `unknown_field`. */
  code: string
  message: string
}

/** A refusal (RFC 9457), or `offline` where no answer came. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: ProblemDetail[]
  readonly retryAfterS: number | null

  constructor(
    status: number,
    code: string,
    detail: string,
    errors: ProblemDetail[],
    retryAfterS: number | null,
  ) {
    super(detail)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.errors = errors
    this.retryAfterS = retryAfterS
  }
}

/** A page of a list; `next_cursor` asks for the next one. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

export type Query = Record<string, string | number | boolean | null | undefined>

interface Call {
  query?: Query | undefined
  body?: unknown
  signal?: AbortSignal | undefined
  headers?: Record<string, string> | undefined
}

/** `path` stands under `/v1` and is encoded by the caller: `api\`/webhooks/${id}\`` does that. */
export async function call<T>(
  method: string,
  path: string,
  { query, body, signal, headers }: Call = {},
): Promise<T> {
  const isFile = body instanceof Blob || typeof body === 'string'
  const response = await fetch(`/v1${path}${queryText(query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    tellReachable(false)
    throw new ApiProblem(0, 'offline', 'The server cannot be reached.', [], null)
  })
  tellReachable(!isProxyError(response.status))
  if (response.status === 204) return undefined as T
  const text = await response.text()
  const answer = readJson(text)
  if (response.ok) return answer as T
  throw problemOf(response, answer)
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  call<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, query?: Query) => call<T>('POST', path, { body, query })
export const put = <T>(path: string, body: unknown, query?: Query) => call<T>('PUT', path, { body, query })
export const patch = <T>(path: string, body: unknown, query?: Query) =>
  call<T>('PATCH', path, { body, query })
export const remove = (path: string, query?: Query) => call<undefined>('DELETE', path, { query })

/** A path with its parts encoded. */
export function api(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((path, part, index) => path + encodeURIComponent(String(values[index - 1])) + part)
}

function queryText(query: Query = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
}

function readJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function problemOf(response: Response, answer: unknown): ApiProblem {
  const {
    code = 'internal',
    detail = response.statusText,
    errors = [],
  } = (answer ?? {}) as Partial<{
    code: string
    detail: string
    errors: ProblemDetail[]
  }>
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiProblem(response.status, code, detail, errors, Number.isNaN(retryAfter) ? null : retryAfter)
}
