import { Client } from 'pg'
import { expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { startTestServer } from '../support/server.ts'

const ready = { status: 'ready' }

/** Runs statements in the server's own `postgres` database, about the database that this URL names. */
async function beside(url: string, statements: (name: string) => string[]): Promise<void> {
  const own = new URL(url)
  const name = own.pathname.slice(1)
  own.pathname = '/postgres'
  const client = new Client({ connectionString: own.href })
  await client.connect()
  try {
    for (const statement of statements(client.escapeIdentifier(name))) await client.query(statement)
  } finally {
    await client.end()
  }
}

test('a server knows when its database is gone, says what to do, and recovers by itself', async () => {
  await using server = await startTestServer({ backend: 'postgres' })
  const { api, place } = server
  const url = place.environment['DATABASE_URL']!
  const name = new URL(url).pathname.slice(1)
  expect(await done(api.get('/readyz'))).toEqual(ready)

  await beside(url, (database) => [
    `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  ])
  const gone = await eventually(async () => {
    const answer = await api.get('/readyz')
    return answer.status === 200 ? null : answer
  })
  expect(gone).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  // Alive all the same, and honest to callers: nothing is accepted that is not on disk.
  expect((await api.get('/healthz')).status).toBe(200)
  const refused = await api.put('/v1/records/lead/1', { name: 'Lost?' })
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } })

  await beside(url, (database) => [`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`])
  await eventually(async () => (await api.get('/readyz')).status === 200)
  expect((await api.put('/v1/records/lead/1', { name: 'Kept' })).status).toBe(201)
})
