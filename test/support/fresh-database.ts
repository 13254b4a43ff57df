import { inject } from 'vitest'
import { createDatabase, type PostgresDatabase } from './postgres.ts'

/** An empty database of the test run's PostgreSQL, for one test file or one test; disposing drops it. */
export async function freshDatabase(): Promise<PostgresDatabase> {
  const answer = await fetch(inject('postgresDoor'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return createDatabase(text)
}
