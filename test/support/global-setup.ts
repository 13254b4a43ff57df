/**
 * What a whole test run shares: one PostgreSQL, started when the first test file asks for a database, and the console, built
 * when the first one asks for it, so that a run that needs neither does not wait. Test files live in other processes; they
 * ask over HTTP on secret paths of this one.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { buildConsole } from '../../scripts/build-console.ts'
import { startPostgres, type PostgresServer } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `freshDatabase` asks for the server's URL. */
    postgresDoor: string
    /** Answers when the console is built as its sources say. */
    consoleDoor: string
  }
}

/** Called by vitest before the first test file; the answer is called after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined
  let building: Promise<void> | undefined
  const secret = randomBytes(16).toString('hex')
  const ways: Record<string, () => Promise<string>> = {
    [`/${secret}/postgres`]: async () => (await (starting ??= startPostgres())).url,
    [`/${secret}/console`]: async () => {
      await (building ??= buildConsole())
      return 'built'
    },
  }
  const door = createServer((request, response) => {
    const way = ways[request.url ?? '']
    if (!way) {
      response.writeHead(404).end()
      return
    }
    way().then(
      (answer) => response.end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const at = `http://127.0.0.1:${(door.address() as AddressInfo).port}/${secret}`
  project.provide('postgresDoor', `${at}/postgres`)
  project.provide('consoleDoor', `${at}/console`)

  return async () => {
    door.closeAllConnections()
    door.close()
    const server = await starting?.catch(() => undefined)
    await server?.[Symbol.asyncDispose]()
  }
}
