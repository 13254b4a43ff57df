/**
 * HTTP in, JSON out: one file per resource, and around them what all requests share: tokens, reading of bodies, problems.
 * A route that only reads calls the store; what takes more than one step is in `actions/`.
 */
import fastify, { type FastifyInstance, type FastifyRequest, type onRequestHookHandler } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Problem } from '../model/index.ts'
import { accountRoutes } from './accounts.ts'
import { activityRoutes } from './activities.ts'
import { auditRoutes } from './audit.ts'
import { type Authenticator, makeAuthenticator } from './auth.ts'
import { backtestRoutes } from './backtests.ts'
import { malformed, parseJsonBody } from './body.ts'
import { catalogueRoutes } from './catalogue.ts'
import { closeInTime } from './closing.ts'
import { serveConsole, wantsPage } from './console.ts'
import type { Api, ApiContext } from './context.ts'
import { deliveryRoutes } from './deliveries.ts'
import { demoRoutes } from './demo.ts'
import { erasureRoutes } from './erasures.ts'
import { eventRoutes } from './events.ts'
import { fieldRoutes } from './fields.ts'
import { guideRoutes } from './guides/routes.ts'
import { handoutRoutes } from './handouts.ts'
import { healthRoutes } from './health.ts'
import { fileTypes, importRoutes } from './imports.ts'
import { inspectorAddress } from './inspector-address.ts'
import { inspectorRoutes } from './inspectors.ts'
import { kindRoutes } from './kinds.ts'
import { joinRoutes } from './join.ts'
import { liveRoutes } from './live.ts'
import { memberRoutes } from './members.ts'
import { openapiRoutes, registerOpenapi } from './openapi.ts'
import { pipelineRoutes } from './pipelines.ts'
import { sendProblem, toProblem } from './problems.ts'
import { recordBatchRoute } from './record-batch.ts'
import { recordRoutes } from './records.ts'
import { shareLinkRoutes } from './share-links.ts'
import { sourceAddress } from './source-address.ts'
import { sourcePreviewRoute } from './source-preview.ts'
import { sourceRoutes } from './sources.ts'
import { replayRoutes } from './replays.ts'
import { sessionRoutes } from './session.ts'
import { statsRoutes } from './stats.ts'
import { tokenRoutes } from './tokens.ts'
import { userRoutes } from './users.ts'
import { compileSchema } from './validation.ts'
import { webhookPreviewRoutes } from './webhook-preview.ts'
import { webhookRoutes } from './webhooks.ts'
import { webhookStatusRoutes } from './webhook-status.ts'
import { webhookTestRoutes } from './webhook-tests.ts'

/** Longest part of a path, still encoded: 200 characters of an id in UTF-8, each byte as `%xx`. */
const pathPartBytesMax = 2400

/** What somebody who is not known yet may send: a code, an e-mail, a password. */
const openBodyBytesMax = 16_384

/** Builds the whole server, without listening. Nothing is sent or kept before a request comes. */
export function buildApi(context: ApiContext): FastifyInstance {
  const { app, authenticator } = makeServer(context)
  const sendPage = serveConsole(app)
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendPage(reply) : sendProblem(reply, nothingAt(request)),
  )
  registerOpenapi(app)
  addRoutes(app, authenticator, (api) => {
    for (const add of resources) add(api, context)
    for (const add of resourcesOfCallers) add(api, context, authenticator)
  })
  for (const addAddress of [inspectorAddress, sourceAddress]) {
    // Each in a scope of its own: they take bodies of any type.
    app.register((routes, _options, done) => {
      routes.addHook('onRequest', refuseNul)
      addAddress(routes, context)
      done()
    })
  }
  return app
}

/** For a process that only sends: what watches it, and nothing else. */
export function buildHealth(context: ApiContext): FastifyInstance {
  const { app, authenticator } = makeServer(context)
  app.setNotFoundHandler((request, reply) => sendProblem(reply, nothingAt(request)))
  addRoutes(app, authenticator, (api) => healthRoutes(api, context))
  return app
}

const resources = [
  eventRoutes,
  recordRoutes,
  recordBatchRoute,
  activityRoutes,
  webhookRoutes,
  webhookPreviewRoutes,
  backtestRoutes,
  webhookStatusRoutes,
  webhookTestRoutes,
  handoutRoutes,
  shareLinkRoutes,
  deliveryRoutes,
  sourceRoutes,
  sourcePreviewRoute,
  importRoutes,
  replayRoutes,
  statsRoutes,
  pipelineRoutes,
  kindRoutes,
  fieldRoutes,
  userRoutes,
  inspectorRoutes,
  catalogueRoutes,
  accountRoutes,
  auditRoutes,
  erasureRoutes,
  demoRoutes,
  healthRoutes,
  openapiRoutes,
  guideRoutes,
]

/** They know who calls beyond what a route says it needs. */
const resourcesOfCallers = [liveRoutes, tokenRoutes, memberRoutes, sessionRoutes, joinRoutes]

/** What all requests share. */
function makeServer({ config, log, store, clock, publicUrl }: ApiContext): {
  app: FastifyInstance
  authenticator: Authenticator
} {
  const app = fastify({
    // One line per request would cost more than the request; problems of ours are logged where they are found.
    logger: false,
    bodyLimit: config.bodyBytesMax,
    // Fastify has no bound of its own: whoever sends a byte now and then would hold what he has sent for ever.
    requestTimeout: config.requestMs,
    http: {
      // The head is the shorter part: Node takes the longer of the two for the whole request, whichever it was set for.
      headersTimeout: Math.min(config.requestMs, 60_000),
      connectionsCheckingInterval: Math.min(config.requestMs, 30_000),
    },
    // Tries to sign in are counted by address.
    trustProxy: config.trustedProxies || false,
    forceCloseConnections: 'idle',
    // While closing, routes answer in their own words.
    return503OnClosing: false,
    routerOptions: { maxParamLength: pathPartBytesMax },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, toProblem(error, log, config.bodyBytesMax))
    },
  })
  closeInTime(app, config.drainMs)
  const authenticator = makeAuthenticator(store, clock, publicUrl)
  app.setValidatorCompiler(compileSchema)
  // Schemas of answers describe them; what is sent is the thing itself.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.setErrorHandler((error, { routeOptions }, reply) =>
    sendProblem(reply, toProblem(error, log, routeOptions.bodyLimit ?? config.bodyBytesMax)),
  )
  app.decorateRequest('caller', null as never)
  app.decorateRequest('rawBody', undefined)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseEncoded(request)
      refuseOtherBody(request, false)
      request.rawBody = body as Buffer
      done(null, parseJsonBody(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
  app.addContentTypeParser(fileTypes, { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseEncoded(request)
      refuseOtherBody(request, true)
      request.rawBody = body as Buffer
      done(null, body)
    } catch (error) {
      done(error as Error)
    }
  })
  return { app, authenticator }
}

function nothingAt({ url }: FastifyRequest): Problem {
  const path = url.split('?', 1)[0]!.slice(0, 200)
  return new Problem('not_found', `There is nothing at ${path}. GET /openapi.json lists what there is.`)
}

/** No store can look for it or keep it. Where parts of a path are ids, their check says so. */
const refuseNul: onRequestHookHandler = ({ params }, _reply, done) => {
  const holdsNul = Object.values(params as Record<string, string>).some((part) => part.includes('\0'))
  done(holdsNul ? malformed('', 'nul_character', 'The path holds a NUL character. Remove it.') : undefined)
}

/** A route takes either JSON or files. */
function refuseOtherBody({ routeOptions }: FastifyRequest, isFile: boolean): void {
  const { takesFiles = false } = routeOptions.config
  if (takesFiles === isFile) return
  const types = takesFiles ? fileTypes : ['application/json']
  throw new Problem('unsupported_media_type', `Send the body with the Content-Type ${types.join(' or ')}.`)
}

function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return
  throw new Problem('unsupported_media_type', 'Compressed bodies are not read. Leave Content-Encoding out.')
}

/** Added behind the plugins, so that those see them. */
function addRoutes(app: FastifyInstance, authenticator: Authenticator, add: (api: Api) => void): void {
  app.register((routes, _options, done) => {
    const api = routes.withTypeProvider<TypeBoxTypeProvider>() as Api
    const methods = collectMethods(api)
    api.addHook('onRoute', (route) => {
      const { needs, noAccount = false, fromConsole = false } = route.config ?? {}
      if (needs) route.onRequest = authenticator.hookFor({ needs, noAccount })
      else if (fromConsole) {
        route.onRequest = authenticator.fromConsole
        route.bodyLimit = openBodyBytesMax
      }
    })
    add(api)
    refuseOtherMethods(api, methods)
    done()
  })
}

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

function collectMethods(api: Api): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>()
  api.addHook('onRoute', ({ url, method }) => {
    const taken = methods.get(url) ?? new Set()
    for (const one of [method].flat()) taken.add(one)
    methods.set(url, taken)
  })
  return methods
}

/** A path that exists answers 405 with `Allow` to the methods that it does not take. */
function refuseOtherMethods(api: Api, methods: Map<string, Set<string>>): void {
  for (const [url, taken] of methods) {
    const allowed = [...taken].join(', ')
    const others = allMethods.filter((method) => !taken.has(method))
    if (others.length === 0) continue
    api.route({
      method: others,
      url,
      schema: { hide: true },
      exposeHeadRoute: false,
      // Before the body is read: it is refused whatever it holds.
      onRequest: (request, reply) => {
        reply.header('allow', allowed)
        sendProblem(
          reply,
          new Problem('method_not_allowed', `${request.method} is not possible here, only ${allowed}.`),
        )
      },
      handler: () => undefined,
    })
  }
}
