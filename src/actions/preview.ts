import { secondHopOf, vocabularyOf } from '../crm/index.ts'
import { buildRequest } from '../delivery/build-request.ts'
import { RenderError } from '../formats/index.ts'
import {
  type Cause,
  type CrmEvent,
  type Fields,
  type JsonObject,
  invalid,
  notFound,
  Problem,
  type ProblemDetail,
  type RecordRef,
  type SentRequest,
} from '../model/index.ts'
import { indexNames } from '../record-events/index.ts'
import { resolvePatterns } from '../rules/index.ts'
import { newId } from '../runtime/ids.ts'
import { applyChange, linkedBy } from './ingest/apply-change.ts'
import type { Change, Origin } from './ingest/change.ts'
import type { DraftedWebhook, DraftScene } from './webhooks/draft-webhook.ts'
import { fieldsOfPresent } from './ingest/gather.ts'
import { sampleEvent, type Trial, tryWebhook } from './webhooks/test-webhook.ts'

/** What a webhook is tried with. */
export type PreviewSubject =
  | { from: 'event'; event_id: string }
  /** The record as it is now; without a type, the first of its kind that the webhook asks for. */
  | { from: 'record'; record: RecordRef; type: string | undefined }
  | { from: 'sample'; type: string | undefined }
  /** An event that did not happen, as `POST /v1/events` takes it. */
  | { from: 'given'; change: Extract<Change, { do: 'event' }> }

export interface Preview extends Trial {
  event: CrmEvent
  /** As it would go out, secrets redacted; null where there is no URL yet or the event cannot be put into the request. */
  request: SentRequest | null
  warnings: ProblemDetail[]
}

export interface PreviewScene extends DraftScene {
  origin: Origin
  signCause(cause: Cause, accountId: string): string
}

/** What the webhook would decide about one event, row by row, and what it would send. Sends and keeps nothing. */
export async function previewWebhook(
  scene: PreviewScene,
  drafted: DraftedWebhook,
  subject: PreviewSubject,
): Promise<Preview> {
  const { webhook, account, schema } = drafted
  const event = await eventOf(scene, drafted, subject)
  const trial = tryWebhook(webhook, event, account, schema)
  const { request, warnings } = renderRequest(scene, drafted, event)
  return { ...trial, event, request, warnings: [...drafted.warnings, ...warnings] }
}

/** The request as the first attempt would send it, secrets redacted; null where there is none, with a warning that says why. */
export function renderRequest(
  { now, signCause }: Pick<PreviewScene, 'now' | 'signCause'>,
  { webhook, account }: Pick<DraftedWebhook, 'webhook' | 'account'>,
  event: CrmEvent,
): Pick<Preview, 'request' | 'warnings'> {
  if (webhook.request.url === '') return { request: null, warnings: [] }
  try {
    const deliveryId = newId('dlv', now)
    const built = buildRequest({ webhook, account, event, deliveryId, attempt: 1, now, signCause })
    return { request: built.shown, warnings: [] }
  } catch (error) {
    if (!(error instanceof RenderError)) throw error
    const warning = { path: 'webhook.request', code: 'cannot_render', message: error.message }
    return { request: null, warnings: [warning] }
  }
}

async function eventOf(
  scene: PreviewScene,
  { webhook, account, schema }: DraftedWebhook,
  subject: PreviewSubject,
): Promise<CrmEvent> {
  const { reads, account_id, now } = scene
  switch (subject.from) {
    case 'event': {
      const recorded = await reads.events.get(account_id, subject.event_id)
      if (!recorded) throw notFound('event', subject.event_id)
      return recorded.event
    }
    case 'sample':
      return sampleEvent(webhook, account, schema, now, subject.type)
    case 'given':
      return imagine(scene, subject.change, schema).catch(throwInEvent)
    case 'record': {
      const record = await reads.records.get(account_id, subject.record)
      if (!record) throw notFound(subject.record.kind, subject.record.id)
      const { eventTypes, typeNames } = vocabularyOf(schema)
      const ofKind = resolvePatterns(webhook.events, typeNames).find(
        (type) => eventTypes.get(type)?.kind === record.kind,
      )
      const type = subject.type ?? ofKind ?? `${record.kind}.updated`
      // What an activity tells stands nowhere in the record.
      const data: JsonObject = eventTypes.get(type)?.activity ? eventTypes.get(type)!.sample.data : {}
      const { fields: current } = record
      const told = { type, record: subject.record, current, previous: {}, data }
      return imagine(scene, { do: 'event', ...told, occurred_at: null, external_id: null }, schema)
    }
  }
}

/** The event that ingest would record, with the names of what it points at. */
async function imagine(
  { reads, account_id, origin, now }: PreviewScene,
  change: Extract<Change, { do: 'event' }>,
  schema: DraftedWebhook['schema'],
): Promise<CrmEvent> {
  const names = indexNames(schema)
  const linked = new Map<string, Fields | null>()
  const read = async ({ kind, id }: RecordRef) => {
    const record = await reads.records.get(account_id, { kind, id })
    linked.set(`${kind} ${id}`, fieldsOfPresent(record ?? undefined))
  }
  const find = (kind: string, id: string) => linked.get(`${kind} ${id}`) ?? null
  const links = linkedBy(change, null, names)
  await Promise.all(links.map(read))
  const secondHop = secondHopOf(links, find)
  if (secondHop) await read(secondHop)

  const { events } = applyChange({
    accountId: account_id,
    change,
    origin,
    record: null,
    names,
    strict: false,
    linked: find,
    now,
    newId,
  })
  return events[0]!
}

/** The event is a part of the body. */
function throwInEvent(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'invalid') throw error
  throw invalid(error.errors.map((detail) => ({ ...detail, path: `event.${detail.path}` })))
}
