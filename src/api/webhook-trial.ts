/** What preview and test share: a draft, what it is tried with, and what would be decided. */
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import {
  type DraftedWebhook,
  draftWebhook,
  type DraftScene,
  type MayBeEmpty,
} from '../actions/webhooks/draft-webhook.ts'
import type { TrialScene, TrialSubject } from '../actions/webhooks/tried-event.ts'
import { unknownType } from '../actions/webhooks/unknown-type.ts'
import type { WebhookDraft } from '../actions/webhooks/webhook-draft.ts'
import { invalid, type RecordRef } from '../model/index.ts'
import type { ApiContext } from './context.ts'
import { eventInput } from './events.ts'
import { originOf } from './ingest-answer.ts'
import { anyJson, ownId, strict } from './schemas.ts'
import { readTime } from './times.ts'
import { webhookInput } from './webhook-schemas.ts'

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

export const trialInput = strict(
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

type TrialInput = Static<typeof trialInput>

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

/** The draft of the body and what it is to be tried with, both checked. */
export async function readTrial(
  context: ApiContext,
  request: FastifyRequest,
  body: TrialInput,
  mayBeEmpty?: readonly MayBeEmpty[],
): Promise<{ scene: TrialScene; drafted: DraftedWebhook; subject: TrialSubject }> {
  const subject = readSubject(body)
  const scene = draftSceneOf(context, request.caller.account_id)
  const drafted = await draftWebhook(scene, body.webhook as WebhookDraft, mayBeEmpty)
  if ('type' in subject && subject.type !== undefined) {
    const unknown = unknownType(subject.type, drafted.schema, { ofRecords: false })
    if (unknown) throw invalid([unknown])
  }
  return { scene: { ...scene, origin: originOf(context, request) }, drafted, subject }
}

export function draftSceneOf(context: ApiContext, accountId: string): DraftScene {
  const { store, guard, clock } = context
  const inspectorsAt = `${context.publicUrl()}/i/`
  return { reads: store, guard, inspectorsAt, account_id: accountId, now: clock() }
}

function readSubject(body: TrialInput): TrialSubject {
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
