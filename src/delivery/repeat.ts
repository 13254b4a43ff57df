import { RenderError } from '../formats/index.ts'
import type { Delivery, HttpMethod, SentRequest } from '../model/index.ts'
import type { Store } from '../store/store.ts'

/** What a replay sends again byte for byte; all else of its request is made anew. */
export interface Repeated {
  method: HttpMethod
  /** With its `?`, as it was sent; '' where there was none. */
  query: string
  contentType: string | null
  body: string | null
}

/** The request that a delivery repeats: undefined where it is rendered, null where that request is no longer kept. */
export async function findRepeated(
  store: Pick<Store, 'deliveries'>,
  { account_id, replay_of, replay_attempt_id }: Delivery,
): Promise<Repeated | null | undefined> {
  if (replay_attempt_id === null) return undefined
  const attempt = replay_of && (await store.deliveries.attempt(account_id, replay_of, replay_attempt_id))
  return attempt && attempt.request ? repeatedFrom(attempt.request) : null
}

function repeatedFrom({ method, url, headers, body }: SentRequest): Repeated {
  const beforeFragment = url.split('#', 1)[0]!
  const queryAt = beforeFragment.indexOf('?')
  return {
    // Written by us, from a webhook that was checked.
    method: method as HttpMethod,
    query: queryAt < 0 ? '' : beforeFragment.slice(queryAt),
    contentType: headers.find(([name]) => name === 'content-type')?.[1] ?? null,
    // Bodies are made of text, so as text they are the same bytes.
    body: body && Buffer.from(body).toString('utf8'),
  }
}

/** The URL of today with the query of then. */
export function withQueryOf(url: string, { query }: Repeated): string {
  return url.split(/[?#]/, 1)[0]! + query
}

/** Throws a RenderError: nothing else can be sent in its place, now or later. */
export function refuseGone(): never {
  throw new RenderError('The attempt that this replay repeats is no longer kept. Replay it in mode "render".')
}
