import { type Static, Type } from 'typebox'
import { draftWebhook, type DraftScene } from '../actions/webhooks/draft-webhook.ts'
import { type PreviewSubject, previewWebhook } from '../actions/preview.ts'
import { unknownType } from '../actions/webhooks/unknown-type.ts'
import type { WebhookDraft } from '../actions/webhooks/webhook-draft.ts'
import { invalid, type RecordRef } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { eventInput } from './events.ts'
import { originOf } from './ingest-answer.ts'
import { answers, ownId, strict } from './schemas.ts'
import { eventShape } from './show-event.ts'
import { requestShape, showRequest } from './show-exchange.ts'
import { webhookShape } from './show-webhook.ts'
import { readTime } from './times.ts'
import { webhookInput } from './webhook-schemas.ts'
import { traceShape } from './webhook-status.ts'

/** A draft: a whole webhook, or the changes of one that exists. */
export const draftInput = strict(
  {
    id: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'The webhook that the rest is laid over, as in an update.',
      }),
    ),
    ...webhookInput.properties,
  },
  { description: 'Checked as when it is saved, but name and URL may be missing.' },
)

const previewInput = strict(
  {
    webhook: draftInput,
    event_id: Type.Optional(Type.String({ maxLength: 200, description: 'A past event.' })),
    record: Type.Optional(strict({ kind: Type.String({ maxLength: 64 }), id: ownId })),
    type: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'With `record` or `sample`: the event type, else the first that the webhook names.',
      }),
    ),
    sample: Type.Optional(
      Type.Boolean({ description: 'The sample of the event type; also when nothing is named.' }),
    ),
    event: Type.Optional(eventInput),
  },
  {
    examples: [
      {
        webhook: {
          name: 'Won deals to the ERP',
          events: ['lead.stage_changed'],
          conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
          request: { url: 'https://erp.example/hooks' },
        },
        record: { kind: 'lead', id: '4831596' },
      },
    ],
  },
)

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
        body: previewInput,
        response: answers({ 200: previewAnswer }),
      },
    },
    async (request, reply) => {
      const { body } = request
      const subject = readSubject(body)
      const scene = draftSceneOf(context, request.caller.account_id)
      const drafted = await draftWebhook(scene, body.webhook as WebhookDraft)
      if ('type' in subject && subject.type !== undefined) {
        const unknown = unknownType(subject.type, drafted.schema, { ofRecords: false })
        if (unknown) throw invalid([unknown])
      }
      const { signCause } = context
      const origin = originOf(context, request)
      const { verdict, reason, trace, event, ...rest } = await previewWebhook(
        { ...scene, origin, signCause },
        drafted,
        subject,
      )
      reply.header('cache-control', 'no-store')
      return { verdict, reason, trace, event, request: showRequest(rest.request), warnings: rest.warnings }
    },
  )
}

export function draftSceneOf(context: ApiContext, accountId: string): DraftScene {
  const { store, guard, clock } = context
  const inspectorsAt = `${context.publicUrl()}/i/`
  return { reads: store, guard, inspectorsAt, account_id: accountId, now: clock() }
}

function readSubject(body: Static<typeof previewInput>): PreviewSubject {
  const { event_id, record, sample, event, type } = body
  const named = Object.entries({ event_id, record, sample: sample || undefined, event }).flatMap(
    ([name, value]) => (value === undefined ? [] : [name]),
  )
  if (named.length > 1) {
    const message = `Name one of event_id, record, sample and event, not ${named.join(' and ')}.`
    throw invalid([{ path: named[1]!, code: 'one_of', message }])
  }
  if (type !== undefined && (event_id !== undefined || event !== undefined)) {
    const message = '"type" goes with "record" or "sample": an event has a type of its own.'
    throw invalid([{ path: 'type', code: 'one_of', message }])
  }
  if (event_id !== undefined) return { from: 'event', event_id }
  if (record !== undefined) return { from: 'record', record: record as RecordRef, type }
  if (event === undefined) return { from: 'sample', type }
  readTime(event.occurred_at, 'event.occurred_at')
  const { current = {}, previous = {}, data = {}, occurred_at = null, external_id = null } = event
  const told = { type: event.type, record: event.record, current, previous, data, occurred_at, external_id }
  return { from: 'given', change: { do: 'event', ...told } }
}
