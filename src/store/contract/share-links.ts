/** Addresses that show a webhook to outsiders. A part of the store's contract: see `../store.ts`. */
import type { ShareLink } from '../../model/index.ts'
import type { Page } from './accounts.ts'

export interface ShareLinkReads {
  /** Of one webhook. */
  list(accountId: string, webhookId: string, page: Page): Promise<ShareLink[]>
  /** `hash` is the hex SHA-256 of the token in the address. Of any account: the token is the right to read. */
  findByHash(hash: string): Promise<ShareLink | null>
}

export interface ShareLinkWrites extends ShareLinkReads {
  insert(link: ShareLink, hash: string): Promise<void>
  /** Sets when it was last used; nothing where it is gone. */
  touch(linkId: string, now: number): Promise<void>
  /** False where the webhook has no such link. */
  delete(accountId: string, webhookId: string, linkId: string): Promise<boolean>
  /** All links of a webhook. */
  deleteOf(accountId: string, webhookId: string): Promise<void>
}
