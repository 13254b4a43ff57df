import { Type } from 'typebox'
import { Problem } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { answers } from './schemas.ts'

const status = Type.Object({ status: Type.String() })

/** What watches the server asks. */
export function healthRoutes(api: Api, context: ApiContext): void {
  const tags = ['Health']

  api.get(
    '/healthz',
    {
      schema: {
        tags,
        operationId: 'isAlive',
        summary: 'Is the process alive?',
        security: [],
        response: answers({ 200: status }),
      },
    },
    () => ({ status: 'ok' }),
  )

  api.get(
    '/readyz',
    {
      schema: {
        tags,
        operationId: 'isReady',
        summary: 'Can it serve?',
        description: '503 while the database does not answer, and once the server is stopping.',
        security: [],
        response: answers({ 200: status }),
      },
    },
    async () => {
      if (context.stopping()) throw new Problem('unavailable', 'The server is stopping.')
      try {
        await context.store.ping()
      } catch {
        throw new Problem('unavailable', 'The database does not answer.', { retryAfterS: 1 })
      }
      return { status: 'ready' }
    },
  )

  api.get(
    '/metrics',
    {
      config: { needs: 'read', noAccount: true },
      schema: {
        tags,
        operationId: 'metrics',
        summary: 'Metrics for Prometheus',
        description:
          'Of the whole process, in its text format; of single webhooks only those of the account, and all of them with an operator token.',
        response: answers({ 200: Type.String() }),
      },
    },
    async ({ caller }, reply) => {
      const text = await context.metrics.render(caller.home)
      return reply.header('content-type', context.metrics.contentType).send(text)
    },
  )
}
