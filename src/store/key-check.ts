import type { Kysely } from 'kysely'
import { Problem } from '../model/index.ts'
import type { Vault } from '../runtime/vault.ts'
import type { Schema } from './schema.ts'

/** The row of `meta` that only the right key opens. */
export const keyCheckName = 'key_check'
const known = 'hookline'

export function sealKeyCheck(vault: Vault): Uint8Array {
  return vault.seal(known, keyCheckName)
}

/** Whether the database's secrets are sealed with this vault's key; null where nothing tells yet. */
export async function keyFits(db: Kysely<Schema>, vault: Vault): Promise<boolean | null> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', keyCheckName).executeTakeFirst()
  if (row) return opens(() => vault.open(row.value, keyCheckName))
  // A database from before there was such a row.
  const webhook = await db.selectFrom('webhooks').select(['id', 'account_id', 'secrets']).executeTakeFirst()
  if (webhook) return opens(() => vault.open(webhook.secrets, `${webhook.account_id} ${webhook.id}`))
  const source = await db.selectFrom('sources').select(['id', 'account_id', 'secret']).executeTakeFirst()
  if (source) return opens(() => vault.open(source.secret, `${source.account_id} ${source.id}`))
  return null
}

/**
 * Refuses, as `unavailable`, a master key that does not open what is sealed in the database, and remembers the first one.
 * `db` is inside the transaction of the schema's steps.
 */
export async function checkKey(db: Kysely<Schema>, vault: Vault): Promise<void> {
  if ((await keyFits(db, vault)) === false) {
    throw new Problem(
      'unavailable',
      "The master key is not the one that this database's secrets are sealed with. Start with that one: in HOOKLINE_MASTER_KEY, or on SQLite in the file master.key. If a rotation was cut off, run `hookline rotate-key` again.",
    )
  }
  await db
    .insertInto('meta')
    .values({ name: keyCheckName, value: sealKeyCheck(vault) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

function opens(open: () => unknown): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}
