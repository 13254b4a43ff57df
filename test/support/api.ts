/** The API as tests call it, and the answers as a client sees them: typed in from the reference, not taken from the server's code. */
import type { RuleGroup } from '../../src/model/index.ts'

export interface ApiAnswer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface CallOptions {
  headers?: Record<string, string>
  /** Sent as it is instead of a JSON body. */
  raw?: string | Uint8Array
}

/** Every method answers whatever status comes; `done` takes the body of a success. */
export interface Api {
  get<Body>(path: string, options?: CallOptions): Promise<ApiAnswer<Body>>
  put<Body>(path: string, body: unknown, options?: CallOptions): Promise<ApiAnswer<Body>>
  post<Body>(path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer<Body>>
  patch<Body>(path: string, body: unknown, options?: CallOptions): Promise<ApiAnswer<Body>>
  delete<Body>(path: string, options?: CallOptions): Promise<ApiAnswer<Body>>
  call<Body>(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer<Body>>
  /** The same server and account with other headers, e.g. another token. */
  with(headers: Record<string, string>): Api
}

/** `origin` is asked at every call: a server that is started again has another port. */
export function makeApi(origin: () => string, headers: Record<string, string>): Api {
  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<ApiAnswer<Body>> => {
    const sent = options.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(origin() + path, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...options.headers,
      },
      body: (sent ?? null) as RequestInit['body'],
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    }
  }
  return {
    call,
    get: (path, options) => call('GET', path, undefined, options),
    put: (path, body, options) => call('PUT', path, body, options),
    post: (path, body, options) => call('POST', path, body, options),
    patch: (path, body, options) => call('PATCH', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
    with: (more) => makeApi(origin, { ...headers, ...more }),
  }
}

/** The body of a success; anything else is an error that shows what came. */
export async function done<Body>(answer: Promise<ApiAnswer<Body>> | ApiAnswer<Body>): Promise<Body> {
  const { status, body } = await answer
  if (status < 200 || status > 299) throw new Error(`The API answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** All items of a list, page after page. */
export async function listAll<Item>(api: Api, path: string): Promise<Item[]> {
  const items: Item[] = []
  const glue = path.includes('?') ? '&' : '?'
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Page<Item> = await done(api.get<Page<Item>>(`${path}${glue}limit=100${more}`))
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return items
}

export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

export interface ProblemAnswer {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors: { path: string; code: string; message: string }[]
}

export interface RecordAnswer {
  kind: string
  id: string
  state: string
  fields: Record<string, unknown>
  sequence: number
}

export interface WriteAnswer {
  record: RecordAnswer
  events: { id: string; type: string }[]
}

export interface EventAnswer {
  id: string
  type: string
  account_id: string
  external_id: string | null
  occurred_at: string
  received_at: string
  sequence: number
  record: { kind: string; id: string }
  current: Record<string, unknown>
  previous: Record<string, unknown>
  data: Record<string, unknown>
  related: Record<string, Record<string, unknown>>
  actor: { kind: string; id: string | null }
  source: string
  bulk: boolean
  correlation_id: string
  caused_by: unknown
}

/** In a list. */
export interface ListedEventAnswer extends EventAnswer {
  decisions: { fired: number; skipped: number }
  deliveries: { id: string; webhook_id: string; state: string }[]
}

export interface DecisionAnswer {
  webhook_id: string
  webhook_name: string
  webhook_version: number
  verdict: 'fired' | 'skipped'
  reason: string
  failed: { path: string; field: string; operator: string; expected: unknown; seen: unknown }[]
  delivery_id: string | null
}

export interface WebhookAnswer {
  id: string
  version: number
  status: string
  status_reason: string | null
  name: string
  conditions: RuleGroup
  request: {
    url: string
    headers: { name: string; value: string }[]
    auth: Record<string, string>
    format: string
  }
  last_delivery: { id: string; at: string; state: string; status_code: number | null } | null
  health: {
    failures_in_a_row: number
    failing_since: string | null
    blocked_until: string | null
    circuit: string
    next_probe_at: string | null
  }
}

export interface DeliveryAnswer {
  id: string
  webhook_id: string
  event_id: string
  event_type: string
  record: { kind: string; id: string; name: string | null }
  sequence: number
  purpose: string
  state: string
  reason: string | null
  attempt_count: number
  due_at: string | null
  expires_at: string
  last_status_code: number | null
  last_attempt: {
    id: string
    number: number
    outcome: string
    reason: string | null
    started_at: string
    duration_ms: number
  } | null
  created_at: string
  settled_at: string | null
  replay_of: string | null
  replay_id: string | null
  sent_again: { id: string; state: string; reason: string | null; created_at: string } | null
  replay_attempt_id: string | null
}

export interface ReplayAnswer {
  id: string
  state: string
  webhook_id: string | null
  of: string
  filter: Record<string, unknown> | null
  mode: string
  pace_per_s: number | null
  total: number | null
  done: number
  created: number
  skipped: number
  deliveries: { unsettled: number; delivered: number; dead: number; canceled: number }
  made_by: string
}

export interface AttemptAnswer {
  id: string
  number: number
  webhook_version: number
  outcome: string
  reason: string | null
  detail: string | null
  late: boolean
  probe: boolean
  started_at: string
  duration_ms: number
  request: {
    method: string
    url: string
    headers: [name: string, value: string][]
    body: string | null
    body_encoding: string
  } | null
  response: {
    status_code: number
    headers: [name: string, value: string][]
    body: string | null
    body_encoding: string
    truncated: boolean
  } | null
}

export interface DeliveryWithAttempts extends DeliveryAnswer {
  attempts: AttemptAnswer[]
}
