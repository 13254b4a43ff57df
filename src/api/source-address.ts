import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { receive } from '../actions/receive.ts'
import { type CrmSource, Problem } from '../model/index.ts'
import { trackerScript } from '../sources/index.ts'
import { queryOf } from './body.ts'
import type { ApiContext } from './context.ts'
import { causeOf } from './ingest-answer.ts'
import { headerPairs } from './inspector-address.ts'

const nobody = Buffer.alloc(0)

/** What a call takes while it waits, beside its body. */
const callBytes = 1024

/**
 * The addresses of sources: open to everybody who knows them, any method, any content type, any path below. Pages of other
 * origins may call them, too: the token is the right, and no cookie takes part.
 */
export function sourceAddress(app: FastifyInstance, context: ApiContext): void {
  const { store, ingest, clock, config } = context
  let waitingBytes = 0
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  type Asked = FastifyRequest<{ Params: { token: string; '*'?: string } }>
  const asked = new WeakMap<FastifyRequest, CrmSource>()
  /** Before the body is read: a stranger's is not held. */
  const find = async (request: Asked, reply: FastifyReply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
    const { params, headers, method } = request
    if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined)
      return allowAnyOrigin(request, reply)
    const source = await store.sources.findByToken(params.token)
    if (!source)
      throw new Problem('not_found', 'There is no source at this address. It may have been deleted.')
    if (source.status === 'disabled')
      throw new Problem('gone', 'This source is switched off. Its owner can switch it on again.')
    asked.set(request, source)
  }

  const handler = async (request: Asked, reply: FastifyReply) => {
    const { params, headers, method, url } = request
    const source = asked.get(request)!
    const scene = { ingest, clock, keep: config.sourceKeep }
    const call = {
      method,
      path: params['*'] === undefined ? '' : `/${params['*']}`,
      query: queryOf(url),
      contentType: headers['content-type'] ?? null,
      headers: headerPairs(request.raw.rawHeaders),
      body: (request.body as Buffer | undefined) ?? nobody,
    }
    const bytes = callBytes + call.body.length
    if (waitingBytes + bytes > config.sourceWaitingBytesMax)
      throw new Problem('too_many', 'Sources receive more than can be written.', { retryAfterS: 1 })
    waitingBytes += bytes
    const answer = await receive(scene, source, call, causeOf(context, request, source.account_id)).finally(
      () => {
        waitingBytes -= bytes
      },
    )
    reply.code(answer.status)
    if (answer.contentType !== null) reply.header('content-type', answer.contentType)
    return reply.send(answer.body)
  }
  for (const url of ['/in/:token', '/in/:token/*']) {
    const method = app.supportedMethods
    app.route({ method, url, schema: { hide: true }, exposeHeadRoute: false, onRequest: find, handler })
  }

  trackerRoute(app)
}

/** The preflight of a page's script that sends JSON; https://fetch.spec.whatwg.org/#http-cors-protocol */
function allowAnyOrigin({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
    .header('access-control-allow-headers', headers['access-control-request-headers'] ?? '*')
    .header('access-control-max-age', '86400')
    .send()
}

/** The script that web sites take from here. */
function trackerRoute(app: FastifyInstance): void {
  const etag = `"${hash('sha256', trackerScript, 'hex').slice(0, 32)}"`
  app.get('/t.js', { schema: { hide: true } }, (request, reply) => {
    reply
      .header('etag', etag)
      .header('cache-control', 'public, max-age=86400')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('x-content-type-options', 'nosniff')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.header('content-type', 'text/javascript; charset=utf-8').send(trackerScript)
  })
}
