import { notFound, Problem, type ShareLink, type Webhook } from '../../model/index.ts'
import { newId } from '../../runtime/ids.ts'
import type { Store } from '../../store/store.ts'
import { hashToken, newAddressToken } from '../webhooks/secret-text.ts'
import type { WebhookScene } from '../webhooks/webhooks.ts'

const linksPerWebhookMax = 50

/** A use is noted when the last one is longer ago: an address that many read must not become many writes. */
const notedEveryMs = 60_000

/**
 * Makes an address for a webhook's handout. The token is answered this once. Throws Problems `not_found`, `too_many`.
 */
export async function createShareLink(
  { tx, clock, account_id }: Pick<WebhookScene, 'tx' | 'clock' | 'account_id'>,
  webhookId: string,
  name: string,
): Promise<{ link: ShareLink; token: string }> {
  if (!(await tx.webhooks.get(account_id, webhookId))) throw notFound('webhook', webhookId)
  const links = await tx.shareLinks.list(account_id, webhookId, { limit: linksPerWebhookMax })
  if (links.length === linksPerWebhookMax) {
    throw new Problem(
      'too_many',
      `This webhook has ${linksPerWebhookMax} share links already. Delete those that nobody needs.`,
    )
  }
  const now = clock()
  const token = newAddressToken()
  const link: ShareLink = {
    id: newId('shr', now),
    account_id,
    webhook_id: webhookId,
    name,
    created_at: now,
    last_used_at: null,
  }
  await tx.shareLinks.insert(link, hashToken(token))
  return { link, token }
}

/** The webhook that a token shows, as it is now. Throws a Problem `not_found`, the same for whatever reason. */
export async function findShared(store: Store, token: string, now: number): Promise<Webhook> {
  const link = await store.shareLinks.findByHash(hashToken(token))
  const webhook = link && (await store.webhooks.get(link.account_id, link.webhook_id))
  if (!link || !webhook) {
    throw new Problem('not_found', 'Nothing is shared under this address. Ask for a new one.')
  }
  if (link.last_used_at === null || now - link.last_used_at >= notedEveryMs) {
    await store.transaction((tx) => tx.shareLinks.touch(link.id, now))
  }
  return webhook
}
