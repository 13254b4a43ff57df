/**
 * A server's life with a SQLite file, in a process that can be killed: opens the file, leases a delivery for some
 * minutes, and then commits one event after another; writes each id on a line once it was told that the event is kept.
 * Arguments: the file, and the account's and the webhook's id.
 */
import { openVault } from '../../src/runtime/vault.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { addDeliveries, makeEvent, presentMs, recorded } from './things.ts'

const [path, accountId, webhookId] = process.argv.slice(2) as [string, string, string]
const print = (line: string) =>
  new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()))

const store = await openSqlite({ path, vault: openVault('the key of the contract suite') }).catch(
  async (error: Error) => {
    await print(`refused: ${error.message}`)
    process.exit(1)
  },
)
const webhook = { id: webhookId, account_id: accountId }
const dueAt = presentMs() + 600_000
await addDeliveries(store, webhook, 1, { state: 'sending', lease: 1, due_at: dueAt })
for (;;) {
  const event = makeEvent(accountId)
  await store.transaction((tx) => tx.events.insert([recorded(event)]))
  await print(event.id)
}
