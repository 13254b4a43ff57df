import { Problem } from '../../model/index.ts'
import type { Store } from '../../store/store.ts'
import { deleteWebhook, type WebhookScene } from '../webhooks/webhooks.ts'

/**
 * Removes the demo with everything that hangs on its records and webhooks, in the caller's transaction. What somebody made
 * beside it stays.
 * @throws Problem `not_found` where there is none; `conflict` while one of its deliveries is being sent
 */
export async function removeDemo(scene: WebhookScene): Promise<void> {
  const { tx, account_id, clock } = scene
  const demo = await tx.demos.get(account_id)
  if (!demo) throw new Problem('not_found', 'This account has no demo data.')
  const { made } = demo
  for (const id of made.webhooks)
    if (await tx.webhooks.get(account_id, id)) await deleteWebhook(scene, id, null)
  if (!(await tx.demos.purge(account_id, made, clock()))) {
    const message = 'One of its deliveries is being sent at this moment. Try again in a few seconds.'
    throw new Problem('conflict', message)
  }
  for (const { kind, id } of made.pipelines) await tx.schema.deletePipeline(account_id, kind, id)
  for (const { kind, name } of made.fields) await tx.schema.deleteField(account_id, kind, name)
  for (const id of made.users) await tx.schema.deleteUser(account_id, id)
  for (const id of made.inspectors) await tx.inspectors.delete(account_id, id)
  for (const id of made.sources) await tx.sources.delete(account_id, id)
  await tx.demos.delete(account_id)
}

const looksMax = 50

/** Resolves when nothing of the demo is being sent, or after so many looks: receivers may be slow, not for ever. */
export async function whenNothingIsSent(
  { demos, deliveries }: Pick<Store, 'demos' | 'deliveries'>,
  accountId: string,
  pause: () => Promise<unknown>,
): Promise<void> {
  const demo = await demos.get(accountId)
  for (let look = 0; demo && look < looksMax; look++) {
    const sending = await deliveries.list(accountId, { states: ['sending'] }, { limit: 1 })
    if (sending.length === 0) return
    await pause()
  }
}
