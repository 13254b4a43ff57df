import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { ShareLinkReads, ShareLinkWrites } from '../store.ts'

export function shareLinkReads(db: Kysely<Schema>): ShareLinkReads {
  const links = () =>
    db
      .selectFrom('share_links')
      .select(['id', 'account_id', 'webhook_id', 'name', 'created_at', 'last_used_at'])
  return {
    async list(accountId, webhookId, page) {
      let query = links().where('account_id', '=', accountId).where('webhook_id', '=', webhookId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      return query.orderBy('id', 'desc').limit(page.limit).execute()
    },
    async findByHash(hash) {
      return (await links().where('hash', '=', hash).executeTakeFirst()) ?? null
    },
  }
}

export function shareLinkWrites(db: Kysely<Schema>): ShareLinkWrites {
  const ofWebhook = (accountId: string, webhookId: string) =>
    db.deleteFrom('share_links').where('account_id', '=', accountId).where('webhook_id', '=', webhookId)
  return {
    ...shareLinkReads(db),
    async insert(link, hash) {
      await db
        .insertInto('share_links')
        .values({ ...link, hash })
        .execute()
    },
    async touch(linkId, now) {
      await db.updateTable('share_links').set({ last_used_at: now }).where('id', '=', linkId).execute()
    },
    async delete(accountId, webhookId, linkId) {
      const result = await ofWebhook(accountId, webhookId).where('id', '=', linkId).executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    async deleteOf(accountId, webhookId) {
      await ofWebhook(accountId, webhookId).execute()
    },
  }
}
