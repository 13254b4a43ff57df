import { Type } from 'typebox'
import { duplicateWebhook } from '../actions/webhooks/duplicate-webhook.ts'
import { sampleEvent, tryWebhook } from '../actions/webhooks/test-webhook.ts'
import { setWebhookStatus, type StatusChange } from '../actions/webhooks/webhooks.ts'
import { notFound } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { answers, anyJson, idParams, strict } from './schemas.ts'
import { requestShape, responseShape, showRequest, showResponse } from './show-exchange.ts'
import { missedShape, showMissed } from './show-missed.ts'
import { showWebhook, webhookShape } from './show-webhook.ts'
import { healthOf, ifMatchHeader, readIfMatch, sceneOf, tagged, tagVersion } from './webhook-request.ts'

const enableDescription =
  'It forgets earlier failures. `missed` says what it did not get while it was off, where there is something: ' +
  '`POST /v1/replays` sends it.'

const changes: Record<StatusChange, { summary: string; description: string }> = {
  enable: { summary: 'Switch a webhook on', description: enableDescription },
  disable: {
    summary: 'Switch a webhook off',
    description: 'What is unsent is canceled; events that would have fired are decided `disabled`.',
  },
  pause: {
    summary: 'Pause a webhook',
    description: 'Events are decided and kept; nothing is sent until it is resumed.',
  },
  resume: { summary: 'Resume a paused webhook', description: 'What was kept is sent.' },
}

const enabledShape = Type.Object({ ...webhookShape.properties, missed: Type.Optional(missedShape) })
/** Every row of the conditions, with what it saw. */
export const traceShape = Type.Object({
  holds: Type.Boolean(),
  rows: Type.Array(
    Type.Object({
      path: Type.String(),
      field: Type.String(),
      operator: Type.String(),
      expected: anyJson,
      seen: anyJson,
      previous: Type.Optional(anyJson),
      holds: Type.Boolean(),
    }),
  ),
})

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

/** What is done to a webhook as it is: switching it on and off, copying and trying it. */
export function webhookStatusRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Webhooks']
  const config = { needs: 'manage' } as const

  for (const [change, { summary, description }] of Object.entries(changes) as [
    StatusChange,
    (typeof changes)[StatusChange],
  ][]) {
    api.post(
      `/v1/webhooks/:id/${change}`,
      {
        config,
        schema: {
          tags,
          operationId: `${change}Webhook`,
          summary,
          description: `${description} Where nothing changes, no version is made.`,
          headers: ifMatchHeader,
          params: idParams('id'),
          response: answers({ 200: tagged(change === 'enable' ? enabledShape : webhookShape) }),
        },
        onSend: tagVersion,
      },
      (request, reply) =>
        write(context, request, reply, async (tx) => {
          const scene = sceneOf(context, request, tx)
          const webhook = await setWebhookStatus(scene, request.params.id, change, readIfMatch(request))
          const shown = showWebhook(webhook, await healthOf(tx, webhook))
          const body = change === 'enable' ? { ...shown, ...(await showMissed(tx, webhook)) } : shown
          return { status: 200, body, afterwards: context.worker.nudge }
        }),
    )
  }

  api.post(
    '/v1/webhooks/:id/duplicate',
    {
      config,
      schema: {
        tags,
        operationId: 'duplicateWebhook',
        summary: 'Make a copy of a webhook',
        description:
          'All settings are copied, also the credentials and headers that are kept for its receiver; the signing secret is a new one. ' +
          'The copy is called `<name> (copy)` and is disabled until it is enabled.',
        params: idParams('id'),
        response: answers({ 201: tagged(webhookShape) }),
      },
      onSend: tagVersion,
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const copy = await duplicateWebhook(sceneOf(context, request, tx), request.params.id)
        return { status: 201, body: showWebhook(copy, undefined) }
      }),
  )

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
          'with the same rendering, signing and judging as a real delivery. It is not kept.',
        params: idParams('id'),
        body: Type.Unsafe<{ event_id?: string } | undefined>({
          ...strict({ event_id: Type.Optional(Type.String({ maxLength: 200 })) }),
          // An empty request is fine: it stands for no choice.
          type: ['object', 'null'],
        }),
        response: answers({ 200: testAnswer }),
      },
    },
    async ({ caller, params, body }) => {
      const webhook = await store.webhooks.get(caller.account_id, params.id)
      if (!webhook) throw notFound('webhook', params.id)
      const account = (await store.accounts.get(caller.account_id))!
      const eventId = body?.event_id
      const recorded = eventId === undefined ? null : await store.events.get(caller.account_id, eventId)
      if (eventId !== undefined && !recorded) throw notFound('event', eventId)
      const schema = await store.schema.get(caller.account_id)
      const event = recorded?.event ?? sampleEvent(webhook, account, schema, clock())
      const trial = tryWebhook(webhook, event, account, schema)
      const { request, attempt } = await context.testSend(webhook, event)
      return {
        ...trial,
        request: showRequest(request),
        attempt: { ...attempt, response: showResponse(attempt.response) },
      }
    },
  )
}
