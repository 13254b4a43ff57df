/** The console, as it was built: its page at every address that nothing else answers, and its files under /assets. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const consoleDir = join(import.meta.dirname, '../../dist/console')
const nonceMark = '%nonce%'

/** Addresses of programs: what is not found there is a problem in JSON, whoever asks. */
const notPages = /^\/(v1|i|in|assets|metrics|healthz|readyz|openapi\.json|docs|t\.js)(\/|$)/

/** Script and style only from here, styles made at run time only with this answer's nonce; nobody frames it. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const notBuilt =
  '<!doctype html><title>Hookline</title><p>The console has not been built. Run <code>npm run build</code> and start the server again. The API answers already: see <a href="/docs">/docs</a>.</p>'

/** Whether the request is a browser's for a page. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return !notPages.test(url.split('?', 1)[0]!) && (headers.accept ?? '').includes('text/html')
}

/** Serves the files of a built console, and answers how to serve its page. */
export function serveConsole(
  app: FastifyInstance,
  builtTo: string = consoleDir,
): (reply: FastifyReply) => FastifyReply {
  const page = readPage(builtTo)
  if (page !== null) {
    const icon = readFileSync(join(builtTo, 'icon.svg'))
    app.register(fastifyStatic, {
      root: join(builtTo, 'assets'),
      prefix: '/assets/',
      // Their names change with their content.
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      decorateReply: false,
      setHeaders: (reply) => {
        reply.header('x-content-type-options', 'nosniff')
      },
    })
    app.get('/icon.svg', { schema: { hide: true } }, (_request, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=86400', 'x-content-type-options': 'nosniff' })
        .type('image/svg+xml')
        .send(icon),
    )
  }
  return (reply) => {
    const nonce = randomBytes(18).toString('base64')
    return reply
      .code(page === null ? 503 : 200)
      .headers({
        'content-security-policy': contentSecurityPolicy(nonce),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      })
      .type('text/html; charset=utf-8')
      .send(page?.replaceAll(nonceMark, nonce) ?? notBuilt)
  }
}

function readPage(builtTo: string): string | null {
  const file = join(builtTo, 'index.html')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
