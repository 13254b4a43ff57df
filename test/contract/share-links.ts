import { expect, test } from 'vitest'
import type { Opened } from './store.ts'
import { addAccount, addWebhook, makeShareLink, presentMs } from './things.ts'

export function shareLinkTests(opened: Opened): void {
  const store = () => opened().store
  const hashOf = ({ id }: { id: string }) => `hash of ${id}`

  test('a link is found by its hash, remembers its last use, and is gone when it is deleted', async () => {
    const webhook = await addWebhook(store(), await addAccount(store()))
    const { account_id, id } = webhook
    const link = makeShareLink(webhook, { name: 'Агентство' })
    await store().transaction((tx) => tx.shareLinks.insert(link, hashOf(link)))
    expect(await store().shareLinks.findByHash(hashOf(link))).toEqual(link)
    expect(await store().shareLinks.findByHash('none')).toBeNull()
    await store().transaction((tx) => tx.shareLinks.touch(link.id, presentMs()))
    const used = { ...link, last_used_at: presentMs() }
    expect(await store().shareLinks.findByHash(hashOf(link))).toEqual(used)
    const remove = (webhookId: string) =>
      store().transaction((tx) => tx.shareLinks.delete(account_id, webhookId, link.id))
    expect(await remove('whk_other')).toBe(false)
    expect(await remove(id)).toBe(true)
    expect(await remove(id)).toBe(false)
    expect(await store().shareLinks.findByHash(hashOf(link))).toBeNull()
    await store().transaction((tx) => tx.shareLinks.touch(link.id, 1))
    expect(await store().shareLinks.list(account_id, id, { limit: 10 })).toEqual([])
  })

  test('the links of one webhook are listed newest first, page by page, and deleted together', async () => {
    const account = await addAccount(store())
    const [webhook, other] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const links = [makeShareLink(webhook), makeShareLink(webhook), makeShareLink(webhook)] as const
    const ofOther = makeShareLink(other)
    await store().transaction(async (tx) => {
      for (const link of [...links, ofOther]) await tx.shareLinks.insert(link, hashOf(link))
    })
    const list = (page: { limit: number; after?: string }) =>
      store().shareLinks.list(account.id, webhook.id, page)
    expect(await list({ limit: 2 })).toEqual([links[2], links[1]])
    expect(await list({ limit: 2, after: links[1].id })).toEqual([links[0]])
    await store().transaction((tx) => tx.shareLinks.deleteOf(account.id, webhook.id))
    expect(await list({ limit: 10 })).toEqual([])
    expect(await store().shareLinks.list(account.id, other.id, { limit: 10 })).toEqual([ofOther])
  })
}
