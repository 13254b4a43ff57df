import { secondHopOf, vocabularyOf } from '../../crm/index.ts'
import {
  type Account,
  type AccountSchema,
  type CrmEvent,
  type Fields,
  invalid,
  type JsonObject,
  notFound,
  Problem,
  type RecordRef,
  type Webhook,
} from '../../model/index.ts'
import { indexNames } from '../../record-events/index.ts'
import { resolvePatterns } from '../../rules/index.ts'
import { newId } from '../../runtime/ids.ts'
import type { Reads } from '../../store/store.ts'
import { applyChange, linkedBy } from '../ingest/apply-change.ts'
import type { Change, Origin } from '../ingest/change.ts'
import { fieldsOfPresent } from '../ingest/gather.ts'
import { sampleEvent } from './test-webhook.ts'

/** What a webhook is tried with. */
export type TrialSubject =
  | { from: 'event'; event_id: string }
  /** The record as it is now; without a type, the first of its kind that the webhook asks for. */
  | { from: 'record'; record: RecordRef; type: string | undefined }
  | { from: 'sample'; type: string | undefined }
  /** An event that did not happen, as `POST /v1/events` takes it. */
  | { from: 'given'; change: Extract<Change, { do: 'event' }> }

/** A webhook that is tried: as it is saved, or as a draft makes it. */
export interface TriedWebhook {
  webhook: Webhook
  account: Account
  schema: AccountSchema
}

export interface TrialScene {
  reads: Reads
  account_id: string
  /** Whose event it is where one is made up. */
  origin: Origin
  now: number
}

/**
 * The event that a webhook is tried with, recorded or made up; keeps nothing.
 * @throws Problems `invalid`, `not_found`
 */
export async function eventOf(
  scene: TrialScene,
  { webhook, account, schema }: TriedWebhook,
  subject: TrialSubject,
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
  { reads, account_id, origin, now }: TrialScene,
  change: Extract<Change, { do: 'event' }>,
  schema: AccountSchema,
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
