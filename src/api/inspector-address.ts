import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerHeaders } from '../actions/inspect/answer.ts'
import { type Inspector, Problem } from '../model/index.ts'
import type { ApiContext } from './context.ts'
import { queryOf } from './body.ts'
import { withoutSession } from './session-cookie.ts'

const nobody = Buffer.alloc(0)

/** The addresses of inspectors: open to everybody who knows them, any method, any content type, any path below. */
export function inspectorAddress(app: FastifyInstance, context: ApiContext): void {
  const { store, capture } = context
  // A stop does not wait for answers that somebody asked to be late.
  const stop = new AbortController()
  app.addHook('preClose', (done) => {
    stop.abort()
    done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  type Asked = FastifyRequest<{ Params: { token: string } }>
  const asked = new WeakMap<FastifyRequest, Inspector>()
  /** Before the body is read: a stranger's is not held. */
  const find = async (request: Asked) => {
    const inspector = await store.inspectors.findByToken(request.params.token)
    if (!inspector)
      throw new Problem('not_found', 'There is no inspector at this address. It may have been deleted.')
    asked.set(request, inspector)
  }

  const handler = async (request: Asked, reply: FastifyReply) => {
    const inspector = asked.get(request)!
    const { answer } = inspector
    await capture.add(inspector, {
      method: request.method,
      url: request.url,
      query: queryOf(request.url),
      headers: headerPairs(request.raw.rawHeaders),
      body: (request.body as Buffer | undefined) ?? nobody,
    })
    if (answer.delay_ms > 0)
      await delay(answer.delay_ms, undefined, { signal: stop.signal }).catch(() => undefined)
    reply.code(answer.status)
    for (const [name, value] of answerHeaders(answer)) reply.header(name, value)
    return reply.send(answer.body)
  }
  for (const url of ['/i/:token', '/i/:token/*']) {
    const method = app.supportedMethods
    app.route({ method, url, schema: { hide: true }, exposeHeadRoute: false, onRequest: find, handler })
  }
}

/**
 * Headers as they were sent: their case, their order, repeated ones too. Only our own session is left out: these addresses
 * share the console's origin, and a viewer who reads what came must not find an owner's cookie there.
 */
export function headerPairs(raw: string[]): [string, string][] {
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!
    const value = name.toLowerCase() === 'cookie' ? withoutSession(raw[index + 1]!) : raw[index + 1]!
    if (value !== null) headers.push([name, value])
  }
  return headers
}
