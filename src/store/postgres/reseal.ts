import type { Vault } from '../../runtime/vault.ts'
import { migrate } from '../migrate.ts'
import { postgresTypes } from '../migrations/index.ts'
import { reseal, type Resealed } from '../reseal.ts'
import { openPool } from './connection.ts'
import { kyselyOn } from './kysely.ts'
import { transactionsOn } from './transactions.ts'

/** While it runs, nobody else writes secrets: both tables are locked. */
export async function resealPostgres(url: string, from: Vault, to: Vault): Promise<Resealed> {
  const pool = openPool({ url, poolSize: 1, pooled: false })
  try {
    const run = transactionsOn(pool, { naming: { named: true }, pooled: false }, (session) => session)
    return await run(async (session) => {
      const db = kyselyOn(session)
      await migrate(db, postgresTypes, Date.now())
      await session.askOnce('LOCK TABLE webhooks, sources, meta IN EXCLUSIVE MODE')
      return reseal(db, from, to)
    })
  } finally {
    await pool.end()
  }
}
