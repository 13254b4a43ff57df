import type { Kysely } from 'kysely'
import { Problem } from '../model/index.ts'
import type { Vault } from '../runtime/vault.ts'
import { keyCheckName, keyFits, sealKeyCheck } from './key-check.ts'
import type { Schema } from './schema.ts'

/** Rows at a time: secrets are some hundred bytes each. */
const pageSize = 500

export interface Resealed {
  /** The database was sealed with the new key already: nothing was done. */
  already: boolean
  webhooks: number
  sources: number
}

/**
 * Seals every secret in the database anew, all or none: `db` is inside one transaction. Throws a Problem `unavailable` where
 * neither key opens what is there.
 */
export async function reseal(db: Kysely<Schema>, from: Vault, to: Vault): Promise<Resealed> {
  if (await keyFits(db, to)) return { already: true, webhooks: 0, sources: 0 }
  if ((await keyFits(db, from)) === false) {
    throw new Problem(
      'unavailable',
      "Neither the old nor the new key opens this database's secrets. Set HOOKLINE_MASTER_KEY_OLD to the key that it was last started with.",
    )
  }
  const webhooks = await resealWebhooks(db, from, to)
  const sources = await resealSources(db, from, to)
  const value = sealKeyCheck(to)
  await db
    .insertInto('meta')
    .values({ name: keyCheckName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
  return { already: false, webhooks, sources }
}

/** Deleted ones, too: their versions can still be read, and their rows are there. */
async function resealWebhooks(db: Kysely<Schema>, from: Vault, to: Vault): Promise<number> {
  let done = 0
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('webhooks')
      .select(['id', 'account_id', 'secrets'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, account_id, secrets } of rows) {
      const owner = `${account_id} ${id}`
      const sealed = to.seal(from.open(secrets, owner), owner)
      await db.updateTable('webhooks').set({ secrets: sealed }).where('id', '=', id).execute()
    }
    done += rows.length
    if (rows.length < pageSize) return done
    after = rows.at(-1)!.id
  }
}

async function resealSources(db: Kysely<Schema>, from: Vault, to: Vault): Promise<number> {
  let done = 0
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('sources')
      .select(['id', 'account_id', 'secret'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, account_id, secret } of rows) {
      const owner = `${account_id} ${id}`
      const sealed = to.seal(from.open(secret, owner), owner)
      await db.updateTable('sources').set({ secret: sealed }).where('id', '=', id).execute()
    }
    done += rows.length
    if (rows.length < pageSize) return done
    after = rows.at(-1)!.id
  }
}
