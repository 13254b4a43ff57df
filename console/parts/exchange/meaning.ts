/** What an answer means, or why there was none: the key of its sentence in `exchange`. */

const explained = [400, 401, 403, 404, 405, 408, 410, 413, 415, 422, 429, 500, 502, 503, 504] as const
type Explained = `${(typeof explained)[number]}`

export type Meaning = 'delivered' | 'redirect' | 'client' | 'server' | 'other' | Explained

export function meaningOf(status: number): Meaning {
  const known = explained.find((code) => code === status)
  if (known) return `${known}`
  if (status >= 200 && status < 300) return 'delivered'
  if (status >= 300 && status < 400) return 'redirect'
  if (status >= 400 && status < 500) return 'client'
  return status >= 500 && status < 600 ? 'server' : 'other'
}

const failures = ['guard', 'dns', 'connect', 'tls', 'timeout', 'reset', 'status', 'template'] as const
export type Failure = (typeof failures)[number]

export function isFailure(reason: string): reason is Failure {
  return (failures as readonly string[]).includes(reason)
}

/** The names of RFC 9110, which are English everywhere. */
const phrases: Record<number, string> = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
  304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized',
  403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
  413: 'Content Too Large', 415: 'Unsupported Media Type', 422: 'Unprocessable Content', 429: 'Too Many Requests',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout',
} // prettier-ignore

/** `404 Not Found`. */
export function statusLine(status: number): string {
  const phrase = phrases[status]
  return phrase ? `${status} ${phrase}` : String(status)
}
