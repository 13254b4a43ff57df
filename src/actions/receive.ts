import { createHmac, hash } from 'node:crypto'
import { Problem } from '../model/index.ts'
import type { Actor, Cause, CrmSource, ProblemDetail } from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { newId } from '../runtime/ids.ts'
import { findSource } from '../sources/index.ts'
import type { IncomingCall, SourceAnswer, SourceItem } from '../sources/index.ts'
import type { Answer, Change, Ingest, Submission } from './ingest/change.ts'

/** What the calls of sources are taken with. */
export interface ReceivingScene {
  ingest: Pick<Ingest, 'submitTogether'>
  clock: Clock
  /** How many calls with problems a source keeps. */
  keep: number
}

const externalIdCharactersMax = 200
const idForm = /^[^\p{Cc}]{1,200}$/u

/**
 * Takes one call: reads it, writes what it says with the events that follow, counts it, and keeps it where something in it
 * could not be understood, all in one transaction. Answers what the sender is told once that is on disk.
 * @throws Problem `too_many`, `unavailable`; then nothing of the call was taken
 */
export async function receive(
  { ingest, clock, keep }: ReceivingScene,
  source: CrmSource,
  call: Omit<IncomingCall, 'at'>,
  cause: Cause | null,
): Promise<SourceAnswer> {
  const adapter = findSource(source.adapter)
  if (!adapter) throw new Problem('unavailable', 'This version of the server cannot read this source.')
  const at = clock()
  const reading = adapter.read({ ...call, at }, source.options, { secret: source.secret, hmacSha256 })
  if (reading.leaveNoTrace) return reading.answer
  const items = reading.items.filter(({ record }) => idForm.test(record.id))
  const nameless = reading.items.filter((item) => !items.includes(item)).map(noId)
  const submissions = items.map((item) => submissionOf(source, item, cause))
  const outcomes = await ingest.submitTogether(source.account_id, {
    submissions: () => submissions,
    also(tx, settled) {
      const { contentType: _inHeaders, ...sent } = call
      const problems = [...reading.problems, ...nameless, ...refusals(items, settled)]
      const counted = { items: takenOf(settled), problems }
      return tx.sources.recordCall(
        { ...sent, ...counted, id: newId('req', at), source_id: source.id, at },
        keep,
      )
    },
  })
  const refused = [...nameless, ...refusals(items, outcomes)]
  if (refused.length === 0) return reading.answer
  return adapter.answerAfter?.(reading, takenOf(outcomes), refused) ?? reading.answer
}

function takenOf(outcomes: (Answer | Problem)[]): number {
  return outcomes.filter((outcome) => !(outcome instanceof Problem)).length
}

/** Hex HMAC-SHA256 of a text's UTF-8 bytes. */
export function hmacSha256(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

function submissionOf(source: CrmSource, item: SourceItem, cause: Cause | null): Submission {
  const actorId = item.do === 'activity' ? null : item.actor_id
  const actor: Actor = actorId === null ? { kind: 'api', id: source.id } : { kind: 'user', id: actorId }
  return {
    account_id: source.account_id,
    change: changeOf(source, item),
    origin: { actor, source: source.adapter, bulk: false, caused_by: cause },
    idempotency: null,
  }
}

/** Their fields merge into ours: what a call leaves out stays. */
function changeOf(source: CrmSource, item: SourceItem): Change {
  const { record, occurred_at } = item
  switch (item.do) {
    case 'write': {
      const { fields, old, created, titles, as_of } = item
      return {
        do: 'write',
        record,
        fields,
        replace: false,
        occurred_at,
        as_of,
        told: { old, created, titles },
      }
    }
    case 'restore': {
      const { fields, titles, as_of } = item
      const told = { old: {}, created: false, titles }
      return { do: 'write', record, fields, replace: false, occurred_at, as_of, told }
    }
    case 'delete':
      return { do: 'delete', record, occurred_at, as_of: item.as_of }
    case 'activity': {
      const { type, data } = item
      return { do: 'activity', record, type, data, occurred_at, external_id: externalIdOf(source, item) }
    }
  }
}

/** Names an activity within its source, so that two sources cannot take each other's for a repetition. */
function externalIdOf(source: CrmSource, { external_id }: { external_id: string | null }): string | null {
  if (external_id === null) return null
  const whole = `${source.id}:${external_id}`
  return whole.length <= externalIdCharactersMax ? whole : `${source.id}:${hash('sha256', external_id)}`
}

function noId({ record: { kind } }: SourceItem): ProblemDetail {
  const message = 'Its id is not 1 to 200 characters, none of them control characters.'
  return { path: kind, code: 'bad_id', message }
}

/** What the account did not take, and why, by the record that it is about. */
function refusals(items: SourceItem[], outcomes: (Answer | Problem)[]): ProblemDetail[] {
  return outcomes.flatMap((outcome, index) => {
    if (!(outcome instanceof Problem)) return []
    const { kind, id } = items[index]!.record
    const { code, message, errors } = outcome
    const details = errors.length > 0 ? errors : [{ path: '', code, message }]
    return details.map((detail) => ({ ...detail, path: `${kind} ${id}${detail.path && `: ${detail.path}`}` }))
  })
}
