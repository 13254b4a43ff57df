import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { closeInTime } from './closing.ts'

const agent = new Agent({ keepAlive: true })
afterEach(() => agent.destroy())

/** A server with one slow answer, which is given when told. */
async function slowServer(drainMs: number) {
  const app = fastify()
  closeInTime(app, drainMs)
  const asked = Promise.withResolvers<void>()
  const told = Promise.withResolvers<void>()
  const closing = Promise.withResolvers<void>()
  app.addHook('preClose', (done) => {
    closing.resolve()
    done()
  })
  app.get('/', async () => {
    asked.resolve()
    await told.promise
    return 'done'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { app, port, asked: asked.promise, closing: closing.promise, answer: told.resolve }
}

test('a request under way is answered, and its connection is not kept', async () => {
  const { app, port, asked, closing, answer } = await slowServer(60_000)
  const answered = once(get({ port, agent }), 'response')
  await asked
  const closed = app.close()
  await closing
  answer()
  const [response] = await answered
  expect(response.statusCode).toBe(200)
  expect(response.headers.connection).toBe('close')
  response.resume()
  await closed
})

test('what is still open after the drain time is broken off', async () => {
  const { app, port, asked } = await slowServer(20)
  // `once` would take an error for its own.
  const broken = new Promise((resolve) => get({ port, agent }).once('error', resolve))
  await asked
  const silent = connect(port)
  await once(silent, 'connect')
  const end = once(silent, 'close')
  await app.close()
  await Promise.all([end, broken])
})

test('an answer before the close keeps its connection', async () => {
  const { app, port, answer } = await slowServer(60_000)
  answer()
  const [response] = await once(get({ port, agent }), 'response')
  expect(response.headers.connection).toBe('keep-alive')
  response.resume()
  await once(response, 'end')
  await app.close()
})
