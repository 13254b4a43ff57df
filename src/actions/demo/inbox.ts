import type { OutgoingRequest } from '../../delivery/answer.ts'
import type { Inspector, InspectorRequest } from '../../model/index.ts'
import type { NewId } from '../../runtime/ids.ts'

/** What the demo's test addresses received, as they keep it. */
export interface Inbox {
  add(inspector: Inspector, at: number, request: OutgoingRequest): void
  /** The newest `keep` of each inspector. */
  newest(keep: number): InspectorRequest[]
}

export function makeInbox(newId: NewId): Inbox {
  const received: Omit<InspectorRequest, 'id'>[] = []
  return {
    add({ id }, at, { method, url, headers, body }) {
      const { pathname, search } = new URL(url)
      received.push({
        inspector_id: id,
        at,
        method,
        url: pathname + search,
        query: search.slice(1),
        headers,
        body: body === null ? Buffer.alloc(0) : Buffer.from(body),
      })
    },
    newest(keep) {
      const sorted = received.toSorted((a, b) => a.at - b.at)
      const kept = [...Map.groupBy(sorted, (request) => request.inspector_id).values()]
      return kept
        .flatMap((requests) => requests.slice(-keep))
        .sort((a, b) => a.at - b.at)
        .map((request) => ({ ...request, id: newId('req', request.at) }))
    },
  }
}
