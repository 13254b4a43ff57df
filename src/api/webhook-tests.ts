import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { sendTest } from '../actions/webhooks/send-test.ts'
import type { TrialScene, TrialSubject, TriedWebhook } from '../actions/webhooks/tried-event.ts'
import { notFound } from '../model/index.ts'
import { auditOf } from './audit.ts'
import type { Api, ApiContext } from './context.ts'
import { originOf } from './ingest-answer.ts'
import { answers, anyJson, idParams, strict } from './schemas.ts'
import { requestShape, responseShape, showRequest, showResponse } from './show-exchange.ts'
import { webhookShape } from './show-webhook.ts'
import { readTrial, traceShape, trialInput } from './webhook-trial.ts'

const testAnswer = Type.Object({
  verdict: Type.String({
    description: '`fired` or `skipped`: what would be decided for this event. It is sent either way.',
  }),
  reason: Type.String(),
  trace: traceShape,
  request: requestShape,
  attempt: Type.Optional(
    Type.Object({
      outcome: Type.String(),
      reason: anyJson,
      detail: anyJson,
      status_code: anyJson,
      response: responseShape,
      duration_ms: Type.Number(),
    }),
  ),
})

const draftTestAnswer = Type.Object(
  { ...testAnswer.properties, warnings: webhookShape.properties.warnings },
  {
    description:
      'What came of it. A draft without `id` has no signing secret yet: it was signed with a trial secret that is gone by now, ' +
      'so the check at its receiver fails until the webhook is saved.',
  },
)

/** Tests: one real request for a webhook as it is saved, or as a draft would make it. */
export function webhookTestRoutes(api: Api, context: ApiContext): void {
  const { store, clock, testSend } = context
  const tags = ['Webhooks']
  const config = { needs: 'manage' } as const

  /** What is sent holds secrets, and nothing else tells of it later. */
  const note = (request: FastifyRequest, about: { id?: string; name?: string }) =>
    store.transaction((tx) => tx.audit.insert(auditOf(request, about, clock())))

  const send = async (scene: TrialScene, tried: TriedWebhook, subject: TrialSubject) => {
    const { request, attempt, ...trial } = await sendTest({ ...scene, testSend }, tried, subject)
    return {
      ...trial,
      request: showRequest(request),
      attempt: { ...attempt, response: showResponse(attempt.response) },
    }
  }

  api.post(
    '/v1/webhooks/:id/test',
    {
      config,
      schema: {
        tags,
        operationId: 'testWebhook',
        summary: 'Send a test',
        description:
          'Sends a past event, or without `event_id` a sample of the first event that it subscribes to, at once and once, ' +
          'with the same rendering, signing and judging as a real delivery. It is not kept; that it was sent stands in the audit.',
        params: idParams('id'),
        body: Type.Unsafe<{ event_id?: string } | undefined>({
          ...strict({ event_id: Type.Optional(Type.String({ maxLength: 200 })) }),
          // An empty request is fine: it stands for no choice.
          type: ['object', 'null'],
        }),
        response: answers({ 200: testAnswer }),
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request
      const { account_id } = caller
      const [webhook, account, schema] = await Promise.all([
        store.webhooks.get(account_id, params.id),
        store.accounts.get(account_id),
        store.schema.get(account_id),
      ])
      if (!webhook) throw notFound('webhook', params.id)
      const scene = { reads: store, account_id, origin: originOf(context, request), now: clock() }
      const { event_id } = body ?? {}
      const subject: TrialSubject =
        event_id === undefined ? { from: 'sample', type: undefined } : { from: 'event', event_id }
      await note(request, {})
      reply.header('cache-control', 'no-store')
      return send(scene, { webhook, account: account!, schema }, subject)
    },
  )

  api.post(
    '/v1/webhooks/test',
    {
      config,
      schema: {
        tags,
        operationId: 'testWebhookDraft',
        summary: 'Send a test of a draft',
        description:
          'Really sends one request for a draft as it stands, at once and once, with the same rendering, signing and judging as a ' +
          'real delivery. The name may be missing, the URL may not. With `id` it is signed as that webhook is, and its other ' +
          'secrets stay or are cleared as by an update. Nothing is kept; that it was sent stands in the audit.',
        body: trialInput,
        response: answers({ 200: draftTestAnswer }),
      },
    },
    async (request, reply) => {
      const { scene, drafted, subject } = await readTrial(context, request, request.body, ['name'])
      await note(request, { id: drafted.webhook.id, name: drafted.webhook.name })
      reply.header('cache-control', 'no-store')
      return { ...(await send(scene, drafted, subject)), warnings: drafted.warnings }
    },
  )
}
