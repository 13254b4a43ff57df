import { Type } from 'typebox'
import { previewWebhook } from '../actions/preview.ts'
import type { Api, ApiContext } from './context.ts'
import { answers } from './schemas.ts'
import { eventShape } from './show-event.ts'
import { requestShape, showRequest } from './show-exchange.ts'
import { webhookShape } from './show-webhook.ts'
import { readTrial, traceShape, trialInput } from './webhook-trial.ts'

const previewAnswer = Type.Object({
  verdict: Type.String({ description: '`fired` or `skipped`.' }),
  reason: Type.String({
    description:
      'As in decisions, as far as one event tells it: neither the status nor what is counted (limits, rate) plays a part.',
  }),
  trace: traceShape,
  event: eventShape,
  request: requestShape,
  warnings: webhookShape.properties.warnings,
})

/** Trying a draft on one event. */
export function webhookPreviewRoutes(api: Api, context: ApiContext): void {
  api.post(
    '/v1/webhooks/preview',
    {
      config: { needs: 'manage' },
      schema: {
        tags: ['Webhooks'],
        operationId: 'previewWebhook',
        summary: 'Preview a webhook',
        description:
          'What a draft would decide about a past event, a record as it is, a sample or an event that you make up, row by row, ' +
          'and the exact request that it would send. Nothing is sent, nothing is kept.',
        body: trialInput,
        response: answers({ 200: previewAnswer }),
      },
    },
    async (request, reply) => {
      const { scene, drafted, subject } = await readTrial(context, request, request.body)
      const { signCause } = context
      const { verdict, reason, trace, event, ...rest } = await previewWebhook(
        { ...scene, signCause },
        drafted,
        subject,
      )
      reply.header('cache-control', 'no-store')
      return { verdict, reason, trace, event, request: showRequest(rest.request), warnings: rest.warnings }
    },
  )
}
