import type { FastifyRequest } from 'fastify'
import type { WebhookScene } from '../actions/webhooks.ts'
import { invalid, type Webhook } from '../model/index.ts'
import type { Store, Transaction, WebhookHealth } from '../store/store.ts'
import type { ApiContext } from './context.ts'

/** What a change of a webhook is made with. */
export function sceneOf(context: ApiContext, request: FastifyRequest, tx: Transaction): WebhookScene {
  const { guard, clock } = context
  const { account_id, actor } = request.caller
  return { tx, guard, clock, inspectorsAt: `${context.publicUrl()}/i/`, account_id, by: actor }
}

/** The version that the caller has seen, from `If-Match: 3` or `"3"`; null where there is no such header. */
export function readIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined) return null
  const version = /^"?(\d{1,15})"?$/.exec(header)?.[1]
  if (version !== undefined) return Number(version)
  const message = 'If-Match must be the version of the webhook, such as "3".'
  throw invalid([{ path: 'If-Match', code: 'bad_version', message }])
}

export async function healthOf(
  reads: Pick<Store, 'webhooks'> | Transaction,
  { account_id, id }: Pick<Webhook, 'account_id' | 'id'>,
): Promise<WebhookHealth | undefined> {
  return (await reads.webhooks.health(account_id, [id])).get(id)
}
