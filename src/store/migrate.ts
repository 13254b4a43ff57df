import { sql, type Kysely } from 'kysely'
import { Problem } from '../model/index.ts'
import { type ColumnTypes, migrations, type Migration } from './migrations/index.ts'
import type { Schema } from './schema.ts'

/**
 * Brings the database to this program's schema and answers the names of the steps that it took, all or none of them.
 * `db` is inside a transaction that holds the database's lock for this, so that two programs that start at once take
 * each step once. Refuses, as `unavailable`, a database that a newer program has changed already.
 */
export async function migrate(
  db: Kysely<Schema>,
  types: ColumnTypes,
  now: number,
  steps: readonly Migration[] = migrations,
): Promise<string[]> {
  await sql`CREATE TABLE IF NOT EXISTS migrations (
    name ${sql.raw(types.text)} PRIMARY KEY,
    applied_at ${sql.raw(types.int)} NOT NULL
  )${sql.raw(types.strict)}`.execute(db)
  const applied = await db.selectFrom('migrations').select('name').orderBy('name').execute()
  const done = new Set(applied.map(({ name }) => name))
  const unknown = [...done].filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    throw new Problem(
      'unavailable',
      `The database was changed by a newer version of Hookline (${unknown.join(', ')}). Start that version, or restore a backup from before.`,
    )
  }
  const missing = steps.filter((step) => !done.has(step.name))
  for (const step of missing) {
    for (const statement of step.sql(types)) await sql.raw(statement).execute(db)
    await db.insertInto('migrations').values({ name: step.name, applied_at: now }).execute()
  }
  return missing.map((step) => step.name)
}
