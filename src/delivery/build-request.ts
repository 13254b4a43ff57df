import { createHash } from 'node:crypto'
import { appendQuery, compileUrl, findFormat, RenderError } from '../formats/index.ts'
import { secretMask, withSpan } from '../model/index.ts'
import type { Account, Cause, CrmEvent, PathContext, SentRequest, Webhook } from '../model/index.ts'
import type { OutgoingRequest } from './answer.ts'
import { refuseGone, withQueryOf, type Repeated } from './repeat.ts'
import { redactableOf } from './redact.ts'
import { sign } from './sign.ts'

/** One request, as it goes out and as it may be shown. */
export interface BuiltRequest {
  outgoing: OutgoingRequest
  /** The same without secrets: for the attempt that is kept, previews and logs. */
  shown: SentRequest
  /** What must be masked where the receiver sends it back. */
  secrets: readonly string[]
}

export interface RequestInput {
  webhook: Webhook
  account: Account
  event: CrmEvent
  /** The `webhook-id`. */
  deliveryId: string
  /** Counts from 1. */
  attempt: number
  now: number
  signCause(cause: Cause, accountId: string): string
  /** Sent again in the place of what the format would make; null where it should be and is no longer kept. */
  repeated?: Repeated | null | undefined
}

/** What is the same in all requests of one webhook version; compiled when it sends first. */
interface Compiled {
  context: Required<PathContext>
  url: ReturnType<typeof compileUrl>
  format: NonNullable<ReturnType<typeof findFormat>>
  /** Custom headers and authentication. */
  secretHeaders: [name: string, value: string][]
  shownSecretHeaders: [name: string, value: string][]
  secrets: readonly string[]
  /** The webhook has a `traceparent` of its own among its headers. */
  setsTraceparent: boolean
}

const userAgent = 'Hookline/0.1 (webhooks)'
const compiled = new WeakMap<Webhook, Compiled>()

function compile(webhook: Webhook, account: Account): Compiled {
  const { request } = webhook
  const format = findFormat(request.format)
  if (!format) throw new RenderError(`There is no format "${request.format}" in this version.`)
  const secretHeaders: [string, string][] = request.headers.map(({ name, value }) => [name, value])
  const auth = authHeader(webhook)
  if (auth) secretHeaders.push(auth)
  return {
    context: {
      webhook: { id: webhook.id, name: webhook.name, description: webhook.description },
      // The operator's own id, where there is one, says more to a receiver than ours.
      account: { id: account.external_id ?? account.id, subdomain: account.subdomain },
    },
    url: compileUrl(request.url),
    format,
    secretHeaders,
    shownSecretHeaders: secretHeaders.map(([name]) => [name, secretMask]),
    secrets: redactableOf([...secretHeaders.map(([, value]) => value), ...bareSecrets(webhook)]),
    setsTraceparent: secretHeaders.some(([name]) => name.toLowerCase() === 'traceparent'),
  }
}

function authHeader({ request: { auth } }: Webhook): [string, string] | null {
  switch (auth.type) {
    case 'none':
      return null
    case 'basic':
      // RFC 7617 §2.1: user-id and password as UTF-8.
      return ['authorization', `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`]
    case 'bearer':
      return ['authorization', `Bearer ${auth.token}`]
    case 'header':
      return [auth.name, auth.value]
  }
}

/** Secrets as they are typed in, beside the headers that carry them. */
function bareSecrets({ request: { auth } }: Webhook): string[] {
  return auth.type === 'basic' ? [auth.password] : auth.type === 'bearer' ? [auth.token] : []
}

/** What the webhook's format makes of the event. */
function render(webhook: Webhook, event: CrmEvent, { context, format, url }: Compiled) {
  const { method, options } = webhook.request
  const { body, contentType, query } = format.render({ event, context, options, method })
  const base = url(event, context)
  return { method, url: query.length > 0 ? appendQuery(base, query) : base, contentType, body }
}

/**
 * Renders and signs. The same input gives the same bytes.
 * @throws RenderError where the event cannot be put into this request
 */
export function buildRequest({
  webhook,
  account,
  event,
  deliveryId,
  attempt,
  now,
  signCause,
  repeated,
}: RequestInput): BuiltRequest {
  if (repeated === null) refuseGone()
  let known = compiled.get(webhook)
  if (!known) compiled.set(webhook, (known = compile(webhook, account)))
  const { method, url, contentType, body } = repeated
    ? { ...repeated, url: withQueryOf(known.url(event, known.context), repeated) }
    : render(webhook, event, known)

  const headers: [string, string][] = [['user-agent', userAgent]]
  if (contentType !== null) headers.push(['content-type', contentType])
  const cause = { event_id: event.id, chain: [...(event.caused_by?.chain ?? []), webhook.id] }
  headers.push(
    ['hookline-event-id', event.id],
    ['hookline-attempt', String(attempt)],
    ['hookline-cause', signCause(cause, account.id)],
  )
  const { traceparent } = event
  if (traceparent !== undefined && !known.setsTraceparent)
    headers.push(['traceparent', withSpan(traceparent, spanIdOf(deliveryId, attempt))])
  if (webhook.delivery.signing === 'standard')
    headers.push(...sign(deliveryId, body, webhook.signing_secrets, now))
  else headers.push(['webhook-id', deliveryId])

  return {
    outgoing: {
      method,
      url,
      headers: known.secretHeaders.length > 0 ? [...headers, ...known.secretHeaders] : headers,
      body,
    },
    shown: {
      method,
      url,
      headers: known.shownSecretHeaders.length > 0 ? [...headers, ...known.shownSecretHeaders] : headers,
      body: body === null ? null : Buffer.from(body),
    },
    secrets: known.secrets,
  }
}

/** Each attempt is a span of its own. Worked out, not drawn: the same attempt has the same one. */
function spanIdOf(deliveryId: string, attempt: number): string {
  return createHash('sha256').update(`${deliveryId} ${attempt}`).digest('hex').slice(0, 16)
}
