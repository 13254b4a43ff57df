import type { TokenKind } from '../../../data/tokens.ts'

interface Call {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  body?: object
}

/** What shows that a token of the kind works. */
const calls: Record<TokenKind, Call> = {
  ingest: {
    method: 'PATCH',
    path: '/v1/records/lead/4831596',
    body: { name: 'Deal with ACME', price: 12_000 },
  },
  read: { method: 'GET', path: '/v1/deliveries?limit=5' },
  manage: { method: 'POST', path: '/v1/inspectors', body: { name: 'Test address' } },
  admin: { method: 'GET', path: '/v1/members' },
}

/** A command that can be pasted into a terminal as it stands. `token` has nothing that a shell would read. */
export function firstCall(kind: TokenKind, origin: string, token: string): string {
  const { method, path, body } = calls[kind]
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${origin}${path}'`,
    `-H 'Authorization: Bearer ${token}'`,
    ...(body ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body)}'`] : []),
  ].join(' \\\n  ')
}
