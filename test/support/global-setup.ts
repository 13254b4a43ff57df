/**
 * One PostgreSQL for a whole test run, started when the first test file asks for a database, so that a run that needs none
 * does not wait for one. Test files live in other processes; they ask over HTTP on a secret path of this one.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { startPostgres, type PostgresServer } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `freshDatabase` asks for the server's URL. */
    postgresDoor: string
  }
}

/** Called by vitest before the first test file; the answer is called after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined
  const path = `/${randomBytes(16).toString('hex')}`
  const door = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end()
      return
    }
    starting ??= startPostgres()
    starting.then(
      (server) => response.end(server.url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}${path}`)

  return async () => {
    door.closeAllConnections()
    door.close()
    const server = await starting?.catch(() => undefined)
    await server?.[Symbol.asyncDispose]()
  }
}
