import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TObject, Type } from 'typebox'
import type { WebhookScene } from '../actions/webhooks/webhooks.ts'
import { invalid, type Webhook } from '../model/index.ts'
import type { Store, Transaction, WebhookHealth } from '../store/store.ts'
import type { ApiContext } from './context.ts'

/** What a change of a webhook is made with. */
export function sceneOf(context: ApiContext, request: FastifyRequest, tx: Transaction): WebhookScene {
  const { guard, clock } = context
  const { account_id, actor } = request.caller
  return { tx, guard, clock, inspectorsAt: `${context.publicUrl()}/i/`, account_id, by: actor }
}

/** Of calls that take it, for the reference. */
export const ifMatchHeader = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description:
        'The `ETag` that you read, such as `"3"`: where the webhook is at another version by now, nothing is changed and ' +
        'the answer is a 412, so that of two editors the second one is told.',
    }),
  ),
})

/**
 * The version that the caller has seen, from `If-Match: "3"` or `3`; null where there is no such header, or any version will
 * do. A proxy that compresses answers makes weak tags of strong ones, so that callers come back with `W/"3"`.
 */
export function readIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return null
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header)?.[1]
  if (version !== undefined) return Number(version)
  const message = 'If-Match must be the ETag of the webhook, which is its version, such as "3".'
  throw invalid([{ path: 'If-Match', code: 'bad_version', message }])
}

/** An answer that `tagVersion` runs over, for the reference. */
export function tagged<S extends TObject>(shape: S): S {
  const description =
    'The version in quotes, for `If-Match`. How the webhook has been doing does not change it.'
  return { ...shape, headers: { ETag: { type: 'string', description } } }
}

/** Puts the version of the webhook that is answered into `ETag`; as a hook, since an answer may be one that was kept. */
export async function tagVersion(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (reply.statusCode < 300 && typeof payload === 'string') {
    const { version } = JSON.parse(payload) as Pick<Webhook, 'version'>
    reply.header('etag', `"${version}"`)
  }
  return payload
}

export async function healthOf(
  reads: Pick<Store, 'webhooks'> | Transaction,
  { account_id, id }: Pick<Webhook, 'account_id' | 'id'>,
): Promise<WebhookHealth | undefined> {
  return (await reads.webhooks.health(account_id, [id])).get(id)
}
