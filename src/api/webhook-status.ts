import { Type } from 'typebox'
import { duplicateWebhook } from '../actions/webhooks/duplicate-webhook.ts'
import { setWebhookStatus, type StatusChange } from '../actions/webhooks/webhooks.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { answers, idParams } from './schemas.ts'
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

/** What is done to a webhook as it is: switching it on and off, and copying it. */
export function webhookStatusRoutes(api: Api, context: ApiContext): void {
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
}
